"""How the cost goes with the size of images, with the batch and with threads, as tables and plots."""

import statistics
import time

import plots

SIZES = [(128, 256), (256, 512), (375, 1242), (512, 1024), (1052, 1914), (1024, 2048)]  # height, width
BATCHES = [1, 2, 4, 8, 16]
BATCH_SIZE = (128, 256)
KINDS = [("inference", "infer"), ("training", "train")]
SHORTEST = 0.1  # seconds of a round for which the system's clock ticks tell what others did
PATIENCE = 20   # seconds to wait for rounds without others


def run(contestants, folder, quick):
    """Prints the tables, and writes a plot for each question into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    by_size(contestants, folder, quick)
    by_batch(contestants, folder, quick)
    print("\nothers: cores that other processes used meanwhile; above 0.1, repeat the run.")


def medians(request, sides, quick):
    """Seconds of each side, and the cores that other processes used meanwhile: all in turn, so that a machine that slows down slows all.
    Each in a process of its own, which then gives its memory back; preparing has warmed it up. Rounds in which others took a core are
    left out, as long as that leaves any."""
    wanted, start = (2 if quick else 5), time.perf_counter()

    def elapsed():
        return time.perf_counter() - start

    def undisturbed():
        return [i for i in range(len(sides[0].seconds)) if all(side.others[i] < 0.25 or side.seconds[i] < SHORTEST for side in sides)]

    while (len(undisturbed()) < wanted and elapsed() < PATIENCE) or (len(undisturbed()) < 8 * wanted and elapsed() < 2):
        for side in sides:
            side.perform(request)
            if side.trouble:
                raise RuntimeError(f"{request}: {side.trouble}")
    for side in sides:
        side.end()
    rounds = undisturbed() or range(len(sides[0].seconds))
    return [statistics.median(side.seconds[i] for i in rounds) for side in sides], max(statistics.median(side.others[i] for i in rounds) for side in sides)


def request(work, batch, height, width):
    return {"work": work, "height": height, "width": width, **({} if work == "infer" else {"batch": batch})}


def by_size(contestants, folder, quick):
    """The cost of a pixel with two threads, and how much slower one is."""
    headings = [f"{title}, ns a pixel" for title, _ in KINDS] + [f"{title}, two threads beside one" for title, _ in KINDS] + ["others"]
    print("| image | " + " | ".join(headings) + " |\n|" + "--|" * (1 + len(headings)))
    costs, gains = {title: [] for title, _ in KINDS}, {title: [] for title, _ in KINDS}
    for height, width in SIZES:
        pixels, busiest = height * width, 0
        for title, work in KINDS:
            (one, two), others = medians(request(work, 1, height, width), [contestants.segue(1), contestants.segue(2)], quick)
            busiest = max(busiest, others)
            costs[title].append((pixels, two / pixels * 1e9))
            gains[title].append((pixels, one / two))
        cells = [f"{costs[title][-1][1]:.0f}" for title, _ in KINDS] + [f"{gains[title][-1][1]:.2f}x" for title, _ in KINDS] + [f"{busiest:.2f}"]
        print(f"| {height}x{width} | " + " | ".join(cells) + " |", flush=True)
    labels = [f"{height}x{width}" for height, width in SIZES]
    plots.write(folder / "scaling-size.svg", "Cost of a pixel by the size of the image, 2 threads", "image", "nanoseconds a pixel", costs, labels, logarithmic=True)
    plots.write(folder / "scaling-threads.svg", "Two threads beside one", "image", "times as fast", gains, labels, logarithmic=True)


def by_batch(contestants, folder, quick):
    height, width = BATCH_SIZE
    print(f"\n| batch of {height}x{width} | training, ms an image | others |\n|--|--|--|")
    points = []
    for batch in BATCHES:
        (time_of_step,), others = medians(request("train", batch, height, width), [contestants.segue()], quick)
        points.append((batch, time_of_step / batch * 1e3))
        print(f"| {batch} | {points[-1][1]:.1f} | {others:.2f} |", flush=True)
    plots.write(folder / "scaling-batch.svg", "Cost of an image by the batch, 2 threads", "images of a batch", "milliseconds an image", {"training": points},
                labels=[str(batch) for batch in BATCHES], logarithmic=True)

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
PASSES = 3      # times that all sizes are gone through, as a shared machine may be another one for minutes


def run(contestants, folder, quick):
    """Prints the tables, and writes a plot for each question into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    by_size(contestants, folder, quick)
    by_batch(contestants, folder, quick)
    print("\nothers: cores that other processes used meanwhile; above 0.1, repeat the run.")


def rounds(request, sides, quick):
    """Rounds of the sides' seconds, and the cores that other processes used meanwhile: all in turn, so that a machine that slows down slows all.
    Each in a process of its own, which then gives its memory back; preparing has warmed it up. Rounds in which others took a core are left
    out, as long as that leaves any."""
    wanted, start = 2, time.perf_counter()

    def elapsed():
        return time.perf_counter() - start

    def undisturbed():
        return [i for i in range(len(sides[0].seconds)) if all(side.others[i] < 0.25 or side.seconds[i] < SHORTEST for side in sides)]

    while (len(undisturbed()) < wanted and elapsed() < PATIENCE) or (len(undisturbed()) < 8 * wanted and elapsed() < (1 if quick else 2)):
        for side in sides:
            side.perform(request)
            if side.trouble:
                raise RuntimeError(f"{request}: {side.trouble}")
    for side in sides:
        side.end()
    return [([side.seconds[i] for side in sides], max(side.others[i] for side in sides)) for i in undisturbed() or range(len(sides[0].seconds))]


def passes(quick, requests, sides):
    """Rounds of each request, some in each pass through all of them; `sides` makes the sides of a request."""
    found = [[] for _ in requests]
    for _ in range(1 if quick else PASSES):
        for request, list_of_rounds in zip(requests, found):
            list_of_rounds += rounds(request, sides(), quick)
    return found


def others(*lists):
    return max(statistics.median(others for _, others in some) for some in lists)


def request(work, batch, height, width):
    return {"work": work, "height": height, "width": width, **({} if work == "infer" else {"batch": batch})}


def by_size(contestants, folder, quick):
    """The cost of a pixel with two threads, and how much slower one is in the same round."""
    headings = [f"{title}, ns a pixel" for title, _ in KINDS] + [f"{title}, two threads beside one" for title, _ in KINDS] + ["others"]
    print("| image | " + " | ".join(headings) + " |\n|" + "--|" * (1 + len(headings)))
    costs, gains = {title: [] for title, _ in KINDS}, {title: [] for title, _ in KINDS}
    requests = [request(work, 1, height, width) for height, width in SIZES for _, work in KINDS]
    found = iter(passes(quick, requests, lambda: [contestants.segue(1), contestants.segue(2)]))
    for height, width in SIZES:
        of_kinds, pixels = [next(found) for _ in KINDS], height * width
        for (title, _), some in zip(KINDS, of_kinds):
            costs[title].append((pixels, statistics.median(two for (_, two), _ in some) / pixels * 1e9))
            gains[title].append((pixels, statistics.median(one / two for (one, two), _ in some)))
        cells = [f"{costs[title][-1][1]:.0f}" for title, _ in KINDS] + [f"{gains[title][-1][1]:.2f}x" for title, _ in KINDS]
        print(f"| {height}x{width} | " + " | ".join(cells) + f" | {others(*of_kinds):.2f} |", flush=True)
    labels = [f"{height}x{width}" for height, width in SIZES]
    plots.write(folder / "scaling-size.svg", "Cost of a pixel by the size of the image, 2 threads", "image", "nanoseconds a pixel", costs, labels, logarithmic=True)
    plots.write(folder / "scaling-threads.svg", "Two threads beside one", "image", "times as fast", gains, labels, logarithmic=True)


def by_batch(contestants, folder, quick):
    height, width = BATCH_SIZE
    print(f"\n| batch of {height}x{width} | training, ms an image | others |\n|--|--|--|")
    points = []
    requests = [request("train", batch, height, width) for batch in BATCHES]
    for batch, some in zip(BATCHES, passes(quick, requests, lambda: [contestants.segue()])):
        points.append((batch, statistics.median(seconds for (seconds,), _ in some) / batch * 1e3))
        print(f"| {batch} | {points[-1][1]:.1f} | {others(some):.2f} |", flush=True)
    plots.write(folder / "scaling-batch.svg", "Cost of an image by the batch, 2 threads", "images of a batch", "milliseconds an image", {"training": points},
                labels=[str(batch) for batch in BATCHES], logarithmic=True)

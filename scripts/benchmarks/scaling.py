"""How the cost goes with the size of images, with the batch and with threads, as tables and plots."""

import statistics
import time

import plots
import sides as contest

SIZES = [(128, 256), (256, 512), (375, 1242), (512, 1024), (1052, 1914), (1024, 2048)]  # height, width
BATCHES = [1, 2, 4, 8, 16]
BATCH_SIZE = (128, 256)
KINDS = [("inference", "infer"), ("training", "train")]


def seconds(side, request, quick):
    """The median, after a round that is not counted."""
    side.perform(request, counted=False)
    side.seconds.clear()
    rounds, start = (2 if quick else 5), time.perf_counter()
    while len(side.seconds) < rounds or (len(side.seconds) < 4 * rounds and time.perf_counter() - start < 2):
        side.perform(request)
        if side.trouble:
            raise RuntimeError(f"{request}: {side.trouble}")
    return statistics.median(side.seconds)


def run(contestants, folder, quick):
    """Prints the tables, and writes a plot for each question into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    by_size(contestants, folder, quick)
    by_batch(contestants, folder, quick)
    by_threads(contestants, folder, quick)


def request(work, batch, height, width):
    return {"work": work, "height": height, "width": width, **({} if work == "infer" else {"batch": batch})}


def once(contestants, quick, *what):
    """In a process of its own, which then gives its memory back."""
    side = contestants.segue()
    try:
        return seconds(side, request(*what), quick)
    finally:
        side.end()


def by_size(contestants, folder, quick):
    print("| image | " + " | ".join(f"{title} ns a pixel" for title, _ in KINDS) + " |\n|" + "--|" * (1 + len(KINDS)))
    series = {title: [] for title, _ in KINDS}
    for height, width in SIZES:
        for title, work in KINDS:
            series[title].append((height * width, once(contestants, quick, work, 1, height, width) / (height * width) * 1e9))
        print(f"| {height}x{width} | " + " | ".join(f"{series[title][-1][1]:.0f}" for title, _ in KINDS) + " |", flush=True)
    plots.write(folder / "scaling-size.svg", "Cost of a pixel by the size of the image", "pixels", "nanoseconds a pixel", series, logarithmic=True,
                labels=[f"{height}x{width}" for height, width in SIZES])


def by_batch(contestants, folder, quick):
    height, width = BATCH_SIZE
    print(f"\n| batch of {height}x{width} | training ms an image |\n|--|--|")
    points = []
    for batch in BATCHES:
        points.append((batch, once(contestants, quick, "train", batch, height, width) / batch * 1e3))
        print(f"| {batch} | {points[-1][1]:.1f} |", flush=True)
    plots.write(folder / "scaling-batch.svg", "Cost of an image by the batch", "images of a batch", "milliseconds an image", {"training": points},
                logarithmic=True, labels=[str(batch) for batch in BATCHES])


def by_threads(contestants, folder, quick):
    """One thread and two in alternation, so that a machine that slows down slows both."""
    print("\n| image | " + " | ".join(f"{title}, 1 to 2 threads" for title, _ in KINDS) + " |\n|" + "--|" * (1 + len(KINDS)))
    series = {title: [] for title, _ in KINDS}
    for height, width in SIZES:
        for title, work in KINDS:
            pair = [contestants.segue(1), contestants.segue(2)]
            contest.measure(request(work, 1, height, width), pair, quick)
            if any(side.trouble for side in pair):
                raise RuntimeError(f"{title} {height}x{width}: {[side.trouble for side in pair]}")
            one, two = (statistics.median(side.seconds) for side in pair)
            series[title].append((height * width, one / two))
        print(f"| {height}x{width} | " + " | ".join(f"{series[title][-1][1]:.2f}x" for title, _ in KINDS) + " |", flush=True)
    plots.write(folder / "scaling-threads.svg", "Two threads beside one", "pixels", "speed-up", series, logarithmic=True,
                labels=[f"{height}x{width}" for height, width in SIZES])

"""The table, in Markdown."""

import statistics

HEADINGS = ["work", "Segue", "peer", "its time", "ratio", "peak MiB", "GFLOP/s", "rounds", "others"]


def head():
    return "| " + " | ".join(HEADINGS) + " |\n|" + "--|" * len(HEADINGS)


def duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def times(seconds):
    return f"{duration(statistics.median(seconds))} ({duration(min(seconds))})" if seconds else "-"


def ratio(ours, theirs):
    return f"{statistics.median(theirs) / statistics.median(ours):.2f}x" if ours and theirs else "-"


def speed(side, peak):
    """Of a plain implementation's operations: Winograd's convolutions need fewer, and may pass the peak."""
    if not (side.gflop and side.seconds):
        return "-"
    rate = side.gflop / statistics.median(side.seconds)
    return f"{rate:.0f} ({100 * rate / peak:.0f} %)" if peak else f"{rate:.0f}"


def lines(title, ours, peers, peak):
    """A line for each peer, or one where there is none."""
    for peer in peers or [None]:
        sides = [ours] + ([peer] if peer else [])
        cells = [
            title, times(ours.seconds), peer.name if peer else "-", times(peer.seconds) if peer else "-",
            ratio(ours.seconds, peer.seconds) if peer else "-", " / ".join(str(side.peak) if side.seconds else "-" for side in sides),
            speed(ours, peak), str(max((len(side.seconds) for side in sides), default=0)),
            f"{max((statistics.median(side.others) for side in sides if side.others), default=0):.2f}"]
        yield "| " + " | ".join(cells) + " |"


def layers(rows, peak):
    """What each layer costs, the dearest first, and how fast its convolutions are as they are defined."""
    total = sum(row["forward"] + row["backward"] for row in rows) or 1
    yield "| layer | operation | forward ms | backward ms | share | forward GFLOP/s | backward GFLOP/s |\n|--|--|--|--|--|--|--|"
    for row in sorted(rows, key=lambda row: -(row["forward"] + row["backward"])):
        def rate(milliseconds, times):
            return f"{2 * times * row['mmac'] / milliseconds:.0f}" if row["mmac"] >= 1 and milliseconds > 0 else "-"
        share = (row["forward"] + row["backward"]) / total
        yield (f"| {row['name']} | {row['operation']} | {row['forward']:.2f} | {row['backward']:.2f} | {100 * share:.1f} % "
               f"| {rate(row['forward'], 1)} | {rate(row['backward'], 2)} |")
    yield f"\n{total:.0f} ms in all; the peak is {peak:.0f} GFLOP/s." if peak else f"\n{total:.0f} ms in all."

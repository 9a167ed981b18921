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


def rate(mmac, milliseconds, peak):
    """Of convolutions as they are defined, and that beside the peak."""
    if mmac < 1 or milliseconds <= 0:
        return "-"
    speed = 2 * mmac / milliseconds
    return f"{speed:.0f} ({100 * speed / peak:.0f} %)" if peak else f"{speed:.0f}"


def operations(rows, peak):
    """What the layers of one kind cost together, the dearest first."""
    kinds = {}
    for row in rows:
        kind = kinds.setdefault(row["operation"], {"layers": 0, "forward": 0, "backward": 0, "mmac": 0, "mmac back": 0})
        kind["layers"] += 1
        for name in ("forward", "backward", "mmac"):
            kind[name] += row[name]
        kind["mmac back"] += row["mmac"] * row.get("gradients", 2)
    total = sum(kind["forward"] + kind["backward"] for kind in kinds.values()) or 1
    yield "| operation | layers | forward ms | backward ms | share | forward GFLOP/s (of the peak) | backward GFLOP/s (of the peak) |\n|--|--|--|--|--|--|--|"
    for name, kind in sorted(kinds.items(), key=lambda item: -(item[1]["forward"] + item[1]["backward"])):
        yield (f"| {name} | {kind['layers']} | {kind['forward']:.1f} | {kind['backward']:.1f} | {100 * (kind['forward'] + kind['backward']) / total:.1f} % "
               f"| {rate(kind['mmac'], kind['forward'], peak)} | {rate(kind['mmac back'], kind['backward'], peak)} |")
    yield f"\n{total:.0f} ms in all; the peak is {peak:.0f} GFLOP/s.\n" if peak else f"\n{total:.0f} ms in all.\n"


def layers(rows, peak):
    """What each layer costs, the dearest first."""
    total = sum(row["forward"] + row["backward"] for row in rows) or 1
    yield "| layer | operation | forward ms | backward ms | share | forward GFLOP/s (of the peak) | backward GFLOP/s (of the peak) |\n|--|--|--|--|--|--|--|"
    for row in sorted(rows, key=lambda row: -(row["forward"] + row["backward"])):
        share = (row["forward"] + row["backward"]) / total
        yield (f"| {row['name']} | {row['operation']} | {row['forward']:.2f} | {row['backward']:.2f} | {100 * share:.1f} % "
               f"| {rate(row['mmac'], row['forward'], peak)} | {rate(row['mmac'] * row.get('gradients', 2), row['backward'], peak)} |")

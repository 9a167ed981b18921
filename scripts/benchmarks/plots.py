"""A small plot of curves as an SVG file that is readable on light and on dark pages."""

import html
import math

WIDTH, HEIGHT = 640, 336
LEFT, RIGHT, TOP, BOTTOM = 64, 48, 56, 64
COLOURS = [("#2563eb", "#7aa5ff"), ("#c2410c", "#ffa061"), ("#15803d", "#6fd28f")]  # on light, on dark


def write(path, title, across, up, series, labels, logarithmic=False):
    """series: by name, points (x, y) of one length; labels stand below the points. The vertical axis begins at 0."""
    xs = [x for x, _ in next(iter(series.values()))]
    top = ceiling(max(y for points in series.values() for _, y in points))
    low, high = (position(x, logarithmic) for x in (xs[0], xs[-1]))

    def at(x, y):
        return (LEFT + (WIDTH - LEFT - RIGHT) * (position(x, logarithmic) - low) / ((high - low) or 1), HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / top)

    body = [f'<text x="{LEFT}" y="20" font-size="14" font-weight="600">{html.escape(title)}</text>']
    for step in range(5):
        value = top * step / 4
        _, y = at(xs[0], value)
        body.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        body.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    last = -math.inf
    for x, label in zip(xs, labels):
        place = at(x, 0)[0]
        row = 0 if place - last > 60 else 1  # two rows where labels would touch
        last = place if row == 0 else last
        body.append(f'<text x="{place:.1f}" y="{HEIGHT - BOTTOM + 16 + 14 * row}" text-anchor="middle">{html.escape(label)}</text>')
    for number, (name, points) in enumerate(series.items()):
        places = [at(x, y) for x, y in points]
        body.append(f'<polyline class="line{number}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
        body += [f'<circle class="dot{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places]
        body.append(f'<text class="name{number}" x="{LEFT + 120 * number}" y="{TOP - 12}" >{html.escape(name)}</text>')
    body.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{html.escape(across)}</text>')
    body.append(f'<text transform="translate(14 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">{html.escape(up)}</text>')
    path.write_text(document(title, body))


def document(title, body):
    def style(shade):
        return "".join(f".line{i}{{stroke:{c[shade]};fill:none;stroke-width:2}}.dot{i},text.name{i}{{fill:{c[shade]}}}" for i, c in enumerate(COLOURS))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12">\n'
            f"<title>{html.escape(title)}</title>\n<style>text{{fill:#1f2328}}.grid{{stroke:#1f2328;stroke-opacity:.15}}{style(0)}"
            f"@media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}.grid{{stroke:#e6edf3}}{style(1)}}}</style>\n"
            + "\n".join(body) + "\n</svg>\n")


def position(x, logarithmic):
    return math.log(x) if logarithmic else x


def ceiling(value):
    """The next number of the form 1, 2, 4 or 8 times a power of ten, which divides into four."""
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 8, 10) if value <= step * power)

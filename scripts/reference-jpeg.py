#!/usr/bin/env python3
"""Writes Tests/ImagingTests/Fixtures/jpeg: small JPEG files of every sort that is read, and jpeg.txt with checksums of what Pillow makes of them.

A line of jpeg.txt is
    FILE WIDTH HEIGHT FNV1A
of red, green and blue as Image.convert("RGB") gives them. Needs Pillow and numpy; the tests need neither.
"""
import pathlib

import numpy
from PIL import Image

folder = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "ImagingTests" / "Fixtures" / "jpeg"


def fnv1a(data):
    """FNV-1a of 64 bits."""
    value = 14695981039346656037
    for byte in data:
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


def scene(width, height):
    """Slopes and edges, so that transform, colours and upsampling all matter."""
    y, x = numpy.mgrid[:height, :width]
    red, green, blue = 255 * x // max(width - 1, 1), 255 * y // max(height - 1, 1), numpy.where((x // 5 + y // 3) % 2, 220, 30)
    return Image.fromarray(numpy.stack([red, green, blue], -1).astype(numpy.uint8))


cases = [
    ("420.jpg", 33, 19, {"subsampling": 2}), ("422.jpg", 33, 19, {"subsampling": 1}), ("444.jpg", 33, 19, {"subsampling": 0, "quality": 95}),
    ("progressive.jpg", 40, 24, {"progressive": True}), ("restarts.jpg", 64, 32, {"restart_marker_blocks": 2}), ("rough.jpg", 48, 40, {"quality": 8}),
    ("one.jpg", 1, 1, {}), ("narrow.jpg", 3, 50, {}), ("grey.jpg", 21, 17, {"mode": "L"}), ("rgb.jpg", 16, 16, {"keep_rgb": True}),
    ("turned.jpg", 24, 16, {"exif": b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"}), ("noted.jpg", 16, 8, {"comment": b"x" * 300}),
    ("printing.jpg", 16, 16, {"mode": "CMYK"}),
]

folder.mkdir(parents=True, exist_ok=True)
lines = []
for name, width, height, options in cases:
    mode = options.pop("mode", "RGB")
    scene(width, height).convert(mode).save(folder / name, **{"quality": 80, "optimize": True} | options)
    pixels = Image.open(folder / name).convert("RGB").tobytes()
    if mode != "CMYK":
        lines.append(f"{name} {width} {height} {fnv1a(pixels):016x}")
(folder / "jpeg.txt").write_text("\n".join(lines) + "\n")

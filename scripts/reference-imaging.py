#!/usr/bin/env python3
"""Writes Tests/ImagingTests/Fixtures/resizing.txt and Tests/ScenesTests/Fixtures/colour.txt.

resizing.txt: checksums of Pillow's Image.resize over pictures from an integer formula that the tests compute too. A line is
    MODE FILTER WIDTH HEIGHT TO_WIDTH TO_HEIGHT FNV1A
colour.txt: torchvision's colour adjustments, in double precision, of a small picture from the same formula. A line is
    FUNCTION FACTOR VALUE...

Needs Pillow, numpy, torch, torchvision. The tests need none of them.
"""
import pathlib

import numpy
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.transforms.v2 import functional

root = pathlib.Path(__file__).resolve().parent.parent


def noise(width, height, channels):
    """Bytes that jump and bytes that glide: (i * 2654435761 mod 2**32) >> 24 on every third row, else a ramp."""
    i = numpy.arange(width * height * channels, dtype=numpy.uint64)
    jump = (i * 2654435761 % 2**32) >> 24
    glide = (i * 7 // (3 * channels)) % 256
    row = i // (width * channels)
    return numpy.where(row % 3 == 0, jump, glide).astype(numpy.uint8).reshape(height, width, channels)


def fnv1a(data):
    """FNV-1a of 64 bits."""
    value = 14695981039346656037
    for byte in data:
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


def resizing():
    pairs = []
    for width, height in [(1, 1), (2, 3), (7, 5), (33, 17), (101, 53), (128, 64)]:
        for scale in [(1, 1), (2, 1), (1, 2), (2, 2), (3, 5), (5, 3), (7, 4)]:
            pairs.append((width, height, max(1, width * scale[0] // scale[1]), max(1, height * scale[0] // scale[1])))
            pairs.append((width, height, max(1, width * scale[1] // scale[0] + 1), max(1, height * scale[0] // (scale[1] + 1))))
    pairs += [(64, 48, 1, 1), (64, 48, 64, 5), (64, 48, 5, 48), (191, 105, 102, 51), (256, 128, 255, 127), (97, 3, 13, 200), (480, 360, 240, 180)]
    # On both sides of where Pillow 13 changes the order of its passes.
    pairs += [(60, 90, 60 - lost, 90 - 2 * lost + more) for lost in (5, 20) for more in (-1, 0, 1)]
    lines = []
    for width, height, to_width, to_height in sorted(set(pairs)):
        for mode, name, how in [("RGB", "bilinear", Image.BILINEAR), ("RGB", "bicubic", Image.BICUBIC), ("L", "nearest", Image.NEAREST)]:
            pixels = noise(width, height, len(mode) if mode == "RGB" else 1)
            picture = Image.fromarray(pixels if mode == "RGB" else pixels[..., 0])
            result = picture.resize((to_width, to_height), how)
            lines.append(f"{mode} {name} {width} {height} {to_width} {to_height} {fnv1a(result.tobytes()):016x}")
    return lines


def colour():
    pixels = noise(6, 5, 3)
    picture = torch.tensor(pixels, dtype=torch.float64).permute(2, 0, 1) / 255
    lines = []
    for name in ["brightness", "contrast", "saturation", "hue"]:
        for factor in [-0.4, -0.1, 0.05, 0.5] if name == "hue" else [0, 0.5, 0.8, 1.3, 1.5]:
            result = getattr(functional, f"adjust_{name}")(picture, factor) * 255
            values = " ".join(f"{value:.4f}" for value in result.permute(1, 2, 0).flatten().tolist())
            lines.append(f"{name} {factor} {values}")
    return lines


def write(path, lines, versions):
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"# by scripts/reference-imaging.py with {versions}\n" + "\n".join(lines) + "\n")
    print(f"{path}: {len(lines)} lines")


write("Tests/ImagingTests/Fixtures/resizing.txt", resizing(), f"Pillow {PIL.__version__}")
write("Tests/ScenesTests/Fixtures/colour.txt", colour(), f"torchvision {torchvision.__version__.split('+')[0]}")

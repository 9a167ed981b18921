"""Pillow's, numpy's and scipy's side of the benchmark (see protocol.py), each as a careful user would write it."""

import os
import pathlib

import protocol

THREADS = int(os.environ.get("SEGUE_THREADS", "2"))


def fda(height, width, beta):
    """scipy: real transforms, and only the window touched."""
    import numpy as np
    import scipy.fft
    half = int(min(height, width) * beta)
    random = np.random.default_rng(7)
    source, target = (random.uniform(0, 255, (3, height, width)).astype(np.float32) for _ in range(2))

    def run():
        spectrum = scipy.fft.rfft2(source, workers=THREADS)
        style = scipy.fft.rfft2(target, workers=THREADS)
        for rows in (slice(0, half + 1), slice(height - half, height)):
            inside, other = spectrum[:, rows, :half + 1], style[:, rows, :half + 1]
            size = np.abs(inside)
            inside *= np.abs(other) / np.where(size == 0, 1, size)
        return scipy.fft.irfft2(spectrum, s=(height, width), workers=THREADS)
    return run


def confusion(height, width):
    """numpy: one bincount of joined bytes."""
    import numpy as np
    random = np.random.default_rng(7)
    labels, predictions = (random.integers(0, 19, (height, width)).astype(np.uint8) for _ in range(2))
    labels[:height // 10] = 255

    def run():
        counts = np.bincount(((labels.astype(np.uint16) << 5) + predictions).ravel(), minlength=256 * 32)
        return counts.reshape(256, 32)[:19, :19]
    return run


def decode(height, width, folder):
    """Pillow: a PNG from the disk to a picture of half its sides."""
    from PIL import Image
    path = pathlib.Path(folder) / "images" / "0.png"

    def run():
        with Image.open(path) as image:
            return image.convert("RGB").resize((width // 2, height // 2), Image.BILINEAR)
    return run


if __name__ == "__main__":
    protocol.serve({"fda": fda, "confusion": confusion, "decode": decode})

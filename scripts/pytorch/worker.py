"""PyTorch's side of the benchmark: one JSON request a line on stdin, one JSON answer a line on stdout.

    {"work": "train", "batch": 2, "height": 512, "width": 1024}
    {"work": "adversarial", "batch": 2, "height": 256, "width": 512}
    {"work": "infer", "height": 512, "width": 1024}
    {"work": "fda", "height": 512, "width": 1024, "beta": 0.01}
    {"work": "confusion", "height": 1024, "width": 2048}

An answer is {"seconds": ..., "peak_mib": ...} for one iteration; the first request of a kind prepares it and
warms up, untimed. PyTorch runs as a careful user would run it: float32, channels last, no gradients where none are needed.
"""

import json
import os
import resource
import sys
import time

import numpy as np
import torch

import formula
import training
from networks import CLASSES, BiSeNet, Discriminator, upsampled

WARM_UP = 2


def network(width=1.0):
    return formula.fill(BiSeNet("path", width)).to(memory_format=torch.channels_last)


def images(name, batch, height, width):
    return formula.maps(name, (batch, height, width, 3), torch.float32).contiguous(memory_format=torch.channels_last)


def train(batch, height, width):
    model = network().train()
    optimiser = training.segmentation_optimiser(model.parameters())
    x, labels = images("images", batch, height, width), formula.labels("labels", batch, height, width)
    return lambda: training.supervised_step(model, optimiser, x, labels)


def adversarial(batch, height, width):
    model = network().train()
    judge = formula.fill(Discriminator()).to(memory_format=torch.channels_last)
    optimisers = training.segmentation_optimiser(model.parameters()), training.discriminator_optimiser(judge.parameters())
    x, target = images("images", batch, height, width), images("target images", batch, height, width)
    labels = formula.labels("labels", batch, height, width)
    return lambda: training.adversarial_step(model, judge, optimisers, x, labels, target)


def infer(height, width, batch=1):
    """From a normalised image to a label map, batch norms folded into the convolutions as deployment does."""
    model = folded(network().eval())
    x = images("images", batch, height, width)

    def run():
        with torch.inference_mode():
            return upsampled(model(x)[0], (height, width)).argmax(1)
    return run


def folded(model):
    from torch.nn.utils.fusion import fuse_conv_bn_eval
    for module in list(model.modules()):
        for convolution, norm in (("conv", "bn"), ("conv_atten", "bn_atten"), ("0", "1")):
            if isinstance(getattr(module, norm, None), torch.nn.BatchNorm2d):
                setattr(module, convolution, fuse_conv_bn_eval(getattr(module, convolution), getattr(module, norm)))
                setattr(module, norm, torch.nn.Identity())
    return model


def fda(height, width, beta):
    """One pair of images, real transforms, only the square window touched."""
    half = int(min(height, width) * beta)
    source, target = (formula.tensor(name, (3, height, width), torch.float32, 0.5, 0.5) for name in ("source", "target"))

    def run():
        spectrum, style = torch.fft.rfft2(source), torch.fft.rfft2(target)
        for rows in (slice(0, half + 1), slice(height - half, height)):
            inside = spectrum[:, rows, :half + 1]
            inside.copy_(torch.sgn(inside) * style[:, rows, :half + 1].abs())
        return torch.fft.irfft2(spectrum, s=(height, width))
    return run


def confusion(height, width):
    labels = formula.labels("labels", 1, height, width)[0].numpy().astype(np.uint8)
    predictions = (formula.hashes("predictions", height * width) % np.uint64(CLASSES)).astype(np.uint8).reshape(height, width)

    def run():
        counts = np.bincount(((labels.astype(np.uint16) << 5) + predictions).ravel(), minlength=256 * 32)
        return counts.reshape(256, 32)[:CLASSES, :CLASSES]
    return run


WORKS = {"train": train, "adversarial": adversarial, "infer": infer, "fda": fda, "confusion": confusion}


def main():
    torch.set_num_threads(int(os.environ.get("SEGUE_THREADS", "2")))
    torch.set_num_interop_threads(1)
    current, run = None, None
    for line in sys.stdin:
        request = json.loads(line)
        if request != current:
            run = None
            settings = {key: value for key, value in request.items() if key != "work"}
            current, run = request, WORKS[request["work"]](**settings)
            for _ in range(WARM_UP):
                run()
        start = time.perf_counter()
        run()
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak_mib": round(peak)}), flush=True)


if __name__ == "__main__":
    main()

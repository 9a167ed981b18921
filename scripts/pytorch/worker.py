"""PyTorch's side of the benchmark: one JSON request a line on stdin, one JSON answer a line on stdout.

    {"work": "train", "batch": 2, "height": 512, "width": 1024}
    {"work": "adversarial", "batch": 2, "height": 256, "width": 512}
    {"work": "infer", "height": 512, "width": 1024}
    {"work": "fda", "height": 512, "width": 1024, "beta": 0.01}

The protocol is that of scripts/benchmarks/protocol.py. PyTorch runs as a careful user would run it: float32, channels last, no gradients where none are needed.
"""

import os
import pathlib
import sys

import torch

import formula
import training
from networks import BiSeNet, Discriminator, upsampled

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "benchmarks"))
import protocol  # noqa: E402


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


def infer_compiled(height, width, batch=1):
    """The same through TorchInductor, its weights frozen into the code."""
    import torch._inductor.config
    torch._inductor.config.freezing = True
    model = folded(network().eval())
    x = images("images", batch, height, width)
    labels = torch.compile(lambda x: upsampled(model(x)[0], (height, width)).argmax(1))

    def run():
        with torch.no_grad():
            return labels(x)
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


WORKS = {"train": train, "adversarial": adversarial, "infer": infer, "fda": fda}


def main():
    torch.set_num_threads(int(os.environ.get("SEGUE_THREADS", "2")))
    torch.set_num_interop_threads(1)
    protocol.serve({"infer": infer_compiled} if "compiled" in sys.argv[1:] else WORKS)


if __name__ == "__main__":
    main()

"""What rounding alone does to a computation: float32 runs that order their sums differently, and a model of any other.

A ReLU whose input lies within rounding of zero may switch its gradient on or off, so two correct float32
programs can differ by far more than their forward errors. Three runs of PyTorch cannot show every such place. The
model is a float64 run in which each convolution's and batch norm's output, and the gradient there, is off by what
a float32 sum of some hundred to thousand products is off by: measured against float64, 2e-7 of the output's size with
oneDNN, 3e-7 to 4e-7 with OpenBLAS, and more where the products are added one by one.
"""

import torch
from torch import nn

PRECISION = 3e-7
DRAWS = 5


class Rounded(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return x * (1 + PRECISION * torch.randn_like(x))

    @staticmethod
    def backward(context, gradient):
        return gradient * (1 + PRECISION * torch.randn_like(gradient))


def disturb(module, inputs, output):
    if isinstance(module, (nn.Conv2d, nn.BatchNorm2d)):
        return Rounded.apply(output)
    return None


def single_precision_runs(compute):
    """With oneDNN on two threads, on one, and without oneDNN."""
    runs = [compute(torch.float32)]
    torch.set_num_threads(1)
    runs.append(compute(torch.float32))
    torch.set_num_threads(2)
    with torch.backends.mkldnn.flags(enabled=False):
        runs.append(compute(torch.float32))
    return runs


def modelled_runs(compute):
    runs = []
    hook = nn.modules.module.register_module_forward_hook(disturb)
    for draw in range(DRAWS):
        torch.manual_seed(draw)
        runs.append(compute(torch.float64))
    hook.remove()
    return runs


def runs(compute, has_network):
    return single_precision_runs(compute) + (modelled_runs(compute) if has_network else [])

"""How far a computation stays from the kinks of its ReLUs, in units of what rounding moves them by.

A ReLU input within rounding of zero lets two correct float32 programs disagree: one passes the gradient there, the other does not, and
everything that the gradient reaches differs by far more than rounding. So the networks' fixtures use images for which no ReLU input,
in any of the steps, comes close: the margin is the smallest |x| / e, where x is an input of a ReLU in float64, and e the root mean
square of what float32 changes at that layer in that pass.
"""

import torch
from torch.nn import functional as F


class Inputs:
    """Records the inputs of every ReLU while it is entered."""

    def __enter__(self):
        self.maps, self.originals = [], (F.relu, F.leaky_relu)

        def recording(original):
            def call(x, *arguments):
                self.maps.append(x.detach().double())
                return original(x, *arguments)
            return call
        F.relu, F.leaky_relu = (recording(original) for original in self.originals)
        return self

    def __exit__(self, *_):
        F.relu, F.leaky_relu = self.originals


def margin(compute):
    """The margin of `compute(dtype)`; below about 8, float32 programs may come out on different sides of a kink."""
    with Inputs() as wide:
        compute(torch.float64)
    with Inputs() as single:
        compute(torch.float32)
    return min((x.abs().min() / (y - x).square().mean().sqrt()).item() for x, y in zip(wide.maps, single.maps))

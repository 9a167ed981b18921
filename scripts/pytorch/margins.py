"""How far a computation stays from the kinks of its ReLUs and max poolings, in units of what rounding moves them by.

A ReLU input within rounding of zero lets two correct float32 programs disagree: one passes the gradient there, the other does not, and
everything that the gradient reaches differs by far more than rounding. So the networks' fixtures use images for which no ReLU input,
in any of the steps, comes close: the margin is the smallest |x| / e, where x is an input of a ReLU in float64, and e the root mean
square of what float32 changes at that layer in that pass.
"""

import torch
from torch.nn import functional as F


def distances(x, kernel, stride, padding):
    """Between the two largest numbers of each window; 1 where all are 0, as behind a ReLU, through which no gradient goes on."""
    padded = F.pad(x.detach().double(), [padding] * 4, value=-torch.inf)
    windows = padded.unfold(2, kernel, stride).unfold(3, kernel, stride).flatten(4)
    largest = windows.topk(2).values
    return torch.where(largest[..., 0] == 0, 1.0, largest[..., 0] - largest[..., 1])


class Inputs:
    """Records the inputs of every ReLU, and the distances in every max pooling, while it is entered; not in inference mode, where no
    gradient will pass."""

    def __enter__(self):
        self.maps, self.originals = [], (F.relu, F.leaky_relu, F.max_pool2d)

        def recording(original):
            def call(x, *arguments):
                if not torch.is_inference_mode_enabled():
                    self.maps.append(x.detach().double())
                return original(x, *arguments)
            return call
        def recording_distances(x, *arguments):
            self.maps.append(distances(x, *arguments))
            return self.originals[2](x, *arguments)
        F.relu, F.leaky_relu = (recording(original) for original in self.originals[:2])
        F.max_pool2d = recording_distances
        return self

    def __exit__(self, *_):
        F.relu, F.leaky_relu, F.max_pool2d = self.originals


def margin(compute):
    """The margin of `compute(dtype)`; below about 8, float32 programs may come out on different sides of a kink."""
    with Inputs() as wide:
        compute(torch.float64)
    with Inputs() as single:
        compute(torch.float32)
    return min((x.abs().min() / (y - x).square().mean().sqrt()).item() for x, y in zip(wide.maps, single.maps))

"""The integer formula that makes every weight, image and label of the fixtures, here and in Swift.

Element i (row-major) of the array named `name`, all in unsigned 32-bit arithmetic:

    salt = FNV-1a of the name's UTF-8 bytes: 2166136261, then for each byte (salt ^ byte) * 16777619
    h = i * 2654435761 + salt * 2246822519
    h = (h ^ h >> 15) * 2246822519
    h = (h ^ h >> 13) * 3266489917
    h = h ^ h >> 16
    u = (h >> 8) * 2^-23 - 1                        in [-1, 1), exact in Float32
    value = u * scale + offset                      one Float32 rounding; scale is a power of two

Weights are numbered in PyTorch's layout (O, I, height, width), images and maps as N, height, width, C.

    what                         salt's name        scale                                             offset
    convolution weight           parameter          largest 2^e with fan_in * 4^e <= 12               0
    convolution bias             parameter          2^-4                                              0
    batch norm weight            parameter          2^-2                                              1
    batch norm bias              parameter          2^-3                                              0
    running_mean / running_var   buffer             2^-3 / 2^-2                                       0 / 1
    images                       images             1                                                 0

(fan_in is I * height * width; the scale is sqrt(6 / fan_in) rounded to a power of two, halves up.)
Labels are blocks of 4 x 4 pixels: with h of the array `labels` of shape [N, ceil(H / 4), ceil(W / 4)],
the class is h mod 23, where 19 to 22 stand for 255 (ignored).
"""

import numpy as np
import torch

WORD = np.uint64(0xFFFFFFFF)


def salt(name):
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def hashes(name, count):
    h = (np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(salt(name) * 2246822519 & 0xFFFFFFFF)) & WORD
    h = ((h ^ h >> np.uint64(15)) * np.uint64(2246822519)) & WORD
    h = ((h ^ h >> np.uint64(13)) * np.uint64(3266489917)) & WORD
    return h ^ h >> np.uint64(16)


def values(name, shape, scale=1.0, offset=0.0):
    """A float32 array of the formula."""
    u = (hashes(name, int(np.prod(shape))) >> np.uint64(8)).astype(np.float64) * 2.0**-23 - 1
    return (u * scale + offset).astype(np.float32).reshape(shape)


def tensor(name, shape, dtype, scale=1.0, offset=0.0):
    return torch.from_numpy(values(name, shape, scale, offset)).to(dtype)


def maps(name, shape, dtype, scale=1.0, offset=0.0):
    """A map given by its shape in N, H, W, C order, handed over as PyTorch's N, C, H, W."""
    return tensor(name, shape, dtype, scale, offset).permute(0, 3, 1, 2).contiguous()


def labels(name, count, height, width):
    blocks = (count, -(-height // 4), -(-width // 4))
    small = (hashes(name, int(np.prod(blocks))) % np.uint64(23)).astype(np.int64).reshape(blocks)
    small[small >= 19] = 255
    return torch.from_numpy(small.repeat(4, 1).repeat(4, 2)[:, :height, :width].copy())


def power(fan_in):
    """The largest power of two whose square times fan_in is at most 12."""
    exponent = 8
    while fan_in * 4.0**exponent > 12:
        exponent -= 1
    return 2.0**exponent


def rule(name, shape, is_convolution):
    """Scale and offset of a parameter or buffer."""
    last = name.rsplit(".", 1)[-1]
    if is_convolution:
        return (power(int(np.prod(shape[1:]))), 0.0) if last == "weight" else (2.0**-4, 0.0)
    return {"weight": (2.0**-2, 1.0), "bias": (2.0**-3, 0.0), "running_mean": (2.0**-3, 0.0), "running_var": (2.0**-2, 1.0)}[last]


def fill(network):
    """Sets every weight and running statistic of a network by the formula."""
    with torch.no_grad():
        for path, module in network.named_modules():
            is_convolution = isinstance(module, torch.nn.Conv2d)
            own = list(module.named_parameters(recurse=False)) + list(module.named_buffers(recurse=False))
            for last, array in own:
                if last == "num_batches_tracked":
                    array.zero_()
                    continue
                name = f"{path}.{last}"
                array.copy_(tensor(name, tuple(array.shape), array.dtype, *rule(name, array.shape, is_convolution)))
    return network

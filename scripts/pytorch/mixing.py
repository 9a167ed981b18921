"""ClassMix between two domains, colour jitter and Gaussian blur: every draw is handed over as data.

A draw is a dictionary: `classes` of the source label whose pixels are pasted; `changes`, a list of [name, factor] in the order in which they are
applied to the picture; `deviation` of the blur, where there is one.
"""

import math

import torch
from torch.nn import functional as F

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def grey(image):
    return (0.2989 * image[0] + 0.587 * image[1] + 0.114 * image[2])[None]


def blend(image, other, factor):
    return (factor * image + (1 - factor) * other).clamp(0, 1)


def turned(image, shift):
    """The hue turned by a share of the whole circle: to hue, saturation and value, and back."""
    red, green, blue = image
    value, low = image.max(0).values, image.min(0).values
    spread = value - low
    safe = torch.where(spread == 0, 1, spread)
    hue = torch.where(value == red, ((green - blue) / safe) % 6, torch.where(value == green, (blue - red) / safe + 2, (red - green) / safe + 4))
    hue = (hue / 6 + shift) % 1 * 6
    second = spread * (1 - (hue % 2 - 1).abs())
    zero, sector = torch.zeros_like(spread), hue.floor().long() % 6
    sectors = [(spread, second, zero), (second, spread, zero), (zero, spread, second), (zero, second, spread), (second, zero, spread), (spread, zero, second)]
    return torch.stack([sum(torch.where(sector == k, each[c], 0) for k, each in enumerate(sectors)) for c in range(3)]) + low


# torchvision's definitions.
CHANGES = {
    "brightness": lambda image, factor: blend(image, torch.zeros_like(image), factor),
    "contrast": lambda image, factor: blend(image, grey(image).mean(), factor),
    "saturation": lambda image, factor: blend(image, grey(image), factor),
    "hue": turned,
}


def placed(label, height, width):
    """Where a source of `label`'s size lies in the middle of a window: its slices and the window's, for rows and columns."""
    slices = []
    for own, whole in zip(label.shape, (height, width)):
        count = min(own, whole)
        slices.append((slice((own - count) // 2, (own - count) // 2 + count), slice((whole - count) // 2, (whole - count) // 2 + count)))
    return slices


def kernel_size(side):
    """Odd, about a tenth of the side."""
    tenth = math.ceil(0.1 * side)
    return math.floor(tenth - 0.5 + tenth % 2)


def blurred(image, deviation):
    """Rows, then columns, of a Gaussian cut off at the kernel's end, over the picture mirrored at its borders without repeating them."""
    height, width = image.shape[1:]
    x = image[:, None]
    for axis, side in enumerate((height, width)):
        radius = kernel_size(side) // 2
        offsets = torch.arange(-radius, radius + 1, dtype=torch.float64)
        taps = torch.exp(-offsets**2 / (2 * deviation**2))
        shape = (1, 1, -1, 1) if axis == 0 else (1, 1, 1, -1)
        padding = (0, 0, radius, radius) if axis == 0 else (radius, radius, 0, 0)
        x = F.conv2d(F.pad(x, padding, mode="reflect"), (taps / taps.sum()).to(image.dtype).view(shape))
    return x[:, 0]


def changed(image, draw):
    """A normalised picture with jitter and blur, done on the picture that it is of."""
    if not draw["changes"] and draw["deviation"] is None:
        return image
    mean, deviation = (torch.tensor(v, dtype=image.dtype).view(3, 1, 1) for v in (MEAN, DEVIATION))
    image = image * deviation + mean
    for name, factor in draw["changes"]:
        image = CHANGES[name](image.clamp(0, 1), factor)
    if draw["deviation"] is not None:
        image = blurred(image, draw["deviation"])
    return (image - mean) / deviation


def mixed(draws, images, labels, target_images, target_labels, weight):
    """Mixed images, labels and weights of pixels: 1 where the source was pasted, the teacher's weight elsewhere."""
    out, out_labels = target_images.clone(), target_labels.clone()
    weights = torch.full_like(target_labels, weight, dtype=images.dtype)
    for k, draw in enumerate(draws):
        source = k % len(images)
        (from_rows, rows), (from_columns, columns) = placed(labels[source], *target_labels.shape[1:])
        label = labels[source, from_rows, from_columns]
        mask = torch.isin(label, torch.tensor(draw["classes"]))
        out[k, :, rows, columns] = torch.where(mask, images[source, :, from_rows, from_columns], out[k, :, rows, columns])
        out_labels[k, rows, columns] = torch.where(mask, label, out_labels[k, rows, columns])
        weights[k, rows, columns] = torch.where(mask, 1.0, weights[k, rows, columns])
        out[k] = changed(out[k], draw)
    return out, out_labels, weights


def masked(draws, hidden, block, target_images):
    """Target images changed as their mixtures are, then with blocks set to 0: `hidden` has the numbers of each image's, counted row by row."""
    height, width = target_images.shape[2:]
    rows, columns = (max((side + block // 2) // block, 1) for side in (height, width))
    number = (torch.arange(height) * rows // height)[:, None] * columns + (torch.arange(width) * columns // width)[None]
    return torch.stack([torch.where(torch.isin(number, torch.tensor(blocks, dtype=torch.int64)), 0.0, changed(image, draw))
                        for image, draw, blocks in zip(target_images, draws, hidden)])

"""The formula, optimisers alone, the schedule, ensembles, pseudo-labels, the confusion matrix, and FDA by numpy."""

import numpy as np
import torch

import formula
import mixing
import training
from fixture import Results
from networks import CLASSES, upsampled


def everything(key):
    return 4096


PARAMETERS = {"cp.backbone.features.0.conv.weight": (32, 3, 3, 3), "sp.conv1.conv.weight": (16, 3, 7, 7), "conv1.bias": (64,)}


def formulas(dtype):
    """The formula itself, so that a test can tell a wrong input from a wrong result."""
    results = Results()
    for name in ("", "images", "labels", *PARAMETERS):
        results.scalar(f"salt.{name}", formula.salt(name))
    results.map("images", formula.maps("images", (2, 4, 5, 3), dtype))
    results.array("labels", formula.labels("labels", 2, 9, 14))
    for name, shape in PARAMETERS.items():
        results.array(name, formula.tensor(name, shape, dtype, *formula.rule(name, shape, True)))
    for name in ("bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"):
        results.array(name, formula.tensor(name, (32,), dtype, *formula.rule(name, (32,), False)))
    for fan_in in (9, 27, 96, 147, 304, 384, 1024, 9216):
        results.scalar(f"scale.{fan_in}", formula.power(fan_in))
    return results


def optimised(make, dtype, steps=5, count=37):
    """An optimiser on one array, with gradients that the formula makes and the poly schedule."""
    results = Results()
    weight = torch.nn.Parameter(formula.tensor("weight", (count,), dtype))
    optimiser = make([weight])
    rate = optimiser.param_groups[0]["lr"]
    for step in range(steps):
        training.set_rate(optimiser, training.poly(rate, step, steps))
        weight.grad = formula.tensor(f"gradient {step}", (count,), dtype, 2.0**-step)
        optimiser.step()
        results.array(f"weight.after.{step}", weight)
        for key in ("momentum_buffer", "exp_avg", "exp_avg_sq"):
            if key in optimiser.state[weight]:
                results.array(f"{key}.after.{step}", optimiser.state[weight][key])
    return results


def optimiser_cases():
    inputs = {f"gradient {k}": {"shape": [37], "scale": 2.0**-k, "offset": 0.0} for k in range(5)}
    inputs["weight"] = {"shape": [37], "scale": 1.0, "offset": 0.0}
    yield ("optimiser-sgd",
           dict(rate=0.01, momentum=0.9, weight_decay=1e-4, power=0.9, steps=5, inputs=inputs),
           lambda dtype: optimised(training.segmentation_optimiser, dtype), everything)
    yield ("optimiser-adam",
           dict(rate=1e-4, betas=[0.9, 0.99], epsilon=1e-8, power=0.9, steps=5, inputs=inputs),
           lambda dtype: optimised(training.discriminator_optimiser, dtype), everything)


def schedule(dtype):
    results = Results()
    for rate, steps in ((0.01, 50), (0.05, 7), (1e-4, 312)):
        for step in (0, 1, steps // 2 - 1, steps - 1):
            results.scalar(f"{rate:g}.{steps}.{step}", training.poly(rate, step, steps))
    return results


ENSEMBLE = {"logits 0": (2, 4, 6, CLASSES), "logits 1": (2, 4, 6, CLASSES), "logits 2": (2, 8, 12, CLASSES)}


def ensemble(dtype):
    """The mean of the softmax of each model's logits, upsampled to the image first."""
    results = Results()
    each = [torch.softmax(upsampled(formula.maps(name, shape, dtype, 4.0), (32, 48)), 1) for name, shape in ENSEMBLE.items()]
    for count in (1, 2, 3):
        mean = sum(each[:count]) / count
        results.map(f"probabilities.{count}", mean)
        results.array(f"classes.{count}", mean.argmax(1))
    return results


RULES = ((34, 0.9), (34, 0.8), (100, 0.9), (10, 1.0), (50, 0.72))
SHAPE = (4, 12, 16, CLASSES)
SPREAD = 16.0
ABSENT, REDUCED = 18, 32.0


def threshold_index(keep, count):
    """floor((1 - keep) * count) in exact arithmetic, keep in per cent."""
    return min((100 - keep) * count // 100, count - 1)


def pseudo_labels(dtype):
    """Thresholds over all images for each class; pixels below theirs become 255."""
    results = Results()
    logits = formula.tensor("logits", SHAPE, dtype, SPREAD)
    logits[..., ABSENT] -= REDUCED
    confidence, classes = torch.softmax(logits, -1).max(-1)
    results.array("confidence", confidence)
    results.array("classes", classes)
    for keep, above in RULES:
        thresholds = torch.zeros(CLASSES, dtype=dtype)
        for label in range(CLASSES):
            ranked = confidence[classes == label].sort().values
            if len(ranked) > 0:
                thresholds[label] = min(ranked[threshold_index(keep, len(ranked))].item(), above)
        kept = torch.where(confidence >= thresholds[classes], classes, 255)
        results.array(f"thresholds.{keep}.{above:g}", thresholds)
        results.array(f"labels.{keep}.{above:g}", kept)
        results.scalar(f"kept.{keep}.{above:g}", (kept != 255).sum())
    for count in (1, 2, 3, 50, 99, 100, 1000, 1_000_000):
        results.scalar(f"index.34.{count}", threshold_index(34, count))
    return results


PORTIONS = ((20, 0.0), (20, 0.6), (100, 0.0), (3, 0.0))


def portions(dtype):
    """CRST: the confidence that floor(portion * n) of a class's n pixels reach, 1 where that is none; labels by the largest probability over
    threshold, 255 below 1. A floor lifts thresholds. And one threshold for all classes."""
    results = Results()
    logits = formula.tensor("logits", SHAPE, dtype, SPREAD)
    logits[..., ABSENT] -= REDUCED
    probabilities = torch.softmax(logits, -1)
    confidence, classes = probabilities.max(-1)
    for portion, floor in PORTIONS:
        thresholds = torch.ones(CLASSES, dtype=dtype)
        for label in range(CLASSES):
            ranked = confidence[classes == label].sort(descending=True).values
            kept = portion * len(ranked) // 100
            if kept > 0:
                thresholds[label] = ranked[kept - 1]
            if len(ranked) > 0:
                thresholds[label] = max(thresholds[label].item(), floor)
        largest, labels = (probabilities / thresholds).max(-1)
        labels = torch.where(largest >= 1, labels, 255)
        results.array(f"thresholds.{portion}.{floor:g}", thresholds)
        results.array(f"labels.{portion}.{floor:g}", labels)
    results.array("labels.fixed", torch.where(confidence >= 0.8, classes, 255))
    return results


def judged_maps():
    """Labels with 255 and without class 16 and 17; predictions that are right three times in four, never 16."""
    labels = formula.labels("labels", 1, 24, 32)[0].numpy()
    labels[(labels == 16) | (labels == 17)] = 255
    h = formula.hashes("predictions", labels.size).reshape(labels.shape)
    guesses = (h >> np.uint64(8)) % np.uint64(CLASSES)
    predictions = np.where((h % np.uint64(4) == 0) | (labels == 255), guesses, labels).astype(np.int64)
    predictions[predictions == 16] = 0
    return labels, predictions


def confusion(dtype):
    """Rows are labels, columns predictions; classes in neither are left out of the mean."""
    results = Results()
    labels, predictions = judged_maps()
    valid = labels < CLASSES
    matrix = np.bincount(labels[valid] * CLASSES + predictions[valid], minlength=CLASSES**2).reshape(CLASSES, CLASSES)
    hits, union = np.diag(matrix), matrix.sum(0) + matrix.sum(1) - np.diag(matrix)
    results.array("matrix", matrix)
    for label in np.flatnonzero(union):
        results.scalar(f"iou.{label}", hits[label] / union[label])
    results.scalar("mean", (hits[union > 0] / union[union > 0]).mean())
    results.scalar("absent", (union == 0).sum())
    results.scalar("accuracy", hits.sum() / matrix.sum())
    return results


FDA_SIZES = ((8, 12), (9, 13), (7, 10), (16, 16))
BETAS = (0.0, 0.05, 0.13, 0.26, 0.5)


def windowed(window, height, width, beta):
    """Which centred coefficients are swapped: booleans of [height, width] after fftshift, and the half sizes."""
    half_height = half_width = int(np.floor(min(height, width) * beta))
    if window == "paper":
        half_height, half_width = int(np.floor(height * beta)), int(np.floor(width * beta))
    y, x = np.arange(height)[:, None] - height // 2, np.arange(width)[None, :] - width // 2
    inside = (abs(y) <= half_height) & (abs(x) <= half_width)
    if window == "corners":
        corner = np.zeros((height, width), bool)
        for rows in (slice(0, half_height), slice(height - half_height, height)):
            for columns in (slice(0, half_width), slice(width - half_width, width)):
                corner[rows, columns] = True
        inside = np.fft.fftshift(corner)
    return inside, half_height, half_width


def restyled(window, dtype):
    """The source's phase with the target's amplitude inside the window; the real part of the inverse."""
    results, kind = Results(), np.float64 if dtype == torch.float64 else np.float32
    for height, width in FDA_SIZES:
        source, target = (formula.values(f"{name} {width}x{height}", (height, width, 3), 0.5, 0.5).astype(kind)
                          for name in ("source", "target"))
        spectrum = np.fft.fftshift(np.fft.fft2(source, axes=(0, 1)), axes=(0, 1))
        style = np.fft.fftshift(np.fft.fft2(target, axes=(0, 1)), axes=(0, 1))
        results.array(f"amplitude.{width}x{height}", np.abs(spectrum))
        for beta in BETAS:
            inside, half_height, half_width = windowed(window, height, width, beta)
            amplitude = np.where(inside[:, :, None], np.abs(style), np.abs(spectrum))
            mixed = np.fft.ifftshift(amplitude * np.exp(1j * np.angle(spectrum)), axes=(0, 1))
            key = f"{width}x{height}.{beta:g}"
            results.array(f"restyled.{key}", np.fft.ifft2(mixed, axes=(0, 1)).real)
            results.scalar(f"swapped.{key}", inside.sum())
            results.scalar(f"half_height.{key}", half_height)
            results.scalar(f"half_width.{key}", half_width)
    return results


RGB_TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
WHITE = np.array([0.95047, 1, 1.08883])
# Source and target sizes, and how far values leave the range of pixels.
TRANSFERS = (((12, 20), (12, 20), 127.5, 127.5), ((9, 13), (20, 7), 150.0, 127.5), ((16, 16), (16, 16), 20.0, 40.0), ((8, 8), (8, 8), 0.0, 90.0))


def to_lab(picture):
    """sRGB of 0...255 to CIE L*a*b* under D65, with the constants of scikit-image."""
    share = np.clip(picture, 0, 255) / 255
    light = np.where(share > 0.04045, ((share + 0.055) / 1.055) ** 2.4, share / 12.92)
    part = light @ RGB_TO_XYZ.T.astype(picture.dtype) / WHITE.astype(picture.dtype)
    x, y, z = np.moveaxis(np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116), -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def to_picture(lab):
    middle = (lab[..., 0] + 16) / 116
    root = np.stack([lab[..., 1] / 500 + middle, middle, np.maximum(middle - lab[..., 2] / 200, 0)], -1)
    part = np.where(root > 0.2068966, root**3, (root - 16 / 116) / 7.787) * WHITE.astype(lab.dtype)
    light = part @ np.linalg.inv(RGB_TO_XYZ).T.astype(lab.dtype)
    share = np.where(light > 0.0031308, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055, 12.92 * light)
    return 255 * np.clip(share, 0, 1)


def transferred(dtype):
    """The source with the target's mean and deviation in each channel of L*a*b*; the last target does not vary, and neither does its source."""
    results, kind = Results(), np.float64 if dtype == torch.float64 else np.float32
    for k, (size, other, scale, offset) in enumerate(TRANSFERS):
        source = formula.values(f"source {k}", (*size, 3), scale, offset).astype(kind)
        target = formula.values(f"target {k}", (*other, 3), 100.0, 140.0).astype(kind)
        own, style = to_lab(source), to_lab(target)
        deviation = own.std((0, 1))
        factor = np.where(deviation > 1e-4, style.std((0, 1)) / np.where(deviation > 1e-4, deviation, 1), 1)
        results.array(f"lab.{k}", own)
        results.array(f"transferred.{k}", to_picture((own - own.mean((0, 1))) * factor + style.mean((0, 1))).astype(kind))
    return results


# Pictures with changes of colour and blur: each change alone and strong, all in a row, kernels of one pixel to thirteen.
PIECES = [
    (12, 20, [["brightness", 1.5]], None), (12, 20, [["contrast", 1.6]], None), (12, 20, [["saturation", 1.7]], None), (12, 20, [["hue", 0.3]], None),
    (12, 20, [["hue", -0.5], ["saturation", 0.4], ["brightness", 0.6], ["contrast", 0.3]], None), (9, 20, [], 0.7), (33, 121, [], 0.15), (33, 121, [], 1.15),
    (70, 40, [["contrast", 1.25], ["hue", 0.25], ["brightness", 1.25], ["saturation", 0.75]], 1.0), (30, 31, [["hue", 0.0]], 0.4),
]


def piece_draws():
    return [dict(classes=[], changes=changes, deviation=deviation) for _, _, changes, deviation in PIECES]


def mixing_pieces(dtype):
    """Normalised pictures, whose colours leave the range of pixels here and there, changed as mixed images are."""
    results = Results()
    for k, (piece, draw) in enumerate(zip(PIECES, piece_draws())):
        image = formula.maps(f"picture {k}", (1, *piece[:2], 3), dtype, 2.0)[0]
        results.array(f"changed.{k}", mixing.changed(image, draw).permute(1, 2, 0))
    return results


def cases():
    yield "formula", dict(keys="salt.NAME, scale.FAN_IN"), formulas, lambda key: 128
    yield from optimiser_cases()
    yield "schedule-poly", dict(power=0.9, keys="rate.steps.step"), schedule, everything
    inputs = {name: {"shape": list(shape), "scale": 4.0, "offset": 0.0} for name, shape in ENSEMBLE.items()}
    yield "method-ensemble", dict(size=[32, 48], inputs=inputs), ensemble, lambda key: 64
    inputs = {"logits": {"shape": list(SHAPE), "scale": SPREAD, "offset": 0.0}}
    yield ("method-pseudo-labels", dict(absent=ABSENT, reduced_by=REDUCED, keys="keep in per cent.above", inputs=inputs),
           pseudo_labels, lambda key: 64)
    yield "method-portions", dict(absent=ABSENT, reduced_by=REDUCED, keys="portion in per cent.floor", inputs=inputs), portions, lambda key: 768
    labels, predictions = judged_maps()
    yield "method-confusion", dict(labels=labels.tolist(), predictions=predictions.tolist()), confusion, everything
    inputs = {f"{name} {w}x{h}": {"shape": [h, w, 3], "scale": 0.5, "offset": 0.5}
              for h, w in FDA_SIZES for name in ("source", "target")}
    for window in ("square", "corners", "paper"):
        yield (f"fda-{window}", dict(window=window, betas=list(BETAS), keys="width x height.beta", inputs=inputs),
               lambda dtype, window=window: restyled(window, dtype), lambda key: 48)
    inputs = {}
    for k, (size, other, scale, offset) in enumerate(TRANSFERS):
        inputs[f"source {k}"] = {"shape": [*size, 3], "scale": scale, "offset": offset}
        inputs[f"target {k}"] = {"shape": [*other, 3], "scale": 100.0, "offset": 140.0}
    yield "method-colours", dict(inputs=inputs), transferred, lambda key: 256
    inputs = {f"picture {k}": {"shape": [*piece[:2], 3], "scale": 2.0, "offset": 0.0} for k, piece in enumerate(PIECES)}
    yield "method-mixing", dict(draws=[piece_draws()], inputs=inputs), mixing_pieces, lambda key: 256

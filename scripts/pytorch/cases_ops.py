"""One fixture for each op: outputs, and gradients for an upstream gradient that the formula makes.

Arrays are salted with their own keys ("x", "weight", "bias", "dy" ...), and the settings name each one's shape,
scale and offset. Maps are N, H, W, C. The gradient of an array is the key with ".gradient".
"""

import torch
from torch.nn import functional as F

import formula
from fixture import Results
from networks import CLASSES, upsampled
from training import normalised_entropy


class Op:
    """Collects what an op reads, runs it, and asks for every gradient."""

    def __init__(self, dtype):
        self.dtype, self.results, self.inputs, self.leaves = dtype, Results(), {}, {}

    def map(self, key, shape, scale=1.0, offset=0.0):
        return self.leaf(key, formula.maps(key, shape, self.dtype, scale, offset), shape, scale, offset)

    def array(self, key, shape, scale=1.0, offset=0.0, trained=True):
        made = formula.tensor(key, shape, self.dtype, scale, offset)
        return self.leaf(key, made, shape, scale, offset, trained)

    def leaf(self, key, made, shape, scale, offset, trained=True):
        self.inputs[key] = {"shape": list(shape), "scale": scale, "offset": offset}
        if trained:
            self.leaves[key] = made.requires_grad_()
        return made

    def put(self, key, tensor):
        self.results.map(key, tensor) if tensor.ndim == 4 else self.results.array(key, tensor)

    def finish(self, y, key="y"):
        """Keeps y and the gradients of sum(y * dy)."""
        self.put(key, y)
        shape = [y.shape[i] for i in (0, 2, 3, 1)]
        dy = formula.maps("dy", shape, self.dtype)
        self.inputs["dy"] = {"shape": shape, "scale": 1.0, "offset": 0.0}
        self.differentiate((y * dy).sum())

    def differentiate(self, loss):
        gradients = torch.autograd.grad(loss, list(self.leaves.values()))
        for (key, leaf), gradient in zip(self.leaves.items(), gradients):
            if key == "weight" and leaf.ndim == 4:
                self.results.array(f"{key}.gradient", gradient)
            else:
                self.put(f"{key}.gradient", gradient)


def convolution(batch, height, width, inputs, outputs, kernel, stride, padding, groups=1, bias=False):
    def run(op):
        x = op.map("x", (batch, height, width, inputs))
        shape = (outputs, inputs // groups, kernel, kernel)
        weight = op.array("weight", shape, formula.power(shape[1] * kernel * kernel))
        shift = op.array("bias", (outputs,), 2.0**-4) if bias else None
        op.finish(F.conv2d(x, weight, shift, stride, padding, groups=groups))
    return run, dict(op="convolution", kernel=kernel, stride=stride, padding=padding, groups=groups)


def batch_norm(batch, height, width, channels, training, relu):
    def run(op):
        x = op.map("x", (batch, height, width, channels))
        weight = op.array("weight", (channels,), 2.0**-2, 1.0)
        bias = op.array("bias", (channels,), 2.0**-3)
        mean = op.array("running_mean", (channels,), 2.0**-3, trained=False)
        variance = op.array("running_var", (channels,), 2.0**-2, 1.0, trained=False)
        y = F.batch_norm(x, mean, variance, weight, bias, training, momentum=0.1, eps=1e-5)
        op.finish(F.relu(y) if relu else y)
        op.put("running_mean.after", mean)
        op.put("running_var.after", variance)
    return run, dict(op="batch norm", training=training, relu=relu, momentum=0.1, epsilon=1e-5)


def max_pool(shape, scale=1.0, offset=0.0):
    """With a scale next to float32's spacing at the offset, few values are different and windows have ties: the first one gets the gradient."""
    def run(op):
        op.finish(F.max_pool2d(op.map("x", shape, scale, offset), 3, 2, 1))
    return run, dict(op="max pool", kernel=3, stride=2, padding=1)


def mapped(title, shape, function, **settings):
    """An op of one map and no parameters."""
    def run(op):
        op.finish(function(op.map("x", shape)))
    return run, dict(op=title, **settings)


def gate(residual):
    """A map times the sigmoid of one number a channel; the fusion module adds the map again."""
    def run(op):
        x, g = op.map("x", (2, 7, 9, 8)), op.map("gate", (2, 1, 1, 8), 4.0)
        y = x * torch.sigmoid(g)
        op.finish(y + x if residual else y)
    return run, dict(op="sigmoid gate", residual=residual)


def upsampled_loss(batch, small, large):
    """Upsampling, then the mean cross-entropy of the pixels whose label is not 255; the gradient is of the loss itself."""
    def run(op):
        logits = op.map("x", (batch, *small, CLASSES), 4.0)
        labels = formula.labels("labels", batch, *large)
        op.inputs["labels"] = {"shape": [batch, *large]}
        loss = F.cross_entropy(upsampled(logits, large), labels, ignore_index=255)
        op.results.scalar("loss", loss)
        op.results.scalar("valid_pixels", (labels != 255).sum())
        op.differentiate(loss)
    return run, dict(op="upsampled cross-entropy", size=list(large), ignore=255)


def upsampled_entropy(batch, small, large, robust_offset=None):
    """ADVENT's entropy loss, the mean over pixels of -sum p log p / log C; with an offset, the mean of FDA's (E^2 + offset)^2."""
    def run(op):
        logits = op.map("x", (batch, *small, CLASSES), 4.0)
        loss = normalised_entropy(upsampled(logits, large))
        if robust_offset is not None:
            loss = (loss.square() + robust_offset).square()
        loss = loss.mean()
        op.results.scalar("loss", loss)
        op.differentiate(loss)
    offset = {} if robust_offset is None else dict(robust_offset=robust_offset)
    return run, dict(op="upsampled entropy", size=list(large), **offset)


def upsampled_softmax(batch, small, large):
    def run(op):
        logits = op.map("x", (batch, *small, CLASSES), 4.0)
        op.finish(torch.softmax(upsampled(logits, large), 1))
    return run, dict(op="upsampled softmax", size=list(large))


def upsampled_argmax(batch, small, large):
    def run(op):
        logits = op.map("x", (batch, *small, CLASSES), 4.0)
        op.results.array("classes", upsampled(logits, large).argmax(1))
    return run, dict(op="upsampled argmax", size=list(large))


def binary_cross_entropy(goal):
    def run(op):
        x = op.map("x", (2, 3, 5, 1), 4.0)
        loss = F.binary_cross_entropy_with_logits(x, torch.full_like(x, goal))
        op.results.scalar("loss", loss)
        op.differentiate(loss)
    return run, dict(op="binary cross-entropy with logits, mean", goal=goal)


OPS = {
    "conv-3x3": convolution(2, 9, 12, 8, 16, 3, 1, 1),
    "conv-3x3-odd": convolution(1, 7, 11, 5, 19, 3, 1, 1),
    "conv-3x3-wide": convolution(1, 6, 10, 64, 48, 3, 1, 1),
    "conv-3x3-stride2": convolution(2, 12, 16, 8, 16, 3, 2, 1),
    "conv-3x3-stride2-odd": convolution(2, 13, 9, 3, 8, 3, 2, 1),
    "conv-1x1": convolution(2, 7, 9, 24, 19, 1, 1, 0),
    "conv-7x7-stride2": convolution(2, 16, 20, 3, 16, 7, 2, 3),
    "conv-7x7-stride2-odd": convolution(1, 15, 19, 3, 16, 7, 2, 3),
    "conv-4x4-stride2": convolution(2, 12, 16, 19, 16, 4, 2, 1, bias=True),
    "conv-4x4-stride2-odd": convolution(2, 9, 13, 16, 8, 4, 2, 1, bias=True),
    "conv-4x4-stride2-one": convolution(2, 4, 6, 32, 1, 4, 2, 1, bias=True),
    "depthwise-3x3-stride2": convolution(2, 12, 16, 16, 16, 3, 2, 1, groups=16),
    "depthwise-3x3-stride2-odd": convolution(2, 9, 7, 16, 16, 3, 2, 1, groups=16),
    "depthwise-4x4-stride2": convolution(2, 12, 16, 19, 19, 4, 2, 1, groups=19),
    "depthwise-4x4-stride2-odd": convolution(2, 9, 7, 16, 16, 4, 2, 1, groups=16),
    "batch-norm-train": batch_norm(2, 7, 9, 16, True, False),
    "batch-norm-train-relu": batch_norm(2, 7, 9, 16, True, True),
    "batch-norm-train-two-values": batch_norm(2, 1, 1, 16, True, False),
    "batch-norm-eval": batch_norm(2, 7, 9, 16, False, False),
    "batch-norm-eval-relu": batch_norm(2, 7, 9, 16, False, True),
    "average-pool": mapped("average pool", (2, 12, 16, 8), lambda x: F.avg_pool2d(x, 3, 2, 1), kernel=3, stride=2, padding=1),
    "average-pool-odd": mapped("average pool", (2, 9, 7, 8), lambda x: F.avg_pool2d(x, 3, 2, 1), kernel=3, stride=2, padding=1),
    "max-pool": max_pool((2, 12, 16, 8)),
    "max-pool-odd": max_pool((2, 9, 7, 8), 2.0**-22, 1.0),
    "global-average-pool": mapped("global average pool", (2, 9, 7, 8), lambda x: x.mean((2, 3), keepdim=True)),
    "nearest": mapped("nearest upsampling", (2, 4, 6, 8), lambda x: F.interpolate(x, (8, 12), mode="nearest"), size=[8, 12]),
    "nearest-odd": mapped("nearest upsampling", (2, 5, 7, 8), lambda x: F.interpolate(x, (9, 13), mode="nearest"), size=[9, 13]),
    "nearest-one": mapped("nearest upsampling", (2, 1, 1, 8), lambda x: F.interpolate(x, (3, 4), mode="nearest"), size=[3, 4]),
    "bilinear-8x": mapped("bilinear upsampling", (2, 4, 6, 19), lambda x: upsampled(x, (32, 48)), size=[32, 48]),
    "bilinear-odd": mapped("bilinear upsampling", (1, 5, 7, 19), lambda x: upsampled(x, (33, 50)), size=[33, 50]),
    "bilinear-down": mapped("bilinear upsampling", (1, 9, 14, 19), lambda x: upsampled(x, (6, 5)), size=[6, 5]),
    "relu": mapped("ReLU", (2, 7, 9, 8), F.relu),
    "leaky-relu": mapped("LeakyReLU", (2, 7, 9, 8), lambda x: F.leaky_relu(x, 0.2), slope=0.2),
    "gate": gate(False),
    "gate-residual": gate(True),
    "cross-entropy-8x": upsampled_loss(2, (4, 6), (32, 48)),
    "cross-entropy-16x": upsampled_loss(2, (2, 3), (32, 48)),
    "cross-entropy-odd": upsampled_loss(2, (5, 7), (33, 50)),
    "entropy-8x": upsampled_entropy(2, (4, 6), (32, 48)),
    "entropy-odd": upsampled_entropy(2, (5, 7), (33, 50)),
    "entropy-robust": upsampled_entropy(2, (4, 6), (32, 48), 0.001**2),
    "softmax-8x": upsampled_softmax(2, (4, 6), (32, 48)),
    "softmax-odd": upsampled_softmax(1, (5, 7), (33, 50)),
    "argmax-8x": upsampled_argmax(2, (4, 6), (32, 48)),
    "argmax-odd": upsampled_argmax(1, (5, 7), (33, 50)),
    "binary-cross-entropy-source": binary_cross_entropy(0.0),
    "binary-cross-entropy-target": binary_cross_entropy(1.0),
}


def cases():
    """Name, settings, the run for a precision, and how many values to keep of a key."""
    for name, (run, settings) in OPS.items():
        probe = Op(torch.float64)
        run(probe)

        def compute(dtype, run=run):
            op = Op(dtype)
            run(op)
            return op.results
        yield f"op-{name}", {**settings, "inputs": probe.inputs}, compute, lambda key: 64

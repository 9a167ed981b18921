"""Losses, optimisers and steps, as the fixtures and the benchmark run them."""

import math

import torch
from torch.nn import functional as F

from networks import upsampled

LEARNING_RATE, MOMENTUM, WEIGHT_DECAY = 0.01, 0.9, 1e-4
DISCRIMINATOR_RATE, BETAS, ADVERSARIAL, POWER = 1e-4, (0.9, 0.99), 0.001, 0.9
ENTROPY = 0.001
MIXED, ALPHA = 1.0, 0.99
SOURCE, TARGET = 0.0, 1.0


def poly(rate, step, steps):
    return rate * (1 - step / steps) ** POWER


def set_rate(optimiser, rate):
    for group in optimiser.param_groups:
        group["lr"] = rate


def segmentation_optimiser(parameters):
    return torch.optim.SGD(parameters, LEARNING_RATE, MOMENTUM, weight_decay=WEIGHT_DECAY)


def discriminator_optimiser(parameters):
    return torch.optim.Adam(parameters, DISCRIMINATOR_RATE, BETAS)


def segmentation_losses(heads, labels):
    """The mean cross-entropy over the pixels not labelled 255, for each head upsampled to the labels' size."""
    return [F.cross_entropy(upsampled(head, labels.shape[1:]), labels, ignore_index=255) for head in heads]


def hard_pixels(logits, labels, probability=0.7):
    """STDC-Seg's OHEM: the mean over the pixels whose label has less than this probability, or over a sixteenth of all pixels, the hardest."""
    losses = F.cross_entropy(logits, labels, ignore_index=255, reduction="none").flatten().sort(descending=True).values
    least, threshold = losses.numel() // 16, -math.log(probability)
    return losses[losses > threshold].mean() if losses[least] > threshold else losses[:least].mean()


def balanced(logits, labels, frequencies):
    """Cross-entropy with ENet's weights of classes."""
    weights = 1 / torch.log(1.02 + torch.tensor(frequencies, dtype=torch.float64))
    return F.cross_entropy(logits, labels, weight=weights.to(logits.dtype), ignore_index=255)


def symmetric(logits, labels):
    """ProDA's symmetric cross-entropy: a tenth of the cross-entropy, and the reverse, where the label's logarithm of 0 is that of 1e-4."""
    valid = labels != 255
    truth = F.one_hot(torch.where(valid, labels, 0), logits.shape[1]).permute(0, 3, 1, 2).to(logits.dtype)
    probabilities = torch.softmax(logits, 1).clamp(1e-7, 1)
    reverse = -(probabilities * torch.log(truth.clamp(1e-4, 1))).sum(1)
    return 0.1 * F.cross_entropy(logits, labels, ignore_index=255) + reverse[valid].mean()


def judged(discriminator, probabilities, domain, loss="vanilla", reads="probabilities"):
    """The mean loss of what the discriminator says against one domain: binary cross-entropy of its logits, or squared differences.

    It reads probabilities, or their weighted self-information as in ADVENT."""
    if reads == "information":
        probabilities = -probabilities * torch.log(probabilities + 1e-30) / math.log(probabilities.shape[1])
    logits = discriminator(probabilities)
    domains = torch.full_like(logits, domain)
    return F.mse_loss(logits, domains) if loss == "squares" else F.binary_cross_entropy_with_logits(logits, domains)


def normalised_entropy(logits):
    """The entropy of each pixel's softmax over its largest value: -sum p log p / log C, from 0 to 1."""
    logarithms = F.log_softmax(logits, 1)
    return -(logarithms.exp() * logarithms).sum(1) / math.log(logits.shape[1])


def supervised_step(network, optimiser, images, labels):
    optimiser.zero_grad()
    loss = sum(segmentation_losses(network(images), labels))
    loss.backward()
    optimiser.step()
    return loss.item()


def entropy_step(network, optimiser, images, labels, target_images, factor=ENTROPY, offset=None):
    """One step of MinEnt: the source's segmentation, and the target's entropy, or with an offset its robust penalty as in FDA. Returns both
    losses, the entropy before the factor."""
    optimiser.zero_grad()
    segmentation = sum(segmentation_losses(network(images), labels))
    segmentation.backward()
    entropy = normalised_entropy(upsampled(network(target_images)[0], target_images.shape[2:]))
    entropy = (entropy if offset is None else (entropy**2 + offset)**2).mean()
    (factor * entropy).backward()
    optimiser.step()
    return [segmentation.item(), entropy.item()]


def adversarial_step(network, discriminator, optimisers, images, labels, target_images, factor=ADVERSARIAL, **variant):
    """One step of both networks. Returns the losses: segmentation, adversarial, source, target."""
    for optimiser in optimisers:
        optimiser.zero_grad()
    size = labels.shape[1:]

    discriminator.requires_grad_(False)
    heads = network(images)
    segmentation = sum(segmentation_losses(heads, labels))
    segmentation.backward()
    target = torch.softmax(upsampled(network(target_images)[0], target_images.shape[2:]), 1)
    adversarial = judged(discriminator, target, SOURCE, **variant)
    (factor * adversarial).backward()

    discriminator.requires_grad_(True)
    source = torch.softmax(upsampled(heads[0].detach(), size), 1)
    on_source = judged(discriminator, source, SOURCE, **variant)
    on_source.backward()
    on_target = judged(discriminator, target.detach(), TARGET, **variant)
    on_target.backward()

    for optimiser in optimisers:
        optimiser.step()
    return [loss.item() for loss in (segmentation, adversarial, on_source, on_target)]


def levels_step(network, discriminators, optimisers, images, labels, target_images, factors):
    """One adversarial step at several outputs, each with a discriminator and a factor of its own. Returns the segmentation loss, and the means over
    the outputs of the adversarial losses and of the discriminators' own."""
    for optimiser in optimisers:
        optimiser.zero_grad()
    for discriminator in discriminators:
        discriminator.requires_grad_(False)
    heads = network(images)
    segmentation = sum(segmentation_losses(heads, labels))
    segmentation.backward()
    targets = [torch.softmax(upsampled(head, target_images.shape[2:]), 1) for head in network(target_images)]
    adversarial = [judged(discriminator, target, SOURCE) for discriminator, target in zip(discriminators, targets)]
    sum(factor * loss for factor, loss in zip(factors, adversarial)).backward()
    own = []
    for discriminator, head, target in zip(discriminators, heads, targets):
        discriminator.requires_grad_(True)
        source = torch.softmax(upsampled(head.detach(), labels.shape[1:]), 1)
        own.append(judged(discriminator, source, SOURCE) + judged(discriminator, target.detach(), TARGET))
        own[-1].backward()
    for optimiser in optimisers:
        optimiser.step()
    return [segmentation.item()] + [sum(losses).item() / len(losses) for losses in (adversarial, own)]


def teacher_labels(teacher, target_images, threshold):
    """The teacher's label of every pixel, in evaluation mode, and the share of the batch's pixels of which it is confident."""
    teacher.eval()
    with torch.inference_mode():
        confidence, labels = torch.softmax(upsampled(teacher(target_images)[0], target_images.shape[2:]), 1).max(1)
    return labels.clone(), (confidence >= threshold).to(target_images.dtype).mean().item()


def mixed_losses(heads, labels, weights):
    """The cross-entropy of each head, every pixel with its weight, over the number of ALL pixels."""
    return [(F.cross_entropy(upsampled(head, labels.shape[1:]), labels, ignore_index=255, reduction="none") * weights).sum() / labels.numel()
            for head in heads]


def follow(teacher, network, step, alpha):
    """The moving average, over parameters and running statistics."""
    alpha = min(1 - 1 / (step + 1), alpha)
    with torch.no_grad():
        own = network.state_dict()
        for name, array in teacher.state_dict().items():
            if array.is_floating_point():
                array.copy_(alpha * array + (1 - alpha) * own[name])


def teacher_step(network, teacher, optimiser, step, batch, mix, threshold, alpha=ALPHA, factor=MIXED, hide=None, masked_factor=0.0):
    """One step of DACS with a teacher in evaluation mode: the source's segmentation, and the loss on images mixed from source and target.

    `mix(images, labels, target_images, target_labels, weight)` gives mixed images, their labels and the weights of pixels; `hide(target_images)`,
    as MIC has it, masked ones, on which the teacher's labels are learnt as well.
    Returns both losses, the one on mixed images before the factor, and the confidence; then the loss on masked images.
    """
    images, labels, target_images = batch
    optimiser.zero_grad()
    segmentation = sum(segmentation_losses(network(images), labels))
    segmentation.backward()
    target_labels, confidence = teacher_labels(teacher, target_images, threshold)
    mixed_images, mixed_labels, weights = mix(images, labels, target_images, target_labels, confidence)
    mixed = sum(mixed_losses(network(mixed_images), mixed_labels, weights))
    (factor * mixed).backward()
    losses = [segmentation.item(), mixed.item(), confidence]
    if hide:
        masked = sum(mixed_losses(network(hide(target_images)), target_labels, torch.full_like(target_labels, confidence, dtype=images.dtype)))
        (masked_factor * masked).backward()
        losses.append(masked.item())
    optimiser.step()
    follow(teacher, network, step, alpha)
    return losses

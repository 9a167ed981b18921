"""Whole networks: evaluation, training, gradients, steps of SGD, of the adversary, of the entropy loss and of the mean teacher.

Three steps of training amplify rounding wherever a ReLU's input lies within rounding of zero, or batch norm sees two
nearly equal numbers (the image-wide averages of a batch of two). So that the fixtures test the code and not the luck of
the last bit, they train on batches of four at a gentle rate, on small images, of which the salt ("images 2" ...) was
chosen for its margin (margins.py), by `scripts/reference --margins COUNT NAME`: the first pass must keep away from every
kink, and of those salts one is taken that does well in all steps: `float32_error` of its fixture shows no kink.
"""

from collections import namedtuple
from copy import deepcopy
from functools import partial

import torch

import formula
import margins
import mixing
import training
from fixture import Results
from networks import BiSeNet, Discriminator, LightDiscriminator, upsampled

Case = namedtuple("Case", "form width batch height image_width rate steps images kept backbone target others", defaults=["stdc813", None, None])
CASES = {
    "path-quarter": Case("path", 0.25, 4, 32, 64, 0.001, 3, "images 134", 8),
    "stdc-quarter": Case("stdc", 0.25, 4, 32, 64, 0.001, 3, "images 76", 8),
    "path-quarter-odd": Case("path", 0.25, 4, 72, 104, 0.001, 3, "images 361", 4),
    "stdc-quarter-odd": Case("stdc", 0.25, 4, 72, 104, 0.001, 3, "images 529", 4),
    "path-full": Case("path", 1.0, 4, 32, 64, 0.0002, 3, "images 544", 3),
    "stdc-full": Case("stdc", 1.0, 4, 32, 64, 0.0002, 3, "images 201", 3),
    # So large that the paths of real sizes are taken; no salt keeps away from all kinks there.
    "path-full-real": Case("path", 1.0, 4, 256, 512, 0.0002, 1, "images 0", 1),
    "resnet18-quarter": Case("path", 0.25, 4, 32, 64, 0.001, 3, "images 180", 8, "resnet18"),
    "resnet18-quarter-odd": Case("path", 0.25, 4, 72, 104, 0.001, 3, "images 2082", 4, "resnet18"),
}
# The published factor makes the adversarial gradient too small to be seen beside the segmentation's; one case has a large one.
FACTORS = {"path": training.ADVERSARIAL, "stdc": 50.0}
ADVERSARIAL = {
    "path-quarter": Case("path", 0.25, 4, 32, 64, 0.0002, 2, "images 26", 6),
    "stdc-quarter": Case("stdc", 0.25, 4, 32, 64, 0.0002, 2, "images 14", 6),
    # Images of the target are of another size than the source's.
    "stdc-quarter-sizes": Case("stdc", 0.25, 4, 32, 64, 0.0002, 2, "images 129", 6, target=(48, 72)),
    # A batch of the target has more of them.
    "stdc-quarter-batches": Case("stdc", 0.25, 4, 32, 64, 0.0002, 2, "images 129", 6, others=6),
}
# Cases whose adversary is not the usual one.
VARIANTS = {
    "stdc-quarter-squares": (ADVERSARIAL["stdc-quarter"], dict(loss="squares")),
    "stdc-quarter-squares-sizes": (ADVERSARIAL["stdc-quarter-sizes"], dict(loss="squares")),
    "stdc-quarter-light": (ADVERSARIAL["stdc-quarter"]._replace(images="images 195"), dict(light=True)),
    "stdc-quarter-information": (ADVERSARIAL["stdc-quarter"]._replace(images="images 129"), dict(reads="information")),
    "stdc-quarter-information-sizes": (ADVERSARIAL["stdc-quarter-sizes"], dict(reads="information")),
}
ENTROPY_FACTORS = {"path": training.ENTROPY, "stdc": 50.0}
ENTROPY = {
    "path-quarter": Case("path", 0.25, 4, 32, 64, 0.0002, 2, "images 206", 6),
    "stdc-quarter": Case("stdc", 0.25, 4, 32, 64, 0.0002, 2, "images 178", 6),
}
# How images are mixed, for each step and image: classes, changes, deviation. Some are only mixed.
DRAWS = [
    [dict(classes=[0, 2, 5, 7, 11, 13, 255], changes=[["hue", 0.2], ["contrast", 0.8], ["brightness", 1.15], ["saturation", 1.2]], deviation=0.9),
     dict(classes=[1, 3, 4, 8, 9, 10, 12], changes=[["saturation", 0.75], ["brightness", 0.85], ["hue", -0.1], ["contrast", 1.25]], deviation=None),
     dict(classes=[6, 14, 15, 16, 17, 18], changes=[], deviation=0.3),
     dict(classes=[0, 1, 2, 3, 4, 5, 6, 7, 8, 255], changes=[], deviation=None)],
    [dict(classes=[4, 9, 17], changes=[["contrast", 1.1], ["hue", 0.05], ["saturation", 0.9], ["brightness", 0.95]], deviation=1.1),
     dict(classes=[], changes=[["brightness", 1.25], ["saturation", 1.0], ["contrast", 1.0], ["hue", 0.0]], deviation=0.5),
     dict(classes=[0, 5, 10, 15, 255], changes=[], deviation=None),
     dict(classes=[1, 2, 3, 6, 8, 12, 13, 14, 16, 18], changes=[["hue", -0.25], ["brightness", 1.0], ["contrast", 0.9], ["saturation", 1.1]], deviation=0.2)],
]
TEACHER = {
    "path-quarter": (Case("path", 0.25, 4, 32, 64, 0.0002, 2, "images 515", 6), dict(mixed=1.0, threshold=0.15, alpha=0.9)),
    # A large weight, so that the loss on mixed images is seen; images of the target are of another size than the source's.
    "stdc-quarter-sizes": (Case("stdc", 0.25, 4, 32, 64, 0.0002, 2, "images 131", 6, target=(48, 56)), dict(mixed=8.0, threshold=0.1, alpha=0.3)),
    # Blocks of 16 pixels, of which there are 2 rows of 4, are hidden.
    "path-quarter-masked": (Case("path", 0.25, 4, 32, 64, 0.0002, 2, "images 515", 6),
                            dict(mixed=1.0, threshold=0.15, alpha=0.9, masked=2.0, block=16, hidden=[[[0, 3, 5], [1, 2, 4, 6, 7], [], [7]], [[2], [0, 1, 2, 3], [4, 6], [5]]])),
    # More images of the target than of the source, which serve in turn.
    "path-quarter-batches": (Case("path", 0.25, 4, 32, 64, 0.0002, 2, "images 515", 6, others=6), dict(mixed=1.0, threshold=0.15, alpha=0.9)),
}
# What labelled pixels add; the shares of classes sum to 1.
LABELLED = {
    "ohem": (training.hard_pixels, dict(hard=0.05)),
    # So few are hard that the hardest of all count.
    "ohem-least": (training.hard_pixels, dict(hard=1e-6)),
    "balanced": (training.balanced, dict(frequencies=[2.0 ** -(k + 1) for k in range(18)] + [2.0**-18])),
    "symmetric": (training.symmetric, {}),
}
# The entropy's robust penalty.
ROBUST = {"stdc-quarter-robust": (ENTROPY["stdc-quarter"], 1e-6)}
HEADS = ("out", "out16", "out32")


def made(case, dtype):
    return formula.fill(BiSeNet(case.form, case.width, case.backbone).to(dtype))


def arrays(network):
    """Parameters and running statistics by name."""
    return {name: array for name, array in network.state_dict().items() if not name.endswith("num_batches_tracked")}


def snapshot(network):
    return {name: array.clone() for name, array in arrays(network).items()}


def is_statistic(name):
    return "running_" in name


def keep(results, prefix, network, before):
    for name, array in arrays(network).items():
        results.array(f"{prefix}.{name}", array, before[name])


def keep_gradients(results, prefix, network):
    for name, parameter in network.named_parameters():
        results.array(f"{prefix}.{name}", parameter.grad)


def evaluated(results, network, images):
    network.eval()
    features = network.features(images)
    for name, feature in features.items():
        results.map(f"eval.{name}", feature)
    logits = network.heads(features)[0]
    large = upsampled(logits, images.shape[2:])
    results.map("eval.out", logits)
    results.map("eval.upsampled", large)
    results.array("eval.classes", large.argmax(1))
    network.train()


def trained_once(results, network, images, labels):
    """Features, logits, losses, every gradient and the running statistics after one pass in training mode."""
    before = snapshot(network)
    features = network.features(images)
    heads = network.heads(features)
    for head in heads:
        head.retain_grad()
    losses = training.segmentation_losses(heads, labels)
    sum(losses).backward()
    for name, feature in features.items():
        results.map(f"train.{name}", feature)
    for name, head, loss in zip(HEADS, heads, losses):
        results.map(f"train.{name}", head)
        results.map(f"train.{name}.gradient", head.grad)
        results.scalar(f"train.loss.{name}", loss)
    results.scalar("train.loss", sum(losses))
    keep_gradients(results, "gradient", network)
    for name, array in arrays(network).items():
        if is_statistic(name):
            results.array(f"statistics.{name}", array, before[name])


def target_shape(case, batches=None):
    """Of the images of the domain to serve in some batches; in all steps by default."""
    return ((batches or case.steps) * (case.others or case.batch), *(case.target or (case.height, case.image_width)), 3)


def batches(case, dtype):
    """Images of the domain to serve, images and labels: a batch for each step, one after the other."""
    shape = (case.steps * case.batch, case.height, case.image_width, 3)
    images, target_images = formula.maps(case.images, shape, dtype), formula.maps(f"target {case.images}", target_shape(case), dtype)
    labels = formula.labels("labels", *shape[:3])
    counts = case.batch, case.batch, case.others or case.batch
    return [[array[k * count:(k + 1) * count] for array, count in zip((images, labels, target_images), counts)] for k in range(case.steps)]


def segmentation(case, dtype):
    results, network = Results(), made(case, dtype)
    steps = batches(case, dtype)
    with torch.no_grad():
        evaluated(results, network, steps[0][0])
    trained_once(results, deepcopy(network), *steps[0][:2])

    before = snapshot(network)
    optimiser = training.segmentation_optimiser(network.parameters())
    for step, (images, labels, _) in enumerate(steps):
        rate = training.poly(case.rate, step, case.steps)
        training.set_rate(optimiser, rate)
        results.scalar(f"sgd.rate.{step}", rate)
        results.scalar(f"sgd.loss.{step}", training.supervised_step(network, optimiser, images, labels))
    keep(results, "sgd", network, before)
    return results


def adversarial(case, dtype, light=False, **variant):
    results, network = Results(), made(case, dtype).train()
    discriminator = formula.fill((LightDiscriminator if light else Discriminator)(case.width).to(dtype))
    both = {"network": network, "discriminator": discriminator}
    before = {name: snapshot(each) for name, each in both.items()}
    optimisers = training.segmentation_optimiser(network.parameters()), training.discriminator_optimiser(discriminator.parameters())
    for step, batch in enumerate(batches(case, dtype)):
        for name, optimiser, rate in zip(both, optimisers, (case.rate, training.DISCRIMINATOR_RATE)):
            training.set_rate(optimiser, training.poly(rate, step, case.steps))
            results.scalar(f"rate.{name}.{step}", training.poly(rate, step, case.steps))
        losses = training.adversarial_step(network, discriminator, optimisers, *batch, FACTORS[case.form], **variant)
        for name, loss in zip(("segmentation", "adversarial", "source", "target"), losses):
            results.scalar(f"loss.{name}.{step}", loss)
        if step == 0:
            for name, each in both.items():
                keep_gradients(results, f"gradient.{name}", each)
    for name, each in both.items():
        keep(results, name, each, before[name])
    return results


def entropy(case, dtype, offset=None):
    results, network = Results(), made(case, dtype).train()
    before = snapshot(network)
    optimiser = training.segmentation_optimiser(network.parameters())
    for step, batch in enumerate(batches(case, dtype)):
        rate = training.poly(case.rate, step, case.steps)
        training.set_rate(optimiser, rate)
        results.scalar(f"rate.network.{step}", rate)
        for name, loss in zip(("segmentation", "entropy"), training.entropy_step(network, optimiser, *batch, ENTROPY_FACTORS[case.form], offset)):
            results.scalar(f"loss.{name}.{step}", loss)
        if step == 0:
            keep_gradients(results, "gradient.network", network)
    keep(results, "network", network, before)
    return results


def labelled(case, loss, own, dtype):
    """Steps with another loss of labelled pixels, summed over the heads."""
    results, network = Results(), made(case, dtype).train()
    before = snapshot(network)
    optimiser = training.segmentation_optimiser(network.parameters())
    for step, (images, labels, _) in enumerate(batches(case, dtype)):
        training.set_rate(optimiser, training.poly(case.rate, step, case.steps))
        optimiser.zero_grad()
        whole = sum(loss(upsampled(head, labels.shape[1:]), labels, *own.values()) for head in network(images))
        whole.backward()
        optimiser.step()
        results.scalar(f"loss.{step}", whole)
        if step == 0:
            keep_gradients(results, "gradient.network", network)
    keep(results, "network", network, before)
    return results


def draws(case, step):
    """Of each image of the target in a step."""
    return [DRAWS[step][k % len(DRAWS[step])] for k in range(case.others or case.batch)]


def taught(case, own, dtype):
    """Steps with the mean teacher: the losses, the share of confident pixels, what was mixed, gradients, both networks afterwards."""
    results, network = Results(), made(case, dtype).train()
    teacher = deepcopy(network)
    before = snapshot(network)
    optimiser = training.segmentation_optimiser(network.parameters())
    for step, batch in enumerate(batches(case, dtype)):
        rate = training.poly(case.rate, step, case.steps)
        training.set_rate(optimiser, rate)
        seen = []

        def mix(*arguments):
            seen.append(mixing.mixed(draws(case, step), *arguments))
            return seen[0]
        hide = partial(mixing.masked, draws(case, step), own["hidden"][step], own["block"]) if "hidden" in own else None
        losses = training.teacher_step(
            network, teacher, optimiser, step, batch, mix, own["threshold"], own["alpha"], own["mixed"], hide, own.get("masked", 0))
        for name, loss in zip(("segmentation", "mixed", "confidence", "masked"), losses):
            results.scalar(f"loss.{name}.{step}", loss)
        results.map(f"mixed.images.{step}", seen[0][0])
        results.array(f"mixed.labels.{step}", seen[0][1])
        if step == 0:
            keep_gradients(results, "gradient.network", network)
    keep(results, "network", network, before)
    keep(results, "teacher", teacher, before)
    return results


def levels(case, factors, dtype):
    """Steps with a discriminator for each output: losses, gradients, the networks afterwards."""
    results, network = Results(), made(case, dtype).train()
    discriminators = [formula.fill(Discriminator(case.width).to(dtype)) for _ in factors]
    named = {"network": network} | {f"discriminator{k + 1 if k else ''}": each for k, each in enumerate(discriminators)}
    before = {name: snapshot(each) for name, each in named.items()}
    optimisers = [training.segmentation_optimiser(network.parameters())] + [training.discriminator_optimiser(each.parameters()) for each in discriminators]
    for step, batch in enumerate(batches(case, dtype)):
        for k, optimiser in enumerate(optimisers):
            training.set_rate(optimiser, training.poly(training.DISCRIMINATOR_RATE if k else case.rate, step, case.steps))
        losses = training.levels_step(network, discriminators, optimisers, *batch, factors)
        for name, loss in zip(("segmentation", "adversarial", "discriminator"), losses):
            results.scalar(f"loss.{name}.{step}", loss)
        if step == 0:
            keep_gradients(results, "gradient.network", network)
    for name, each in named.items():
        keep(results, name, each, before[name])
    return results


def adapted(case, dtype):
    """AdaBN: running statistics that are the plain mean over all batches, weights as they are; and what the network makes of the first batch then."""
    results, network = Results(), made(case, dtype).train()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
            module.reset_running_stats()
    steps = batches(case, dtype)
    with torch.no_grad():
        for images, _, _ in steps:
            network(images)
        for name, array in arrays(network).items():
            if is_statistic(name):
                results.array(f"statistics.{name}", array)
        network.eval()
        results.map("eval.out", network(steps[0][0])[0])
    return results


def discriminated(width, shape, dtype):
    """The discriminator alone: logits, and gradients of the source loss down to its input."""
    results, discriminator = Results(), formula.fill(Discriminator(width).to(dtype))
    x = formula.maps("probabilities", shape, dtype, 0.5, 0.5).requires_grad_()
    logits = discriminator(x)
    loss = training.F.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits))
    loss.backward()
    results.map("logits", logits)
    results.map("probabilities.gradient", x.grad)
    results.scalar("loss", loss)
    keep_gradients(results, "gradient", discriminator)
    return results


def settings(case):
    shape = [case.steps * case.batch, case.height, case.image_width, 3]
    inputs = {case.images: {"shape": shape, "scale": 1.0, "offset": 0.0}, "labels": {"shape": shape[:3]}}
    other = {} if case.backbone == "stdc813" else dict(backbone=case.backbone)
    return dict(form=case.form, **other, width=case.width, size=shape[1:3], batch=case.batch, steps=case.steps, rate=case.rate,
                momentum=training.MOMENTUM, weight_decay=training.WEIGHT_DECAY, power=training.POWER,
                images=case.images, labels="labels", inputs=inputs)


def with_target(case):
    """The settings of a case that reads images of the domain to serve as well."""
    target, own = f"target {case.images}", settings(case)
    own["inputs"][target] = dict(own["inputs"][case.images], shape=list(target_shape(case)))
    other = {"target_size": list(case.target)} if case.target else {}
    return dict(own, target_images=target, **other, **({"target_batch": case.others} if case.others else {}))


def adversarial_settings(case):
    return dict(with_target(case), discriminator_rate=training.DISCRIMINATOR_RATE, betas=list(training.BETAS),
                adversarial=FACTORS[case.form], source_label=training.SOURCE, target_label=training.TARGET)


def margins_of(name, count, finalists=16):
    """Margins over all steps, margins of the first pass, and salts, the best first: the finalists of 0 ... count - 1."""
    kind, name = name.split("-", 1)
    if kind == "teacher":
        case, compute = TEACHER[name][0], lambda case, dtype: taught(case, TEACHER[name][1], dtype)
    else:
        named, compute = {"network": (CASES, segmentation), "adversarial": (ADVERSARIAL, adversarial), "entropy": (ENTROPY, entropy)}[kind]
        case = named[name]
    networks = {dtype: made(case, dtype).train() for dtype in (torch.float64, torch.float32)}

    def first_pass(salt, dtype):
        with torch.no_grad():
            images = formula.maps(salt, (case.batch, case.height, case.image_width, 3), dtype)
            networks[dtype](images)
            if kind == "network":
                return
            target = formula.maps(f"target {salt}", target_shape(case, 1), dtype)
            if kind == "teacher":
                target_labels = torch.zeros((case.batch, *target.shape[2:]), dtype=torch.int64)
                target = mixing.mixed(DRAWS[0], images, formula.labels("labels", case.batch, *images.shape[2:]), target, target_labels, 0)[0]
            networks[dtype](target)

    salts = [f"images {k}" for k in range(count)]
    firsts = sorted(((margins.margin(lambda dtype: first_pass(salt, dtype)), salt) for salt in salts), reverse=True)
    return sorted(((margins.margin(lambda dtype: compute(case._replace(images=salt), dtype)), first, salt)
                   for first, salt in firsts[:finalists]), reverse=True)


def kept(case):
    def samples(key):
        if key.startswith(("train.", "eval.", "mixed.")):
            return 8 * case.kept
        return max(case.kept // 2, 2) if is_statistic(key) else case.kept
    return samples


def cases():
    for name, case in CASES.items():
        yield f"network-{name}", settings(case), lambda dtype, case=case: segmentation(case, dtype), kept(case)
    for name, case in ADVERSARIAL.items():
        yield f"adversarial-{name}", adversarial_settings(case), lambda dtype, case=case: adversarial(case, dtype), kept(case)
    for name, (case, variant) in VARIANTS.items():
        own = {{"reads": "input"}.get(key, key): value for key, value in variant.items()}
        yield f"adversarial-{name}", dict(adversarial_settings(case), **own), partial(adversarial, case, **variant), kept(case)
    case, factors = ADVERSARIAL["stdc-quarter"]._replace(images="images 195"), (50.0, 20.0, 20.0)
    yield ("levels-stdc-quarter", dict(adversarial_settings(case), adversarial=factors[0], auxiliary=factors[1]), partial(levels, case, factors), kept(case))
    for name, (case, offset) in ROBUST.items():
        yield (f"entropy-{name}", dict(with_target(case), entropy=ENTROPY_FACTORS[case.form], robust_offset=offset),
               partial(entropy, case, offset=offset), kept(case))
    for name, case in ENTROPY.items():
        yield (f"entropy-{name}", dict(with_target(case), entropy=ENTROPY_FACTORS[case.form]),
               lambda dtype, case=case: entropy(case, dtype), kept(case))
    for name, (loss, own) in LABELLED.items():
        case = CASES["path-quarter"]._replace(rate=0.0002, steps=2, kept=6)
        yield (f"labelled-{name}", dict(settings(case), **own, loss=name.split("-")[0]), partial(labelled, case, loss, own), kept(case))
    for name, (case, own) in TEACHER.items():
        yield (f"teacher-{name}", dict(with_target(case), **own, draws=[draws(case, step) for step in range(case.steps)]), partial(taught, case, own), kept(case))
    for name in ("path-quarter", "stdc-quarter-odd", "resnet18-quarter"):
        yield f"adapted-{name}", settings(CASES[name]), partial(adapted, CASES[name]), kept(CASES[name])
    for name, width, height, image_width in (("quarter", 0.25, 64, 96), ("full-odd", 1.0, 40, 52)):
        shape = [2, height, image_width, 19]
        yield (f"discriminator-{name}",
               dict(width=width, size=shape[1:3], inputs={"probabilities": {"shape": shape, "scale": 0.5, "offset": 0.5}}),
               lambda dtype, width=width, shape=shape: discriminated(width, shape, dtype), lambda key: 32)

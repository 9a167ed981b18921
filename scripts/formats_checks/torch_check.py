"""`save m to=m.pt` and `m.safetensors`: torch and safetensors' own library read them, every name fits the network strictly, and its logits are
Segue's to 1e-5 of the largest; and back: files that torch and that library write are loaded by Segue as the network they are of. Needs torch,
safetensors.

Every network of the catalog after an epoch on small streets. Back: torch's archive, its legacy stream, with `module.` before every name, and
safetensors; each gives the logits of the model that was saved, bit for bit.
"""
import itertools
import sys

import numpy
import safetensors
import safetensors.torch
import torch

from . import tensors

sys.path.insert(0, __file__.rsplit("/", 2)[0])

from pytorch import networks  # noqa: E402

NETWORKS = {"path": ("", "path", "stdc813"), "stdc": ("spatial=stdc", "stdc", "stdc813"), "resnet18": ("backbone=resnet18", "path", "resnet18")}
SIZES = ["64x32", "256x128"]
TOLERANCE = 1e-5
FILES = ["pt", "safetensors"]


def data():
    yield "load dataset streets size=64x32"
    yield "few = take dataset1.source count=9"
    for size in SIZES:
        yield f"s{size} = load dataset streets size={size}"


def logits(name, model, size):
    yield f'z{name}{size} = features {model} layer="conv_out.conv_out" on=s{size}.target.val[0]'
    yield f"save z{name}{size} to={name}-{size}.logits.safetensors"


def trained(width):
    yield from data()
    for name, (options, _, _) in NETWORKS.items():
        yield f"{name}_built = build model {options} width={width}".replace("  ", " ")
        yield f"{name} = train {name}_built on=few.train epochs=1 batch=4"
        for ending in FILES:
            yield f"save {name} to={name}.{ending}"
        for size in SIZES:
            yield from logits(name, name, size)
    for size in SIZES:
        yield f'x{size} = features path layer="images" on=s{size}.target.val[0]'
        yield f"save x{size} to={size}.images.safetensors"


def loaded(width, files):
    yield from data()
    for name, (options, _, _) in NETWORKS.items():
        yield f"{name} = build model {options} width={width}".replace("  ", " ")
    for number, (name, path) in enumerate(files):
        yield f'back{number} = load weights "{path.name}" into={name}'
        for size in SIZES:
            yield from logits(f"back{number}", f"back{number}", size)


def check(place):
    place.run(*trained(place.width))
    failures, worst, written = [], 0, []
    width = {"1": 1.0, "1/2": 0.5, "1/4": 0.25, "1/8": 0.125}[place.width]
    for name, (_, form, backbone) in NETWORKS.items():
        states = {"pt": torch.load(place.path / f"{name}.pt", weights_only=True), "safetensors": safetensors.torch.load_file(place.path / f"{name}.safetensors")}
        for ending, state in states.items():
            network = networks.BiSeNet(form, width, backbone).eval()
            network.load_state_dict(state, strict=True)
            for size in SIZES:
                images = torch.from_numpy(tensors.tensor(place.path / f"{size}.images.safetensors"))
                with torch.no_grad():
                    found = network(images)[0].numpy()
                expected = tensors.tensor(place.path / f"{name}-{size}.logits.safetensors")
                off = float(numpy.abs(found - expected).max() / max(1, numpy.abs(expected).max())) if found.shape == expected.shape else float("inf")
                worst = max(worst, off)
                if not off <= TOLERANCE:
                    failures.append(f"{name}.{ending} at {size} in torch: {off:.1e} off")
        state = {key: value.clone() for key, value in states["pt"].items()}
        torch.save({"state_dict": {f"module.{key}": value for key, value in state.items()}}, place.path / f"{name}-archive.pth")
        torch.save(state, place.path / f"{name}-stream.pth", _use_new_zipfile_serialization=False)
        safetensors.torch.save_file(state, place.path / f"{name}-own.safetensors")
        written += [(name, place.path / f"{name}-{form}") for form in ["archive.pth", "stream.pth", "own.safetensors"]]
    place.run(*loaded(place.width, written))
    for (number, (name, path)), size in itertools.product(enumerate(written), SIZES):
        found, expected = (tensors.tensor(place.path / f"{stem}-{size}.logits.safetensors") for stem in [f"back{number}", name])
        if not numpy.array_equal(found, expected):
            failures.append(f"{path.name} at {size}, loaded again: other logits than those of the model that was saved")
    print(f"{len(FILES) * len(NETWORKS)} files read by torch {torch.__version__.split('+')[0]} and safetensors {safetensors.__version__}; logits agree to {worst:.1e}; {len(written)} files of theirs loaded")
    return failures

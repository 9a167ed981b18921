#!/usr/bin/env python3
"""Writes Tests/Fixtures/checkpoints: small files in every form that torch.save has written, and expected.json with their tensors.

expected.json has, for each file, its dictionaries by name ("root" for the file itself), and for each tensor its shape and the bits of its
numbers as float32. What PyTorch still writes is written by it; the forms that it no longer writes are put together here: the tar of before
0.1.10, streams of Python 2, of big-endian machines and with views of storages, archives that other ZIP tools packed. What PyTorch can read
of these is compared with what it reads.

    scripts/reference-checkpoints.py                              write the files
    scripts/reference-checkpoints.py --folder F                   write them elsewhere: what another version of PyTorch writes, as far as it can
    scripts/reference-checkpoints.py --strict m.pt stdc           load what `save m to=m.pt` has written into the network of scripts/pytorch, strictly
    scripts/reference-checkpoints.py --strict r.pt path resnet18

Needs Python 3 with torch and numpy; the tests need neither.
"""
import argparse
import collections
import io
import json
import pathlib
import pickle
import struct
import sys
import tarfile
import zipfile
import zlib

import numpy
import torch

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "checkpoints"
expected = {}


def bits(tensor):
    values = tensor.detach().to(torch.float32).contiguous().view(-1).numpy()
    return "".join(f"{word:08x}" for word in values.view(numpy.uint32))


def write(name, data, parts, check=True):
    """A file, the dictionaries that are in it, and whether PyTorch reads the first of them alike."""
    (FOLDER / name).write_bytes(data)
    expected[name] = {part: {key: {"shape": list(value.shape), "bits": bits(value)} for key, value in tensors.items()} for part, tensors in parts.items()}
    if check:
        # From a file, as the tar of before 0.1.10 asks.
        read = torch.load(FOLDER / name, weights_only=False, map_location="cpu")
        for part, tensors in parts.items():
            found = read
            for word in [] if part == "root" else part.split("."):
                found = found[word]
            found = found.state_dict() if isinstance(found, torch.nn.Module) else found
            for key, value in tensors.items():
                assert bits(found[key]) == bits(value), (name, key)


def saved(thing, **options):
    stream = io.BytesIO()
    torch.save(thing, stream, **options)
    return stream.getvalue()


def types():
    """A tensor of each type, and of each way to look at a storage."""
    base = torch.arange(24, dtype=torch.float32).mul(0.37).sub(3).reshape(4, 6)
    return collections.OrderedDict([
        ("double", torch.tensor([[0.1, -1e-3, 1e300], [1 / 3, -0.0, 2.5]], dtype=torch.float64)),
        ("float", torch.tensor([1.0, -2.5, 1e-40, float("inf"), float("nan")])), ("half", torch.tensor([1, -2.5, 65504, 6e-8], dtype=torch.float16)),
        ("brain", torch.tensor([1, -3.14, 1e38], dtype=torch.bfloat16)), ("long", torch.tensor([-7, 2**24 + 1])), ("int", torch.tensor([[-2**31], [5]], dtype=torch.int32)),
        ("short", torch.tensor([-32768, 32767], dtype=torch.int16)), ("char", torch.tensor([-128, 127], dtype=torch.int8)), ("byte", torch.tensor([0, 255], dtype=torch.uint8)),
        ("scalar", torch.tensor(4.25)), ("num_batches_tracked", torch.tensor(12345)), ("empty", torch.empty(0, 3)),
        ("base", base), ("transposed", base.t()), ("rows", base[1:3]), ("column", base[:, 2]), ("strided", base[::2, 1::2]), ("last", base[3, 5]),
        ("repeated", torch.tensor([1.5]).expand(3, 2)), ("channels", torch.arange(48.0).reshape(2, 4, 2, 3).to(memory_format=torch.channels_last)),
        ("shared", base), ("parameter", torch.nn.Parameter(torch.tensor([0.25, 0.5]))),
    ])


class Tiny(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, 1, bias=False)
        self.bn = torch.nn.BatchNorm2d(3)
        self.inner = torch.nn.Sequential(torch.nn.Conv2d(3, 1, 1), torch.nn.ReLU())
        self.alias = self.conv
        with torch.no_grad():
            for number, parameter in enumerate(self.parameters()):
                parameter.copy_(torch.arange(parameter.numel()).reshape(parameter.shape) * 0.125 + number)


def tensors(module):
    return {key: value for key, value in module.state_dict().items()}


def checkpoint(module):
    """What people save beside the weights."""
    optimizer = torch.optim.Adam(module.parameters())
    module(torch.ones(2, 2, 4, 4)) if not isinstance(module, Tiny) else None
    return {
        "epoch": 3, "args": argparse.Namespace(lr=0.01, path="x"), "best": numpy.float64(0.5), "history": numpy.arange(3.0), "state_dict": module.state_dict(),
        "optimizer": optimizer.state_dict(), "note": "caf\u00e9", "rate": 0.1, "huge": 2**80, "nothing": None, "flags": (True, False), "seen": {1, 2},
        "mean": complex(1, 2), "classes": ["road", "sky"], "device": torch.device("cpu"), "size": torch.Size([2, 3]), "kind": torch.float16,
    }


# Archives that others packed.

def entries(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def packed(items, compression=zipfile.ZIP_STORED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in items:
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return stream.getvalue()


def packed64(items):
    """With every size and place in 64-bit fields, as beyond 4 GiB."""
    out, directory, wide = b"", b"", 0xFFFFFFFF
    for name, data in items:
        name, start, crc = name.encode(), len(out), zlib.crc32(data)
        out += struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0x800, 0, 0, 33, crc, wide, wide, len(name), 20) + name + struct.pack("<HHQQ", 1, 16, len(data), len(data)) + data
        extra = struct.pack("<HH2s", 0x7777, 2, b"..") + struct.pack("<HHQQQ", 1, 24, len(data), len(data), start)
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0x800, 0, 0, 33, crc, wide, wide, len(name), len(extra), 0, 0, 0, 0, wide) + name + extra
    start = len(out)
    out += directory
    end = len(out)
    out += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, len(items), len(items), len(directory), start) + struct.pack("<IIQI", 0x07064B50, 0, end, 1)
    return out + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, wide, wide, 0)


def swapped(data, size):
    return numpy.frombuffer(data, dtype=f"<u{size}").byteswap().tobytes() if size > 1 else data


# Streams that are no longer written. Persistent ids and classes are what a pickler of PyTorch makes of these stand-ins.

class Named:
    """A global of PyTorch, by name."""
    def __init__(self, module, name):
        self.module, self.name = module, name


class Old(pickle._Pickler):
    """Pickles stand-ins: globals as themselves, ("persistent", id) as a persistent id, byte strings as Python 2 had them."""

    def persistent_id(self, thing):
        return thing[1] if isinstance(thing, tuple) and len(thing) == 2 and thing[0] == "persistent" else None

    def save(self, thing, save_persistent_id=True):
        if isinstance(thing, Named):
            self.write(f"c{thing.module}\n{thing.name}\n".encode())
        elif isinstance(thing, Call):
            self.save(thing.function)
            self.save(thing.arguments)
            self.write(b"R")
        elif isinstance(thing, bytes):
            self.write(b"U" + bytes([len(thing)]) + thing)
        else:
            super().save(thing, save_persistent_id)


class Call:
    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments


def old(thing):
    stream = io.BytesIO()
    Old(stream, 2).dump(thing)
    return stream.getvalue()


MAGIC = 0x1950A86A20F9469CFC6C


def stream(thing, storages, little=True, count_order="<"):
    head = old(MAGIC) + old(1001) + old({"protocol_version": 1001, "little_endian": little, "type_sizes": {"short": 2, "int": 4, "long": 8}})
    return head + old(thing) + old([key for key, _, _ in storages]) + b"".join(struct.pack(f"{count_order}q", count) + data for _, count, data in storages)


def rebuilt(kind, key, count, shape, stride, offset=0, view=None, text=str):
    storage = ("persistent", (text("storage"), Named("torch", kind), text(key), text("cpu"), count, view))
    return Call(Named("torch._utils", "_rebuild_tensor_v2"), storage, offset, shape, stride, False, Call(Named("collections", "OrderedDict")))


def tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def load_strictly(path, form="path", backbone="stdc813"):
    """Fails where PyTorch's network and the file do not have the same tensors."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "pytorch"))
    sys.dont_write_bytecode = True
    import networks
    print(networks.BiSeNet(form, backbone=backbone).load_state_dict(torch.load(path, weights_only=True), strict=True))


def main():
    if sys.argv[1:2] == ["--strict"]:
        return load_strictly(*sys.argv[2:])
    if sys.argv[1:2] == ["--folder"]:
        global FOLDER
        FOLDER = pathlib.Path(sys.argv[2])
    torch.manual_seed(0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    everything = types()
    write("types.pt", saved(everything), {"root": everything})
    write("types-stream.pth", saved(everything, _use_new_zipfile_serialization=False), {"root": everything})
    write("types-protocol4.pt", saved(everything, pickle_protocol=4), {"root": everything})
    write("types-protocol5-stream.pt", saved(everything, pickle_protocol=5, _use_new_zipfile_serialization=False), {"root": everything})
    # Of some years ago.
    if hasattr(torch.serialization, "set_crc32_options"):
        torch.serialization.set_crc32_options(False)
        write("types-unsummed.pt", saved(everything), {"root": everything})
        torch.serialization.set_crc32_options(True)

    tiny = Tiny()
    nested = checkpoint(tiny)
    write("checkpoint.pth", saved(nested), {"state_dict": tensors(tiny)})
    write("checkpoint-stream.tar", saved(nested, _use_new_zipfile_serialization=False), {"state_dict": tensors(tiny)})
    parallel = torch.nn.DataParallel(tiny)
    write("parallel.pth", saved({"model": parallel.state_dict(), "ema": {"shadow": tiny.state_dict()}}), {"model": tensors(parallel), "ema.shadow": tensors(tiny)})
    write("module.pt", saved(tiny), {"root": tensors(tiny)})
    # Streams hold the source of modules, which is nothing for a fixture.
    torch.serialization.get_source_lines_and_file = lambda *_: (_ for _ in ()).throw(OSError())
    write("module-stream.pt", saved({"net": tiny}, _use_new_zipfile_serialization=False), {"net": tensors(tiny)})

    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    weight.tag = "kept beside the numbers"
    odd = {
        "weight": weight, "complex": torch.tensor([1j]), "truth": torch.tensor([True]), "sparse": torch.eye(2).to_sparse(), "quantised": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
        **{name: torch.ones(2).to(getattr(torch, kind)) for name, kind in (("eighth", "float8_e4m3fn"), ("unsigned", "uint16")) if hasattr(torch, kind)}, "text": "x", "none": None, "number": 3, "object": argparse.Namespace(a=1), "inner": [1],
    }
    write("odd.pt", saved(odd), {"root": {"weight": weight}})

    pieces = entries(saved(everything))
    write("deflated.pt", packed(pieces, zipfile.ZIP_DEFLATED), {"root": everything})
    write("wide.pt", packed64(pieces), {"root": everything})
    flat = [(name.split("/", 1)[1], data) for name, data in pieces]
    write("flat.pt", packed(flat), {"root": everything}, check=False)
    small = {"a": torch.arange(6.0).reshape(2, 3), "b": torch.tensor([0.5, -0.25], dtype=torch.float64), "n": torch.tensor(7)}
    sizes = {"0": 4, "1": 8, "2": 8}
    big = [(name, b"big" if name.endswith("byteorder") else swapped(data, sizes[name.split("/")[-1]]) if "/data/" in name else data) for name, data in entries(saved(small))]
    # Archives say their byte order since 2.1.
    if any(name.endswith("byteorder") for name, _ in big):
        write("big-endian.pt", packed(big), {"root": small})

    a, b = numpy.arange(6, dtype="<f4"), numpy.array([0.5, -0.25], dtype="<f8")
    for name, order, count in (("big-endian-stream.pth", ">", ">"), ("big-endian-counts.pth", "<", ">"), ("big-endian-flag.pth", "<", "<")):
        thing = {"a": rebuilt("FloatStorage", "1", 6, (2, 3), (3, 1)), "b": rebuilt("DoubleStorage", "2", 2, (2,), (1,))}
        data = stream(thing, [("1", 6, a.astype(order + "f4").tobytes()), ("2", 2, b.astype(order + "f8").tobytes())], little=False, count_order=count)
        write(name, data, {"root": {"a": small["a"], "b": small["b"]}}, check=count == "<")
    # Python 2: byte strings, and an OrderedDict of pairs.
    latin = lambda text: text.encode("latin1")  # noqa: E731
    pairs = [[b"a", rebuilt("FloatStorage", "1", 6, (2, 3), (3, 1), text=latin)], [b"half.b", rebuilt("FloatStorage", "1", 6, (2,), (2,), 1, text=latin)]]
    thing = {b"state_dict": Call(Named("collections", "OrderedDict"), pairs), b"path": b"caf\xe9"}
    write("python2.pth", stream(thing, [(b"1", 6, a.tobytes())]), {"state_dict": {"a": small["a"], "half.b": small["a"].view(-1)[1::2][:2]}}, check=False)
    # A storage that is a part of another one.
    thing = {"whole": rebuilt("FloatStorage", "1", 6, (6,), (1,)), "part": rebuilt("FloatStorage", "1", 6, (2,), (1,), 0, ("9", 2, 3)), "end": rebuilt("FloatStorage", "1", 6, (1,), (1,), 2, ("9", 2, 3))}
    flat = small["a"].view(-1)
    write("views.pth", stream(thing, [("1", 6, a.tobytes())]), {"root": {"whole": flat, "part": flat[2:4], "end": flat[4:5]}})

    storages = old(2) + old((101, "cpu", Named("torch", "FloatStorage"))) + struct.pack("<q", 6) + a.tobytes()
    storages += old((2**63 + 5, "cpu", Named("torch", "DoubleStorage"))) + struct.pack("<q", 2) + b.tobytes() + old([(103, 101, 2, 3)])

    def described(key, storage, kind, shape, stride, offset):
        return old((key, storage, Named("torch", kind))) + struct.pack("<ii", len(shape), 0) + struct.pack(f"<{2 * len(shape) + 1}q", *shape, *stride, offset)

    tensors_ = old(4) + described(201, 101, "FloatTensor", (3, 2), (1, 3), 0) + described(202, 2**63 + 5, "DoubleTensor", (2,), (1,), 0)
    tensors_ += described(203, 103, "FloatTensor", (2,), (1,), 1) + described(204, 101, "FloatTensor", (6,), (1,), 0)
    root = {"epoch": 5, "state_dict": collections.OrderedDict([(key, ("persistent", number)) for key, number in (("t", 201), ("b", 202), ("part", 203), ("all", 204))])}
    data = tar([("sys_info", old({"little_endian": True})), ("storages", storages), ("tensors", tensors_), ("pickle", old(root))])
    write("first.pth.tar", data, {"state_dict": {"t": small["a"].t(), "b": small["b"], "part": flat[3:5], "all": flat}})

    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=0, separators=(",", ":")) + "\n")
    print(f"{len(expected)} files, {sum(path.stat().st_size for path in FOLDER.iterdir()) // 1024} KiB")


if __name__ == "__main__":
    main()

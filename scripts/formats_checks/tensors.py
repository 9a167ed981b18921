"""Segue's files as arrays."""
import json
import struct

import numpy
from PIL import Image


def safetensors(path):
    """The tensors of a file by name."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    return {
        name: numpy.frombuffer(data[8 + length:][slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"
    }


def tensor(path):
    """The one tensor of a value, with channels first."""
    return numpy.ascontiguousarray(safetensors(path)["tensor"].transpose(0, 3, 1, 2))


def labels(path):
    """The values of a label map: the indices of its palette."""
    return numpy.asarray(Image.open(path))

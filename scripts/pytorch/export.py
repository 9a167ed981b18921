"""Writes the network with its batch norms folded, and from the image to the label map, as ONNX: export.py HEIGHT WIDTH FILE."""

import sys
import warnings

import torch

from networks import upsampled
from worker import folded, network


class Deployed(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.network = folded(network().eval())

    def forward(self, x):
        return upsampled(self.network(x)[0], x.shape[2:]).argmax(1)


def main():
    height, width, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    warnings.filterwarnings("ignore")
    model = Deployed().eval()
    torch.onnx.export(model, torch.zeros(1, 3, height, width), path, opset_version=17, dynamo=False)


if __name__ == "__main__":
    main()

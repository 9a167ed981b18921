"""Writes the network with its batch norms folded as ONNX: export.py HEIGHT WIDTH FILE [logits].

From the image to the label map, or to logits as large as the image, for programs that know no argmax.
"""

import sys
import warnings

import torch

from networks import upsampled
from worker import folded, network


class Deployed(torch.nn.Module):
    def __init__(self, has_argmax):
        super().__init__()
        self.has_argmax = has_argmax
        self.network = folded(network().eval())

    def forward(self, x):
        logits = upsampled(self.network(x)[0], x.shape[2:])
        return logits.argmax(1) if self.has_argmax else logits


def main():
    height, width, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    warnings.filterwarnings("ignore")
    model = Deployed(has_argmax="logits" not in sys.argv[4:]).eval()
    torch.onnx.export(model, torch.zeros(1, 3, height, width), path, opset_version=17, dynamo=False)


if __name__ == "__main__":
    main()

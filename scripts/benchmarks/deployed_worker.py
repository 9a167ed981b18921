"""ONNX Runtime's and OpenVINO's side of the benchmark (see protocol.py): the fixtures' network as ONNX, from image to label map.

    deployed_worker.py onnxruntime | openvino

The network is written by PyTorch in a process of its own (scripts/pytorch/export.py), once for each size.
"""

import os
import pathlib
import subprocess
import sys

import numpy as np

import protocol

THREADS = int(os.environ.get("SEGUE_THREADS", "2"))
EXPORT = pathlib.Path(__file__).resolve().parent.parent / "pytorch" / "export.py"


def network(height, width):
    path = pathlib.Path(os.environ["SEGUE_BENCH_FOLDER"]) / f"network-{height}x{width}.onnx"
    if not path.exists():
        subprocess.run([sys.executable, "-B", str(EXPORT), str(height), str(width), str(path)], check=True, stdout=sys.stderr)
    return str(path)


def image(height, width):
    return np.random.default_rng(7).uniform(-2, 2, (1, 3, height, width)).astype(np.float32)


def by_onnxruntime(height, width):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(network(height, width), options, providers=["CPUExecutionProvider"])
    inputs = {session.get_inputs()[0].name: image(height, width)}
    return lambda: session.run(None, inputs)


def by_openvino(height, width):
    """Told to compute in float32: by itself it takes bfloat16 where the processor has it."""
    import openvino
    core = openvino.Core()
    settings = {"INFERENCE_NUM_THREADS": THREADS, "INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    request = core.compile_model(core.read_model(network(height, width)), "CPU", settings).create_infer_request()
    x = image(height, width)
    return lambda: request.infer([x])


if __name__ == "__main__":
    protocol.serve({"infer": {"onnxruntime": by_onnxruntime, "openvino": by_openvino}[sys.argv[1]]})

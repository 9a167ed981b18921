"""The side of programs that run finished networks (see protocol.py): the fixtures' network, from image to label map.

    deployed_worker.py onnxruntime | openvino | mnn | ncnn

The network is written as ONNX by PyTorch in a process of its own (scripts/pytorch/export.py), once for each size; MNN and ncnn read what
their own converters make of it. ncnn knows no argmax: it is timed to the logits at the size of the image, which is a little less work.
"""

import os
import pathlib
import subprocess
import sys

import numpy as np

import protocol

THREADS = int(os.environ.get("SEGUE_THREADS", "2"))
EXPORT = pathlib.Path(__file__).resolve().parent.parent / "pytorch" / "export.py"


def network(height, width, *form):
    path = pathlib.Path(os.environ["SEGUE_BENCH_FOLDER"]) / ("-".join(["network", f"{height}x{width}", *form]) + ".onnx")
    if not path.exists():
        quietly(sys.executable, "-B", str(EXPORT), str(height), str(width), str(path), *form)
    return str(path)


def converter(name):
    """A program that a Python package brought along."""
    beside = pathlib.Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name


def quietly(*command, folder=None):
    subprocess.run(command, check=True, stdout=sys.stderr, cwd=folder)


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


def by_mnn(height, width):
    import MNN.expr
    import MNN.nn
    onnx = network(height, width)
    path = onnx.removesuffix("onnx") + "mnn"
    quietly(converter("mnnconvert"), "-f", "ONNX", "--modelFile", onnx, "--MNNModel", path, "--bizCode", "MNN")
    runtime = MNN.nn.create_runtime_manager(({"backend": "CPU", "numThread": THREADS, "precision": "high"},))
    module = MNN.nn.load_module_from_file(path, [], [], runtime_manager=runtime)
    x = image(height, width)

    def run():
        given = MNN.expr.placeholder(x.shape, MNN.expr.NCHW)
        given.write(x)
        return module.forward([given])[0].read()
    return run


def by_ncnn(height, width):
    import ncnn
    onnx = pathlib.Path(network(height, width, "logits"))
    quietly(converter("pnnx"), str(onnx), f"inputshape=[1,3,{height},{width}]", "fp16=0", folder=onnx.parent)
    # In the names of its files pnnx writes `_` for what no name in Python has.
    stem = str(onnx.with_name(onnx.stem.replace("-", "_")))
    net = ncnn.Net()
    net.opt.num_threads = THREADS
    net.opt.use_vulkan_compute = False
    if net.load_param(stem + ".ncnn.param") or net.load_model(stem + ".ncnn.bin"):
        raise RuntimeError("ncnn does not read what pnnx wrote")
    x = image(height, width)[0]

    def run():
        extractor = net.create_extractor()
        extractor.input("in0", ncnn.Mat(x))
        return np.array(extractor.extract("out0")[1])
    return run


PROGRAMS = {"onnxruntime": by_onnxruntime, "openvino": by_openvino, "mnn": by_mnn, "ncnn": by_ncnn}

if __name__ == "__main__":
    protocol.serve({"infer": PROGRAMS[sys.argv[1]]})

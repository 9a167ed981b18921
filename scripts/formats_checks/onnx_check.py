"""`export m.onnx`: onnx's checker accepts the files, ONNX Runtime and OpenVINO compute what Segue computes. Needs onnx, onnxruntime, openvino.

Every network of the catalog after an epoch on small streets, so that its running statistics are no zeros and ones; files of any size and of one
size; sizes that leave odd maps at every stride. Logits agree to 1e-4 of the largest, and label maps everywhere but where two classes are as
probable as each other to that precision, which is counted.
"""
import itertools

import numpy
import onnx
import onnxruntime
import openvino

from . import tensors

NETWORKS = {"path": "", "stdc": "spatial=stdc", "resnet18": "backbone=resnet18"}
SIZES = ["64x32", "129x65", "203x119", "256x128"]
TOLERANCE = 1e-4


def runtimes(path):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    compiled = openvino.Core().compile_model(str(path), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return {
        f"onnxruntime {onnxruntime.__version__}": lambda images: session.run(None, {"images": images})[0],
        f"openvino {openvino.__version__.split('-')[0]}": lambda images: compiled([images])[compiled.output(0)],
    }


def statements(width):
    yield "load dataset streets size=64x32"
    yield "few = take dataset1.source count=9"
    for name, options in NETWORKS.items():
        yield f"{name}_built = build model {options} width={width}".replace("  ", " ")
        yield f"{name} = train {name}_built on=few.train epochs=1 batch=4"
    yield "both = ensemble path resnet18"
    for size in SIZES:
        yield f"s{size} = load dataset streets size={size}"
        for name in [*NETWORKS, "both"]:
            yield f"p{name}{size} = predict {name} on=s{size}.target.val[0]"
            yield f"save p{name}{size} to={name}-{size}.probabilities.safetensors"
            yield f"save p{name}{size}.label to={name}-{size}.png"
            for output in ["labels", "probabilities"]:
                yield f"export {name}-{size}.{output}.onnx model={name} size={size} output={output}"
        yield f'x{size} = features path layer="images" on=s{size}.target.val[0]'
        yield f"save x{size} to={size}.images.safetensors"
        for name in NETWORKS:
            yield f'z{name}{size} = features {name} layer="conv_out.conv_out" on=s{size}.target.val[0]'
            yield f"save z{name}{size} to={name}-{size}.coarse.safetensors"
            for output in ["coarse", "logits"]:
                yield f"export {name}-{size}.{output}.onnx model={name} size={size} output={output}"
    for name in [*NETWORKS, "both"]:
        for output in ["labels", "probabilities"] + (["coarse", "logits"] if name != "both" else []):
            yield f"export {name}.{output}.onnx model={name} output={output}"


def check(place):
    place.run(*statements(place.width))
    failures, worst, differing, pixels = [], 0, 0, 0

    def difference(found, expected):
        if found.shape != expected.shape:
            return float("inf")
        return float(numpy.abs(found - expected).max() / max(1, numpy.abs(expected).max()))

    for path in sorted(place.path.glob("*.onnx")):
        onnx.checker.check_model(str(path), full_check=True)
    for name, size, fixed in itertools.product([*NETWORKS, "both"], SIZES, [True, False]):
        stem = f"{name}-{size}" if fixed else name
        images = tensors.tensor(place.path / f"{size}.images.safetensors")
        probabilities = tensors.tensor(place.path / f"{name}-{size}.probabilities.safetensors")
        label = tensors.labels(place.path / f"{name}-{size}.png")
        for output in ["labels", "probabilities"] + (["coarse", "logits"] if name != "both" else []):
            for runtime, run in runtimes(place.path / f"{stem}.{output}.onnx").items():
                where, found = f"{stem}.{output}.onnx at {size} in {runtime}", run(images)
                if output == "labels":
                    where_different = found[0] != label
                    differing, pixels = differing + int(where_different.sum()), pixels + label.size
                    chosen = numpy.take_along_axis(probabilities[0], found.astype(numpy.int64), 0)[0]
                    if found.dtype != numpy.uint8 or (probabilities[0].max(0) - chosen)[where_different].max(initial=0) > TOLERANCE:
                        failures.append(f"{where}: {where_different.sum()} pixels differ where classes are not equally probable")
                    continue
                if output == "logits":
                    # Segue shows logits at the network's stride only; the softmax of the upsampled ones is its prediction.
                    found = numpy.exp(found - found.max(1, keepdims=True))
                    found /= found.sum(1, keepdims=True)
                expected = tensors.tensor(place.path / f"{name}-{size}.coarse.safetensors") if output == "coarse" else probabilities
                off = difference(found, expected)
                worst = max(worst, off)
                if not off <= TOLERANCE:
                    failures.append(f"{where}: {off:.1e} off")
    # Two images at once are each as alone.
    images = tensors.tensor(place.path / f"{SIZES[0]}.images.safetensors")
    for runtime, run in runtimes(place.path / "path.coarse.onnx").items():
        two = run(numpy.concatenate([images, images[..., ::-1]]))
        for number, one in enumerate([images, images[..., ::-1]]):
            off = difference(two[number:number + 1], run(numpy.ascontiguousarray(one)))
            worst = max(worst, off)
            if not off <= TOLERANCE:
                failures.append(f"{runtime}: image {number} of a batch is {off:.1e} off")
    print(f"{len(list(place.path.glob('*.onnx')))} files accepted by onnx {onnx.__version__}; numbers agree to {worst:.1e}; {differing} of {pixels} pixels have another label")
    return failures

"""What is timed, and beside whom."""

NETWORK = ["PyTorch"]
DEPLOYED = ["PyTorch", "PyTorch, compiled", "ONNX Runtime", "OpenVINO", "MNN", "ncnn"]

# Title, request, peers. `folder` is filled in.
ROWS = [
    ("training step 2x512x1024", {"work": "train", "batch": 2, "height": 512, "width": 1024}, NETWORK),
    ("the same with its data", {"work": "train on files", "batch": 2, "height": 1024, "width": 2048, "folder": None}, []),
    ("training step 8x128x256", {"work": "train", "batch": 8, "height": 128, "width": 256}, NETWORK),
    ("adversarial step 2+2 of 256x512", {"work": "adversarial", "batch": 2, "height": 256, "width": 512}, NETWORK),
    ("training step 2x256x512", {"work": "train", "batch": 2, "height": 256, "width": 512}, []),
    ("step with a mean teacher 2+2 of 256x512", {"work": "teacher", "batch": 2, "height": 256, "width": 512}, []),
    ("inference 512x1024, to label map", {"work": "infer", "height": 512, "width": 1024}, DEPLOYED),
    ("inference 1024x2048, to label map", {"work": "infer", "height": 1024, "width": 2048}, DEPLOYED),
    ("FDA of a 512x1024 pair, beta 0.01", {"work": "fda", "height": 512, "width": 1024, "beta": 0.01}, ["scipy", "PyTorch"]),
    ("FDA of a 512x1024 pair, beta 0.05", {"work": "fda", "height": 512, "width": 1024, "beta": 0.05}, ["scipy", "PyTorch"]),
    ("decode a 1024x2048 PNG, resize to 512x1024", {"work": "decode", "height": 1024, "width": 2048, "folder": None}, ["Pillow"]),
    ("confusion matrix 1024x2048", {"work": "confusion", "height": 1024, "width": 2048}, ["numpy"]),
]
PROMPT = "prompt"
WORKS = sorted({request["work"].split()[0] for _, request, _ in ROWS} | {PROMPT})


def wanted(works, folder):
    """The rows whose work begins so; all without any."""
    for title, request, peers in ROWS:
        if not works or request["work"].startswith(tuple(works)):
            yield title, {**request, "folder": str(folder)} if "folder" in request else request, peers


def wants_prompt(works):
    return not works or any(PROMPT.startswith(work) for work in works)

"""What a case computes, and the JSON file that remembers it: sampled values, norms and PyTorch's own float32 error."""

import json

import numpy as np


class Results:
    """Named arrays (in the order fixtures use: N, H, W, C for maps) and numbers, computed in one precision."""

    def __init__(self):
        self.tensors, self.scalars, self.before = {}, {}, {}

    def map(self, key, tensor):
        """A map in PyTorch's N, C, H, W order."""
        self.array(key, tensor.permute(0, 2, 3, 1))

    def array(self, key, tensor, before=None):
        """An array as it is laid out; `before` is what it was before training, if it was trained."""
        self.tensors[key] = copy(tensor)
        if before is not None:
            self.before[key] = copy(before)

    def scalar(self, key, value):
        self.scalars[key] = value.detach().item() if hasattr(value, "detach") else float(value)


def copy(tensor):
    return np.array(tensor.detach() if hasattr(tensor, "detach") else tensor)


def relative(difference, reference):
    norm = np.linalg.norm(reference.ravel())
    error = np.linalg.norm(difference.ravel())
    return error / norm if norm > 0 else error


def sample_indices(count, samples):
    """All of a small array; else places that the multiplier scatters over it."""
    if count <= samples:
        return list(range(count))
    return [k * 2654435761 % count for k in range(samples)]


def describe(key, truth, singles, samples):
    """The entry of one array: `truth` in float64 (or whole numbers), `singles` from runs with float32's rounding."""
    reference = truth.tensors[key]
    wide, flat = reference.astype(np.float64), reference.ravel()
    indices = sample_indices(flat.size, samples)
    entry = {"shape": list(reference.shape), "norm": np.linalg.norm(wide.ravel()), "sum": wide.sum(), "max": np.abs(wide).max()}
    if reference.dtype.kind in "iu":
        entry["histogram"] = np.bincount(flat).tolist()
        entry["float32_agreement"] = min(int((single.tensors[key] == reference).sum()) for single in singles)
    else:
        differences = [single.tensors[key].astype(np.float64) - wide for single in singles]
        entry["float32_error"] = max(relative(d, wide) for d in differences)
        entry["float32_max_error"] = max(np.abs(d).max() for d in differences)
        if key in truth.before:
            change = wide - truth.before[key]
            entry["change_norm"] = np.linalg.norm(change.ravel())
            entry["change_float32_error"] = max(relative(d, change) for d in differences)
    entry["indices"] = indices
    entry["values"] = [flat[j].item() for j in indices]
    return entry


def rounded(value, key=""):
    """Ten significant digits, two for errors: enough to judge float32 by, and short."""
    if isinstance(value, dict):
        return {k: rounded(v, k) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(v, key) for v in value]
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.{2 if 'error' in key else 10}g}")
    return int(value) if isinstance(value, np.integer) else value


def build(name, settings, truth, singles, samples):
    """The whole fixture. `samples(key)` says how many values of an array are kept."""
    errors = {k: max(relative(np.array(s.scalars[k] - v), np.array(v)) for s in singles) for k, v in truth.scalars.items()}
    return {
        "name": name, "settings": settings, "scalars": rounded(truth.scalars),
        "scalar_float32_errors": {k: rounded(e, "error") for k, e in errors.items()},
        "tensors": rounded({key: describe(key, truth, singles, samples(key)) for key in truth.tensors})}


def write(path, fixture):
    """One line for each array, so that differences between versions can be read."""
    def line(value):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    parts = [f'"{key}":{line(value)}' for key, value in fixture.items() if key != "tensors"]
    tensors = ",\n".join(f'"{key}":{line(value)}' for key, value in fixture["tensors"].items())
    path.write_text("{\n" + ",\n".join(parts) + ',\n"tensors":{\n' + tensors + "\n}\n}\n")


def summary(fixture):
    """How far PyTorch's float32 is from its float64, in one line."""
    tensors = fixture["tensors"].values()
    worst = max((t["float32_error"] for t in tensors if "float32_error" in t), default=0)
    line = f"{len(tensors)} arrays, worst float32 error {worst:.1e}"
    changes = [t["change_float32_error"] for t in tensors if "change_float32_error" in t]
    return line + (f", of a change {max(changes):.1e}" if changes else "")


def largest_difference(path, made):
    """The largest relative difference of norms and samples between a written fixture and a new one; 1 if they do not match."""
    if not path.exists():
        return 1.0
    old, largest = json.loads(path.read_text()), 0.0
    if old["settings"] != json.loads(json.dumps(made["settings"])) or old["tensors"].keys() != made["tensors"].keys():
        return 1.0
    for key, value in made["scalars"].items():
        largest = max(largest, relative(np.array(old["scalars"][key] - value), np.array(value)))
    for key, entry in made["tensors"].items():
        scale = max(entry["max"], 1e-30)
        differences = np.array(old["tensors"][key]["values"], float) - np.array(entry["values"], float)
        largest = max(largest, np.abs(differences).max() / scale, abs(old["tensors"][key]["norm"] - entry["norm"]) / scale)
    return float(largest)

"""`train … log=DIR`: TensorBoard's own reader finds every figure, the recipe and the pictures, also of a run that went on. Needs tensorboard."""
import csv
import io
import warnings

import numpy
from PIL import Image

warnings.filterwarnings("ignore")
from tensorboard.backend.event_processing import event_accumulator  # noqa: E402
from tensorboard.util import tensor_util  # noqa: E402


def check(place):
    place.run(
        "load dataset streets size=64x32", "few = take dataset1.source count=9", f"m = build model width={place.width}",
        'a = train m on=few.train toward=dataset1.target.train validate=few.val epochs=3 batch=2 log="runs"', "save a.history to=a.csv",
        'b = train m on=few.train epochs=2 batch=4 log="runs"', "save b.history to=b.csv")
    failures, runs = [], sorted(path for path in (place.path / "runs").iterdir())
    if len(runs) != 2:
        failures.append(f"{len(runs)} runs where two were logged")
    histories = [list(csv.DictReader((place.path / name).open())) for name in ("a.csv", "b.csv")]
    figures = 0
    for run in runs:
        events = event_accumulator.EventAccumulator(str(run), size_guidance={"tensors": 0})
        events.Reload()
        tags = events.Tags()["tensors"]
        plugins = {tag: events.SummaryMetadata(tag).plugin_data.plugin_name for tag in tags}
        curves = {
            tag: [(event.step, float(tensor_util.make_ndarray(event.tensor_proto))) for event in events.Tensors(tag)]
            for tag in tags if plugins[tag] == "scalars"
        }
        history = next((rows for rows in histories if len(rows) == len(curves["loss/loss"])), None)
        if history is None:
            failures.append(f"{run.name}: {len(curves['loss/loss'])} epochs, as no training has")
            continue
        for tag, column in [("loss/loss", "loss"), ("validation/mIoU", "miou"), ("loss/adversarial", "adversarial_loss"), ("loss/discriminator", "discriminator_loss")]:
            expected = [(int(row["epoch"]), float(numpy.float32(row[column]))) for row in history if row[column]]
            figures += len(expected)
            if curves.get(tag, []) != expected:
                failures.append(f"{run.name}: {tag} is {curves.get(tag)}, and the history says {expected}")
        if not any(tag.startswith("IoU/") for tag in curves):
            failures.append(f"{run.name}: no class has an IoU")
        text = tensor_util.make_ndarray(events.Tensors("recipe")[0].tensor_proto)
        if plugins["recipe"] != "text" or run.name not in text[0].decode():
            failures.append(f"{run.name}: the recipe is {text}")
        for tag in (tag for tag in tags if plugins[tag] == "images"):
            for event in events.Tensors(tag):
                width, height, png = tensor_util.make_ndarray(event.tensor_proto)[:3]
                if Image.open(io.BytesIO(png)).size != (int(width), int(height)):
                    failures.append(f"{run.name}: {tag} is not as large as it says")
    print(f"{len(runs)} runs, {figures} figures as the histories have them")
    return failures

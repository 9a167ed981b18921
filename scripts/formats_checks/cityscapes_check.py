"""`segment … encoding=labelids`: the official evaluation of the written files and Segue's `iou` agree to the last digit. Needs cityscapesscripts.

Pictures in Cityscapes' layout, of two sizes of their own that are not the network's, with every label id of Cityscapes in their labels.
"""
import contextlib
import csv
import io

import numpy
from cityscapesscripts.evaluation import evalPixelLevelSemanticLabeling as official
from cityscapesscripts.helpers.labels import trainId2label
from PIL import Image

SIZES = {"bonn": (203, 101), "ulm": (160, 96)}
BLOCK = 24


def write_dataset(root):
    dice = numpy.random.default_rng(7)
    for split, towns in {"train": ["jena"], "val": list(SIZES)}.items():
        for town in towns:
            width, height = SIZES.get(town, (128, 64))
            for frame in range(4):
                # Blocks of every label id, more of the classes that count, in roughly the colours of those.
                ids = dice.choice(34, (height // BLOCK + 1, width // BLOCK + 1), p=[0.4 / 15 if label in IGNORED else 0.6 / 19 for label in range(34)])
                label = ids.repeat(BLOCK, 0).repeat(BLOCK, 1)[:height, :width].astype(numpy.uint8)
                image = numpy.clip(COLOURS[label] + dice.integers(-20, 20, (height, width, 3)), 0, 255).astype(numpy.uint8)
                for folder, suffix, pixels in [("leftImg8bit", "leftImg8bit", image), ("gtFine", "gtFine_labelIds", label)]:
                    path = root / folder / split / town
                    path.mkdir(parents=True, exist_ok=True)
                    Image.fromarray(pixels).save(path / f"{town}_000000_{frame:06}_{suffix}.png")


COUNTED = {label.id: label for train_id, label in trainId2label.items() if 0 <= train_id < 19}
IGNORED = [label for label in range(34) if label not in COUNTED]
COLOURS = numpy.array([COUNTED[label].color if label in COUNTED else (0, 0, 0) for label in range(34)])


def official_scores(root, results):
    arguments = official.args
    arguments.predictionPath, arguments.predictionWalk = str(results), None
    arguments.evalInstLevelScore, arguments.evalPixelAccuracy, arguments.quiet, arguments.JSONOutput = False, False, True, False
    truths = sorted(str(path) for path in root.glob("gtFine/val/*/*_labelIds.png"))
    with contextlib.redirect_stdout(io.StringIO()):
        return official.evaluateImgLists([official.getPrediction(arguments, truth) for truth in truths], truths, arguments)


def check(place):
    root, failures = place.path / "city", []
    write_dataset(root)
    # The settings of the evaluation are read where it is imported; the network is trained on such pictures, so that classes differ.
    place.run(
        'c = load dataset cityscapes "city" size=128x64 role=source', f"m = build model width={place.width}", "t = train m on=c.train epochs=150 batch=2", "u = train m on=c.train epochs=100 batch=2 lr=0.1",
        "e = ensemble t u", *(line for model in ("t", "e") for line in (
            f"r{model} = iou {model} on=c.val", f"save r{model} to={model}.csv", f'segment {model} on=c.val to="{model}" encoding=labelids', f'segment {model} on=c.val to="{model}-trainids"',
            f'segment {model} on=c.val to="{model}-colours" encoding=colours')))
    for model in ("t", "e"):
        scores = official_scores(root, place.path / model)
        with (place.path / f"{model}.csv").open() as file:
            rows = list(csv.reader(file))[1:]
        ours = {row[0]: float(row[1]) if row[1] else float("nan") for row in rows}
        for name in (label.name for label in COUNTED.values()):
            score = scores["classScores"][name]
            if not (abs(ours[name] - score) < 1e-12 or numpy.isnan(ours[name]) and numpy.isnan(score)):
                failures.append(f"{model}: the IoU of {name} is {score} officially, and {ours[name]} here")
        if not abs(ours["mean"] - scores["averageScoreClasses"]) < 1e-12:
            failures.append(f"{model}: the mIoU is {scores['averageScoreClasses']} officially, and {ours['mean']} here")
        if (right := sum(1 for label in COUNTED.values() if ours[label.name] > 0)) < 5:
            failures.append(f"{model}: only {right} classes are ever right, which compares little")
        for path in sorted((place.path / model).iterdir()):
            ids, train_ids, colours = (numpy.asarray(Image.open(place.path / folder / path.name)) for folder in (model, f"{model}-trainids", f"{model}-colours"))
            size = SIZES[path.name.split("_")[0]]
            if ids.shape != size[::-1]:
                failures.append(f"{path.name} is {ids.shape[::-1]}, its picture {size}")
            of_train_id = numpy.array([trainId2label[train_id].id for train_id in range(19)])
            if (of_train_id[train_ids] != ids).any() or (COLOURS[ids] != colours).any():
                failures.append(f"{path.name}: encodings differ")
        print(f"{model}: mIoU {scores['averageScoreClasses']:.6f} officially and {ours['mean']:.6f} here, over {len(COUNTED)} classes")
    return failures

"""Notebooks from one end to the other: exported lessons run by nbclient and nbconvert, parameters by papermill, and back into scripts."""
import json
import pathlib
import subprocess

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

LESSONS = ["01-segmentation", "02-network"]


def typed(name, *cells):
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "segue", "display_name": "Segue", "language": "segue"}, "language_info": {"name": "segue"}})
    for index, source in enumerate(cells):
        tags = {"tags": ["parameters"]} if source.startswith("rounds") else {}
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata=tags))
    nbformat.write(notebook, name)
    return notebook


def plain(cell):
    return "\n".join(output.get("data", {}).get("text/plain", "") or output.get("text", "") for output in cell.outputs)


def lessons(failures, keep, program, root):
    """Each as a notebook without a training that takes minutes; every cell with what its script records, and a picture where it has one."""
    for lesson in LESSONS:
        script = pathlib.Path(f"{lesson}.segue")
        script.write_text((root / "sessions" / "lessons" / script.name).read_text())
        subprocess.run([program, "export", script, "--recorded", "--to", f"{lesson}.ipynb"], check=True, capture_output=True)
        notebook = nbformat.read(f"{lesson}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code" and cell.source.startswith("rounds ="):
                cell.source = "rounds = 1"
            if cell.cell_type == "code" and cell.source.startswith("expect"):
                cell.source = "# " + cell.source  # what one round is not asked for
            cell.setdefault("outputs", []).clear() if cell.cell_type == "code" else None
        NotebookClient(notebook, kernel_name="segue", timeout=600).execute()
        nbformat.validate(notebook)
        nbformat.write(notebook, keep / f"{lesson}.ipynb")
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        pictures = sum("image/png" in output.get("data", {}) for cell in cells for output in cell.outputs)
        tables = sum("text/html" in output.get("data", {}) for cell in cells for output in cell.outputs)
        print(f"nbclient: {lesson}, {len(cells)} cells, {pictures} pictures, {tables} tables")
        if pictures == 0 or tables == 0:
            failures.append(f"{lesson} as a notebook has {pictures} pictures and {tables} tables")
        subprocess.run(["jupyter", "nbconvert", "--to", "html", keep / f"{lesson}.ipynb", "--output-dir", keep], check=True, capture_output=True)
        # Back into a script: what was executed in Jupyter replays.
        back = subprocess.run([program, "import", keep / f"{lesson}.ipynb", "--to", f"back-{lesson}.segue"], capture_output=True, text=True)
        if back.returncode != 0:
            failures.append(f"{lesson} does not come back: {back.stderr}")
            continue
        replayed = subprocess.run([program, "replay", f"back-{lesson}.segue"], capture_output=True, text=True)
        if replayed.returncode != 0:
            failures.append(f"{lesson} does not replay as it was executed: {replayed.stdout[-800:]}{replayed.stderr[-800:]}")


def converted(failures):
    """nbconvert --execute: a cell that is meant to fail does not end the run, another one does."""
    pathlib.Path("fails.segue").write_text("n = 1\nexpect n > 2\n#! n (1) is not > 2\nm = 2\nm\n")
    subprocess.run([SEGUE, "export", "fails.segue", "--to", "fails.ipynb"], check=True, capture_output=True)
    done = subprocess.run(["jupyter", "nbconvert", "--execute", "--to", "notebook", "fails.ipynb", "--output", "done.ipynb"], capture_output=True, text=True)
    if done.returncode != 0:
        failures.append(f"nbconvert --execute of an expected failure: {done.stderr[-500:]}")
    elif plain(nbformat.read("done.ipynb", as_version=4).cells[-1]) != "2":
        failures.append("nbconvert --execute stopped at an expected failure")
    typed("wrong.ipynb", "n = 1", "show nothing", "m = 2")
    done = subprocess.run(["jupyter", "nbconvert", "--execute", "--to", "notebook", "wrong.ipynb", "--output", "x.ipynb"], capture_output=True, text=True)
    if done.returncode == 0 or "no value is named 'nothing'" not in done.stderr:
        failures.append(f"nbconvert --execute of a failure ends with {done.returncode}: {done.stderr[-500:]}")


def errors_stop(failures):
    notebook = typed("stops.ipynb", "n = 1\nshow nothing\nm = 2", "k = 3")
    try:
        NotebookClient(notebook, kernel_name="segue", timeout=60).execute()
        failures.append("nbclient did not see a failure")
    except CellExecutionError as error:
        if "no value is named 'nothing'" not in str(error) or "^" not in str(error):
            failures.append(f"nbclient's failure: {error}")


def parameters(failures):
    """papermill writes `name = value` as Python does, which Segue reads."""
    typed("in.ipynb", 'rounds = 1\nrate = 0.5\nwhere = "here"', "expect rounds = 7\nexpect rate < 0.001\nwhere")
    done = subprocess.run(
        ["papermill", "in.ipynb", "out.ipynb", "-k", "segue", "-l", "python", "-p", "rounds", "7", "-p", "rate", "2.5e-05", "-p", "where", "a \"b\""],
        capture_output=True, text=True)
    if done.returncode != 0:
        return failures.append(f"papermill: {done.stderr[-800:]}")
    cells = nbformat.read("out.ipynb", as_version=4).cells
    if "rounds = 7" not in cells[1].source or 'a "b"' not in plain(cells[2]):
        failures.append(f"papermill: {json.dumps(cells[2])}")
    if nbformat.read("out.ipynb", as_version=4).metadata.kernelspec.name != "segue":
        failures.append("papermill changes the kernel")


def check(work, keep, program, root):
    global SEGUE
    SEGUE = program
    failures = []
    for trial in (converted, errors_stop, parameters):
        print(trial.__name__, flush=True)
        trial(failures)
    lessons(failures, keep, program, root)
    return failures

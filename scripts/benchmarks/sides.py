"""Processes that are timed in alternation."""

import importlib.util
import glob
import json
import os
import pathlib
import subprocess
import sys
import time

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
PAUSE = 0.05  # lets the idle side's threads go to sleep


class Side:
    """A process that answers requests, and what it has answered so far."""

    def __init__(self, name, command, environment):
        self.name, self.seconds, self.others, self.peak, self.gflop, self.trouble = name, [], [], 0, None, None
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        except OSError as error:
            self.process, self.trouble = None, str(error)

    def ask(self, request):
        """The answer to a request; None where there is trouble."""
        if self.trouble:
            return None
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline() or '{"error": "it ended"}')
        except (OSError, ValueError) as error:
            answer = {"error": str(error)}
        if "error" in answer:
            self.trouble = answer["error"]
            return None
        return answer

    def perform(self, request, counted=True):
        before = busy_seconds(), self.own_seconds(), time.perf_counter()
        answer = self.ask(request)
        if answer is None:
            return
        wall = time.perf_counter() - before[2]
        if counted:
            self.seconds.append(answer["seconds"])
            self.others.append(max(0.0, (busy_seconds() - before[0]) - (self.own_seconds() - before[1])) / wall)
        self.peak, self.gflop = max(self.peak, answer["peak_mib"]), answer.get("gflop")

    def own_seconds(self):
        try:
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, AttributeError):
            return 0.0

    def end(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


def busy_seconds():
    """What all processes of the machine have used so far."""
    try:
        fields = [int(f) for f in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6] + fields[7]) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


def tcmalloc():
    found = [path for pattern in ("/usr/lib/*/libtcmalloc*.so*", "/usr/lib64/libtcmalloc*.so*", "/usr/lib/libtcmalloc*.so*")
             for path in sorted(glob.glob(pattern)) if "debug" not in path and "profiler" not in path]
    return found[0] if found else None


class Contestants:
    """Whoever can be timed here: Segue, and the peers that are installed."""

    # The modules that a peer needs, and its worker.
    PEERS = {
        "PyTorch": (["torch"], ["pytorch/worker.py"]),
        "ONNX Runtime": (["onnxruntime", "onnx", "torch"], ["benchmarks/deployed_worker.py", "onnxruntime"]),
        "OpenVINO": (["openvino", "onnx", "torch"], ["benchmarks/deployed_worker.py", "openvino"]),
        "MNN": (["MNN", "onnx", "torch"], ["benchmarks/deployed_worker.py", "mnn"]),
        "ncnn": (["ncnn", "pnnx", "onnx", "torch"], ["benchmarks/deployed_worker.py", "ncnn"]),
        "PyTorch, compiled": (["torch"], ["pytorch/worker.py", "compiled"]),
        "Pillow": (["PIL"], ["benchmarks/libraries_worker.py"]),
        "numpy": (["numpy"], ["benchmarks/libraries_worker.py"]),
        "scipy": (["scipy", "numpy"], ["benchmarks/libraries_worker.py"]),
    }

    def __init__(self, ours, folder, with_tcmalloc=False):
        self.ours = ours
        self.environment = {
            **os.environ, "SEGUE_THREADS": os.environ.get("SEGUE_THREADS", "2"), "SEGUE_BENCH_FOLDER": str(folder)}
        self.tcmalloc = tcmalloc() if with_tcmalloc else None
        self.missing = [name for name, (modules, _) in self.PEERS.items() if not all(map(importlib.util.find_spec, modules))]
        if with_tcmalloc and self.tcmalloc is None:
            self.missing.append("tcmalloc")

    @property
    def program(self):
        """Segue without its subcommand, which is the prompt; what scripts/segue has built, without the looking whether it is new."""
        built = SCRIPTS.parent / ".build" / "release" / "segue"
        return [str(built)] if self.ours[0] == str(SCRIPTS / "segue") else self.ours[:-1]

    @property
    def threads(self):
        return int(self.environment["SEGUE_THREADS"])

    def segue(self, threads=None):
        environment = self.environment if threads is None else {**self.environment, "SEGUE_THREADS": str(threads)}
        return Side("Segue", self.ours, environment)

    def peers(self, names):
        """The sides of these peers, as far as they are installed."""
        sides = []
        for name in names:
            if name in self.missing:
                continue
            script, *words = self.PEERS[name][1]
            command = [sys.executable, "-B", str(SCRIPTS / script), *words]
            sides.append(Side(name, command, self.environment))
            if name == "PyTorch" and self.tcmalloc:
                sides.append(Side("PyTorch + tcmalloc", command, {**self.environment, "LD_PRELOAD": self.tcmalloc}))
        return sides


def measure(request, sides, quick):
    """All sides in turn, round after round: A B A B; short work gets more rounds. Ends them."""
    for side in sides:
        side.perform(request, counted=False)
    rounds, done, start = (3 if quick else 7), 0, time.perf_counter()
    while done < rounds or (done < 5 * rounds and time.perf_counter() - start < (2 if quick else 10)):
        for side in sides:
            time.sleep(PAUSE)
            side.perform(request)
        done += 1
    for side in sides:
        side.end()

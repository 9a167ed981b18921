"""The protocol: jupyter_kernel_test, and what must not go wrong: wrong signatures, ports in use, killed kernels, two kernels of one session."""
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import unittest

import jupyter_kernel_test
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

TIMEOUT = 60


class SegueKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "segue"
    language_name = "segue"
    file_extension = ".segue"
    code_stderr = "expect 1 > 2\n#! 1 is not > 2"
    completion_samples = [
        {"text": "load d", "matches": {"load dataset"}},
        {"text": "fda bet", "matches": {"beta="}},
        {"text": "x = build mod", "matches": {"build model"}},
    ]
    complete_code_samples = ["n = 25", "# words", "show 3\n#> 3", "load dataset\n  streets\n"]
    incomplete_code_samples = ["load dataset \\", "load dataset\n  streets"]
    invalid_code_samples = ["= 5", 'n = "open']
    code_generate_error = "show nothing"
    code_inspect_sample = "load dataset"
    code_display_data = [
        {"code": "s = load dataset streets", "mime": "text/plain"},
        {"code": "help data", "mime": "text/html"},
    ]

    def test_history(self):
        """Its own asks for execute_result, and outputs here are display_data, as in exported notebooks."""
        codes = ["a = 1\na", "b = 2"]
        tail = self.history_helper(codes, output=False, raw=True, hist_access_type="tail", n=2)["content"]["history"]
        self.assertEqual(codes, [entry[2] for entry in tail])
        session, start = tail[0][:2]
        one = self.history_helper([], output=True, raw=True, hist_access_type="range", session=session, start=start, stop=start + 1)["content"]["history"]
        self.assertEqual([["a = 1\na", "1"]], [entry[2] for entry in one])
        found = self.history_helper(codes, output=False, raw=True, hist_access_type="search", pattern="a*", unique=True)["content"]["history"]
        self.assertEqual(["a = 1\na"], [entry[2] for entry in found])


def started(**options):
    return start_new_kernel(kernel_name="segue", startup_timeout=TIMEOUT, **options)


def words(client, code, timeout=TIMEOUT):
    """What a cell shows as text, and its answer."""
    shown = []
    reply = client.execute_interactive(code, timeout=timeout, output_hook=lambda message: shown.append(message["content"]))
    texts = [content.get("text") or content.get("data", {}).get("text/plain") or content.get("evalue") or "" for content in shown]
    return "\n".join(texts), reply["content"]


def wrong_signature(failures):
    manager, client = started()
    log = pathlib.Path("signature.log")
    stranger = KernelManager(kernel_name="segue")
    with open(log, "w") as errors:
        stranger.start_kernel(stderr=errors)
    info = dict(stranger.get_connection_info(), key=b"another key")
    forger = BlockingKernelClient()
    forger.load_connection_info(info)
    forger.start_channels()
    forger.execute("written = 1\nsave written to=forged.txt")
    time.sleep(1)
    right = stranger.blocking_client()
    right.start_channels()
    right.wait_for_ready(timeout=TIMEOUT)
    if words(right, "written")[1]["status"] != "error":
        failures.append("a message with a wrong signature was executed")
    forger.stop_channels()
    right.stop_channels()
    stranger.shutdown_kernel()
    if "a message with a wrong signature was refused" not in log.read_text():
        failures.append(f"a wrong signature is not told: {log.read_text()!r}")
    client.stop_channels()
    manager.shutdown_kernel()


def port_in_use(failures, program):
    manager, client = started()
    done = subprocess.run([program, "kernel", manager.connection_file], capture_output=True, text=True, timeout=TIMEOUT)
    if done.returncode != 1 or "cannot listen at tcp://" not in done.stderr or "ddress already in use" not in done.stderr:
        failures.append(f"a port in use: {done}")
    if words(client, "n = 3")[1]["status"] != "ok":
        failures.append("a second kernel at the same ports disturbs the first")
    client.stop_channels()
    manager.shutdown_kernel()


def killed(failures, program):
    """A kernel that is killed in the middle of a training: what was named before is there, and the training goes on."""
    pathlib.Path("killed").mkdir()
    manager, client = started(cwd="killed")
    words(client, "s = load dataset streets size=64x32\nm = build model bisenet width=1/8")
    client.execute("t = train m on=s.source.train epochs=60")
    deadline = time.time() + TIMEOUT
    while time.time() < deadline:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if "epoch 3/" in json.dumps(message["content"]):
            break
    os.kill(manager.provisioner.pid, signal.SIGKILL)
    client.stop_channels()
    manager.cleanup_resources()
    sessions = subprocess.run([program, "sessions"], cwd="killed", capture_output=True, text=True).stdout
    name = sessions.split()[0] if sessions else ""
    manager = KernelManager(kernel_name="segue")
    manager.start_kernel(cwd="killed", extra_arguments=["--session", name])
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=TIMEOUT)
    shown, reply = words(client, "show s.source.val count=1")
    if reply["status"] != "ok" or "Was still running" not in shown:
        failures.append(f"after a kill: {shown!r} {reply['status']}; sessions: {sessions!r}")
    client.stop_channels()
    manager.shutdown_kernel()


def interrupted(failures):
    """An interrupt stops a training at its next step; the same cell goes on from there."""
    manager, client = started()
    words(client, "s = load dataset streets size=64x32\nm = build model bisenet width=1/8")
    client.execute("t = train m on=s.source.train epochs=40")
    deadline = time.time() + TIMEOUT
    # An epoch may be over before the display is updated.
    while time.time() < deadline and not re.search(r"epoch ([2-9]|\d\d)/", json.dumps(client.get_iopub_msg(timeout=TIMEOUT)["content"])):
        pass
    asked = time.time()
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=TIMEOUT)["content"]
    if reply["status"] != "error" or "go on where it stopped" not in reply["evalue"] or time.time() - asked > 10:
        failures.append(f"an interrupt: {reply} after {time.time() - asked:.1f} s")
    if words(client, "n = 1")[1]["status"] != "ok":
        failures.append("after an interrupt the next cell fails")
    client.stop_channels()
    manager.shutdown_kernel()


def two_of_one_session(failures):
    pathlib.Path("two").mkdir()
    managers = []
    for _ in range(2):
        manager = KernelManager(kernel_name="segue-session")
        manager.start_kernel(cwd="two")
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=TIMEOUT)
        managers.append((manager, client))
    first, _ = words(managers[0][1], "n = 1")
    second, reply = words(managers[1][1], "n = 2")
    if "is open elsewhere; this is a new one" not in second or reply["status"] != "ok":
        failures.append(f"two kernels of one session: {second!r}")
    if words(managers[0][1], "expect n = 1")[1]["status"] != "ok":
        failures.append("two kernels of one session disturb each other")
    for manager, client in managers:
        client.stop_channels()
        manager.shutdown_kernel()


def ends_in_time(failures):
    """Shut down while a training runs: the kernel ends by itself, before Jupyter kills it."""
    manager, client = started()
    client.execute("s = load dataset streets size=64x32\nm = build model bisenet width=1/8\nt = train m on=s.source.train epochs=500")
    deadline = time.time() + TIMEOUT
    # An epoch may be over before the display is updated.
    while time.time() < deadline and not re.search(r"epoch ([2-9]|\d\d)/", json.dumps(client.get_iopub_msg(timeout=TIMEOUT)["content"])):
        pass
    process = manager.provisioner.process
    client.shutdown()
    try:
        code = process.wait(timeout=10)
        if code != 0:
            failures.append(f"a shutdown during a training ends with {code}")
    except subprocess.TimeoutExpired:
        failures.append("a shutdown during a training is not heard")
        manager.shutdown_kernel(now=True)
    client.stop_channels()
    manager.cleanup_resources()


def check(work, keep, program, root):
    failures = []
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(SegueKernelTests)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failures += [f"{test}: {trace.strip().splitlines()[-1]}" for test, trace in result.failures + result.errors]
    print(f"jupyter_kernel_test: {result.testsRun} run, {len(result.skipped)} do not apply ({', '.join(reason for _, reason in result.skipped)})")
    for trial in (wrong_signature, interrupted, two_of_one_session, ends_in_time):
        print(trial.__name__, flush=True)
        trial(failures)
    for trial in (port_in_use, killed):
        print(trial.__name__, flush=True)
        trial(failures, program)
    return failures

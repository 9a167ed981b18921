"""How long it takes from starting a program in a terminal until it shows its prompt."""

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time

PROMPT, LONGEST = b"segue> ", 10


def start_to_prompt(command, rounds):
    """Seconds, of each round in an empty directory's session; the first one is not counted."""
    with tempfile.TemporaryDirectory() as directory:
        return [once(command, directory) for _ in range(rounds + 1)][1:]


def once(command, directory):
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(directory)
        os.execvp(command[0], command)
    seen = b""
    while PROMPT not in seen:
        if not select.select([terminal], [], [], LONGEST)[0]:
            raise RuntimeError(f"{command[0]} shows no prompt in {LONGEST} s")
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            raise RuntimeError(f"{command[0]} ended: {seen[-200:].decode(errors='replace')}") from None
    seconds = time.perf_counter() - start
    os.write(terminal, b"\x04")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass  # the terminal is gone with its program
    os.waitpid(process, 0)
    os.close(terminal)
    return seconds


def import_of(module, rounds):
    """Seconds that a Python takes to import it, likewise."""
    def once():
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
        return time.perf_counter() - start
    return [once() for _ in range(rounds + 1)][1:]

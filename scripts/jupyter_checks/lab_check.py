"""JupyterLab in Chromium: a cell is run, a picture seen, a word completed, a training interrupted. Its screenshots are there to be looked at."""
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import sync_playwright

TIMEOUT = 90_000


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def notebook(name, *cells):
    import nbformat

    made = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "segue", "display_name": "Segue", "language": "segue"}, "language_info": {"name": "segue"}})
    made.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    nbformat.write(made, name)


class Page:
    def __init__(self, page, keep):
        self.page, self.keep = page, keep

    def cell(self, index):
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(index)

    def click(self, index):
        self.cell(index).locator(".cm-content").click()

    def run(self, index):
        """Runs a cell; again where Lab was not ready for it."""
        for _ in range(20):
            self.click(index)
            self.page.keyboard.press("Control+Enter")
            time.sleep(1)
            if self.cell(index).locator(".jp-InputPrompt").inner_text().strip() not in ("[ ]:", "[]:"):
                return

    def shot(self, name):
        self.page.screenshot(path=str(self.keep / f"{name}.png"))


def look(page, failures):
    page.page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=TIMEOUT)
    page.page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=TIMEOUT)
    page.run(0)
    page.cell(0).locator(".jp-OutputArea-output").first.wait_for(timeout=TIMEOUT)
    page.run(1)
    picture = page.cell(1).locator("img")
    picture.wait_for(timeout=TIMEOUT)
    if not picture.evaluate("image => image.naturalWidth") > 100:
        failures.append("the picture has no pixels")
    page.shot("1-picture")
    page.run(2)
    page.cell(2).locator("table").first.wait_for(timeout=TIMEOUT)
    page.shot("2-table")
    page.run(3)
    page.cell(3).locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr'], .jp-OutputArea-output").first.wait_for(timeout=TIMEOUT)
    error = page.cell(3).locator("pre").last.inner_text()
    if "^~~~" not in error or "no value is named" not in error:
        failures.append(f"a failure reads {error!r}")
    page.shot("3-error")

    # A completion: the menu shows, and its first word is taken.
    page.click(4)
    page.page.keyboard.press("End")
    page.page.keyboard.press("Tab")
    page.page.wait_for_selector(".jp-Completer", timeout=TIMEOUT)
    time.sleep(0.5)
    page.shot("4-completion")
    words = page.page.locator(".jp-Completer-item").all_inner_texts()
    if not any("beta=" in text for text in words):
        failures.append(f"completion offers {words}")
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Shift+Tab")
    page.page.wait_for_selector(".jp-Tooltip", timeout=TIMEOUT)
    page.shot("5-help")
    if "fda" not in page.page.locator(".jp-Tooltip").inner_text():
        failures.append("the tooltip says nothing of fda")
    page.page.keyboard.press("Escape")

    # Interrupt a training by the button.
    page.run(5)
    page.cell(5).locator("progress").wait_for(timeout=TIMEOUT)
    time.sleep(2)
    page.shot("6-progress")
    page.page.locator('[data-command="notebook:interrupt-kernel"], jp-button[title*="Interrupt"], button[title*="Interrupt"]').first.click()
    page.cell(5).locator("pre", has_text="interrupted").last.wait_for(timeout=TIMEOUT)
    page.shot("7-interrupted")
    if "stopped at" not in page.cell(5).inner_text():
        failures.append(f"an interrupted training says {page.cell(5).inner_text()!r}")
    page.run(6)
    page.cell(6).locator(".jp-OutputArea-output").first.wait_for(timeout=TIMEOUT)
    page.shot("8-after")


def check(work, keep, program, root):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("lab: there is no Chromium, so nothing was tested")
        return []
    failures = []
    notebook(
        "lab.ipynb", "streets = load dataset streets", "show streets.target.val count=2", "net = build model bisenet width=1/8", "show nothing",
        "fda b", "small = load dataset streets size=128x64\nlong = train net on=small.source.train epochs=400", "after = 5\nafter")
    port = free_port()
    with open(keep / "lab.log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token=look", "--ServerApp.root_dir=" + str(work)],
            stdout=log, stderr=log, cwd=work)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api?token=look", timeout=2)
                break
            except OSError:
                time.sleep(0.5)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            page.goto(f"{address}/lab/tree/lab.ipynb?token=look&reset", timeout=TIMEOUT)
            try:
                look(Page(page, keep), failures)
            except Exception as error:  # what was on the screen says more than the exception
                page.screenshot(path=str(keep / "failed.png"))
                failures.append(f"{type(error).__name__}: {str(error).splitlines()[0]}")
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)
    listed = subprocess.run([program, "sessions"], capture_output=True, text=True, cwd=work).stdout
    if "notebook lab" not in listed:
        failures.append(f"the notebook's session is not named after it: {listed!r}")
    print(f"lab: screenshots are {[path.name for path in sorted(pathlib.Path(keep).glob('*.png'))]}")
    return failures

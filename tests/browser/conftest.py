"""The workbench as people have it: `burdenshare serve` in a process of its own, and the system's Chromium."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
CASE = "us-rok-sma"
COMMAND = (sys.executable, "-c", "from burdenshare.cli import main; main()")
NAMES = ("chromium", "chromium-browser", "google-chrome")
WAIT = 60_000  # milliseconds; generous, for machines with much else to do
WHY = "there is no Chromium here; install one (apt-get install chromium) to run the tests of the workbench in a browser"
HERE = Path(__file__).parent
_not_run: list[str] = []


def chromium() -> str | None:
    """Where the system's browser is."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() is None:
        for item in items:
            if HERE in item.path.parents:
                _not_run.append(item.name)
                item.add_marker(pytest.mark.skip(reason=WHY))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _not_run:
        terminalreporter.write_line(f"NOT RUN, for {WHY}:", yellow=True)
        for name in _not_run:
            terminalreporter.write_line(f"  tests/browser: {name}", yellow=True)


@dataclass
class Serving:
    """A workbench under way: its address, its record, and what it says."""

    base: str
    db: Path
    process: subprocess.Popen[bytes]
    log: Path

    def url(self, path: str = "") -> str:
        return f"{self.base}/{CASE}{path}"


def burdenshare(db: Path, *words: str, **given: Any) -> subprocess.CompletedProcess[str]:
    """Runs a command on a record."""
    command = [*COMMAND, "--db", str(db), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=180, **given)


@dataclass
class Servers:
    """Workbenches, each started when it is first asked for, all ended at the end."""

    running: list[Serving] = field(default_factory=list)

    def start(self, db: Path, *options: str) -> Serving:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = db.with_suffix(".log")
        command = [*COMMAND, "--db", str(db), "serve", "--no-open", "--port", str(port), "--who", "kim"]
        with log.open("wb") as out:
            process = subprocess.Popen([*command, *options], stdout=out, stderr=out)
        found = Serving(f"http://127.0.0.1:{port}", db, process, log)
        self.running.append(found)
        return found

    def ready(self, serving: Serving) -> Serving:
        """The same once it answers."""
        until = time.monotonic() + WAIT / 1000
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{serving.base}/static/mark.svg", timeout=5).read()
                return serving
            except (urllib.error.URLError, OSError):
                if serving.process.poll() is not None:
                    break
                time.sleep(0.2)
        raise RuntimeError(f"the workbench did not start: {serving.log.read_text(errors='replace')[-2000:]}")

    def end(self) -> None:
        for serving in self.running:
            serving.process.terminate()
        for serving in self.running:
            try:
                serving.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                serving.process.kill()


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    found = Servers()
    try:
        yield found
    finally:
        found.end()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def examples(folder: Path) -> Path:
    """A record of the example reports."""
    burdenshare(folder / "examples.db", "read", str(EXAMPLES))
    return folder / "examples.db"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = chromium()
    assert path is not None
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@dataclass
class Watched:
    """What a page did that none of ours may do."""

    base: str
    seen: list[str] = field(default_factory=list)
    allowed: tuple[str, ...] = ()  # parts of messages that a test expects

    def on(self, page: Any) -> Any:
        page.on("pageerror", lambda e: self.seen.append(f"error: {e}"))
        page.on("console", self._console)
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        return page

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text}")

    def _dialog(self, dialog: Any) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self.seen.append(f"asked another host: {request.url}")

    def check(self) -> None:
        left = [x for x in self.seen if not any(part in x for part in self.allowed)]
        assert not left, left


Opening = Callable[..., Any]


@pytest.fixture
def opening(browser: Any) -> Iterator[Opening]:
    """Opens a page on a workbench; afterwards none may have failed, asked another host or put up a dialog."""
    watched: list[Watched] = []
    contexts: list[Any] = []

    def open_page(serving: Serving, path: str | None = None, *, allowed: tuple[str, ...] = (), **given: Any) -> Any:
        context = browser.new_context(**{"locale": "en-US", "viewport": {"width": 1280, "height": 900}, **given})
        contexts.append(context)
        context.set_default_timeout(WAIT)
        watched.append(Watched(serving.base, allowed=allowed))
        page = watched[-1].on(context.new_page())
        if path is not None:
            page.goto(serving.url(path))
        return page

    yield open_page
    for context in contexts:
        context.close()
    for one in watched:
        one.check()

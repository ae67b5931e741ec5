"""Takes the pictures of docs/workbench.md: `burdenshare serve` on the example reports, in the system's Chromium.

python docs/screenshots.py [FOLDER]
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CASE = "us-rok-sma"
COMMAND = (sys.executable, "-c", "from burdenshare.cli import main; main()")
WIDE, PHONE = {"width": 1200, "height": 800}, {"width": 390, "height": 780}
DAY = "as_of=2019-12-10"
# name, address, and how it is looked at
PICTURES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("talks", "?as_of=2019-12-31", {}),
    ("talks-korean-dark", "?as_of=2019-12-31", {"locale": "ko", "color_scheme": "dark"}),
    ("talks-phone", "?as_of=2019-12-31", {"viewport": PHONE}),
    ("reports", "/reports", {}),
    ("report", "/reports/{report}", {}),
    ("add", "/reports/add", {}),
    ("review", "/review", {}),
    ("rounds", "/rounds", {}),
    ("item", "/items/rounds/{claim}", {}),
    ("positions", "/positions", {}),
    ("terms", "/terms", {}),
    ("figures", "/figures", {}),
    ("costs", "/costs", {}),
    ("outlook", f"/outlook?{DAY}&demand=25", {"viewport": {"width": 1200, "height": 1400}}),
    ("table", "/table?side=watch&seed=2", {}),
    ("changes", "/changes?since=2019-12-01", {}),
    ("search", "/search?q=furlough", {}),
    ("briefing", "/brief?as_of=2019-12-31", {}),
    ("downloads", "/downloads", {}),
)
COLOURS = 64  # of a picture's palette; the pages have few, and the files stay small


def main(folder: Path) -> int:
    """Takes every picture into the folder; says what it wrote."""
    path = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if path is None:
        print("There is no Chromium here; install one (apt-get install chromium).", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as held:
        db = str(Path(held) / "talks.db")
        subprocess.run([*COMMAND, "--db", db, "read", str(ROOT / "examples" / "reports")], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        serving = subprocess.Popen([*COMMAND, "--db", db, "serve", "--no-open", "--port", str(port), "--who", "kim"])
        try:
            take(f"http://127.0.0.1:{port}", path, folder, ids(db))
        finally:
            serving.terminate()
            serving.wait(timeout=30)
    total = sum(f.stat().st_size for f in folder.glob("*.png"))
    print(f"{len(PICTURES)} pictures, {total / 1000:,.0f} kB in all, in {folder}")
    return 0


def ids(db: str) -> dict[str, str]:
    """A report and a claim to show."""
    from burdenshare.record import open_record

    with open_record(db) as record:
        report = next(r.id for r in record.reports() if "03-" in r.origin)
        claims = record.entries(case=CASE, kind="round")
        return {"report": report, "claim": next(e.id for e in claims if getattr(e.claim, "number", 0) == 3)}


def take(base: str, browser_path: str, folder: Path, names: dict[str, str]) -> None:
    """Opens each page and keeps what one sees first of it."""
    from playwright.sync_api import sync_playwright

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{base}/static/mark.svg", timeout=5).read()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        warm = browser.new_page()  # the forecasts of the months before come after a while
        warm.goto(f"{base}/{CASE}/outlook?as_of=2019-12-31")
        warm.wait_for_selector("#fan-over-time figure", timeout=60_000)
        for name, where, look in PICTURES:
            context = browser.new_context(**{"viewport": WIDE, "locale": "en-US", "reduced_motion": "reduce", **look})
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(f"{base}/{CASE}{where.format(**names)}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(folder / f"{name}.png"))
            context.close()
            smaller(folder / f"{name}.png")
        browser.close()


def smaller(picture: Path) -> None:
    """The picture with a palette of few colours, where Pillow is there to make it."""
    try:
        from PIL import Image
    except ModuleNotFoundError:
        return
    with Image.open(picture) as held:
        few = held.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"))

"""Make docs/pictures/cart.png and inbox.png from a demo of its own: make pictures.

Starts the demo in an empty folder, lives the first half of the golden path in the system's
Chromium, and takes the two pictures of the README on the way.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CART = "ICU-4 week 48"
READY_SECONDS = 400


@contextmanager
def running_demo() -> Iterator[str]:
    """The address of a demo that lives as long as the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="placet-pictures-") as folder:
        environment = {**os.environ, "PLACET_STATE": folder}
        environment.pop("PLACET_DATABASE_URL", None)
        command = [str(Path(sys.executable).parent / "placet"), "demo", "--port", str(port)]
        demo = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
        try:
            wait_for(address, demo)
            yield address
        finally:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait(timeout=30)


def wait_for(address: str, demo: "subprocess.Popen[bytes]") -> None:
    """Return when the first page answers."""
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at and demo.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except OSError:
            time.sleep(0.3)
    sys.exit(f"the demo did not answer at {address}")


def try_as(page: Page, address: str, name: str) -> None:
    """Be this person, from the page where the demo begins."""
    page.goto(address)
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.wait_for_load_state("networkidle")


def fill(page: Page) -> None:
    """Paste the lines of the golden path, write its reference, and leave the fields."""
    from placet.demo.world.golden import PASTE, PO_NUMBER

    page.locator("#add-text").fill(PASTE)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("3,240.00").first.wait_for()
    page.locator("#po").fill(PO_NUMBER)
    page.locator("#po").blur()
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 0)")


def take(page: Page, name: str) -> None:
    """One picture of what a person sees without scrolling."""
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)  # the row below the pointer is another colour
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def main() -> None:
    """Make both pictures."""
    with running_demo() as address, sync_playwright() as programs:
        browser = programs.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, color_scheme="light")
        try_as(page, address, "Lena")
        page.get_by_role("link", name=re.compile("Carts")).first.click()
        page.get_by_role("link", name=CART).first.click()
        fill(page)
        take(page, "cart")
        try_as(page, address, "Rashid")
        page.get_by_role("link", name=re.compile("Inbox")).first.click()
        take(page, "inbox")
        browser.close()
    sys.stdout.write(f"wrote {PICTURES}/cart.png and inbox.png\n")


if __name__ == "__main__":
    main()

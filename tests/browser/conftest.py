"""A real browser at a real demo. Anything that it complains about fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.demo import running_demo, verify_demo

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)
WISHES: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}
PATIENCE_MS = 20_000
AT_REST = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
"""What a page asks for by itself when it was loaded has arrived."""


@pytest.fixture(scope="session")
def demo_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this worker's demo."""
    return tmp_path_factory.getbasetemp() / "demo"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_state: Path) -> Iterator[str]:
    """The address of a demo of this worker; in the end its promise is verified."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with running_demo(shared, demo_state) as address:
        yield address
    assert not verify_demo(demo_state), verify_demo(demo_state)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as programs:
        started = programs.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield started
        started.close()


class Visitor:
    """A tab; ``complaints`` are errors of scripts and of the content security policy."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goes(self, path: str, status: int = 200) -> Page:
        """Open a path of the demo and wait until nothing is loaded any more."""
        answer = self.page.goto(self.address + path, wait_until="load")
        assert answer is not None
        assert answer.status == status, (path, answer.status)
        self.page.wait_for_function(AT_REST)
        return self.page

    def becomes(self, name: str) -> Page:
        """Be somebody: from the page where the demo begins."""
        page = self.goes("/")
        for fold in page.locator("main details", has=page.locator("button", has_text=name)).all():
            fold.locator("summary").first.click()
        with page.expect_navigation(wait_until="load"):
            page.locator("main form button:visible", has_text=name).first.click()
        page.wait_for_function(AT_REST)
        return page

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")


@pytest.fixture(scope="session")
def tabs(browser: Browser, demo: str) -> Iterator[Callable[[str], Visitor]]:
    """``tabs("Lena Vogt")``: one tab of each person for the tests that only look at pages."""
    opened: dict[str, Visitor] = {}

    def tab_of(name: str) -> Visitor:
        if name not in opened:
            opened[name] = Visitor(browser.new_context(**WISHES), demo)
            if name:
                opened[name].becomes(name)
        opened[name].complaints.clear()
        return opened[name]

    yield tab_of
    for visitor in opened.values():
        visitor.context.close()


@pytest.fixture
def visit(browser: Browser, demo: str) -> Iterator[Callable[..., Visitor]]:
    """``visit(java_script_enabled=False)`` opens a tab with a session of its own."""
    visitors: list[Visitor] = []

    def open_tab(**wishes: Any) -> Visitor:
        visitors.append(Visitor(browser.new_context(**{**WISHES, **wishes}), demo))
        return visitors[-1]

    yield open_tab
    complaints = [said for visitor in visitors for said in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, complaints

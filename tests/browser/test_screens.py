"""Every screen in a browser: readable by everybody, in light and dark, and never too wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.screens import ELSEWHERE, SCREENS, Screen
from tests.web.test_rights_matrix import PAGES

WIDTHS = (360, 768, 1440)
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules whose answer depends on colours: all that the dark scheme changes."""
STATUS = {"not allowed": 403, "not there": 404}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_screen(screen: Screen, tabs: Callable[[str], Visitor]) -> None:
    visitor = tabs(screen.person)
    visitor.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page = reach(visitor, screen)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], f"scrolls sideways at {width}"
    assert violations(page) == [], "light"
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, OF_COLOURS) == [], "dark"
    if screen.route not in STATUS:  # the console says that the page answered 403 or 404
        assert not visitor.complaints, visitor.complaints


def test_every_page_for_people_is_looked_at() -> None:
    """A new page is added to ``SCREENS``, or to ``ELSEWHERE`` with the reason why not."""
    shown = {row.route for row in PAGES if row.method == "GET"}
    assert shown - {screen.route for screen in SCREENS} - set(ELSEWHERE) == set()


def reach(visitor: Visitor, screen: Screen) -> Page:
    """Go where they start, and follow the links."""
    page = visitor.page
    visitor.goes(screen.start, STATUS.get(screen.route, 200))
    for part in screen.follow:
        href = page.locator(f"main a[href*='{part}']").first.get_attribute("href")
        assert href is not None
        visitor.goes(urljoin(page.url, href).removeprefix(visitor.address))
    return page


def too_wide(page: Page) -> list[str]:
    """What reaches over the right edge; nothing when the page does not scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter((one) => one.getBoundingClientRect().right > width + 1)
                .map((one) => `${one.tagName} ${one.id || one.className}`)
                .slice(0, 5);
        }"""
    )
    return found


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, or some rules of it, each with the elements."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:4]]}"
        for one in found
    ]

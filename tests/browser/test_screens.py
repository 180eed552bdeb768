"""Every screen in a browser: readable by everybody, in light and dark, and never too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.screens import ELSEWHERE, NOBODY, SCREENS, Screen
from tests.web.rights import (
    account,
    pages_of_admins,
    pages_of_approvers,
    pages_of_buyers,
    pages_of_companies,
    pages_of_merchants,
    pages_of_organisation,
)

WIDTHS = (360, 768, 1440)
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
axe = Axe()


@pytest.mark.browser
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_screen(screen: Screen, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = reach(visitor, screen)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], f"scrolls sideways at {width}"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == [], scheme
    if screen.route in ("not allowed", "not there"):
        visitor.complaints.clear()  # the console says that the page answered 403 or 404


def test_every_page_for_people_is_looked_at() -> None:
    """A new page is added to ``SCREENS``, or to ``ELSEWHERE`` with the reason why not."""
    rows = (
        *pages_of_buyers.ROWS,
        *pages_of_approvers.ROWS,
        *pages_of_merchants.ROWS,
        *pages_of_admins.ROWS,
        *pages_of_companies.ROWS,
        *pages_of_organisation.ROWS,
        *account.ROWS,
        *account.LINK,
    )
    shown = {row.route for row in rows if row.method == "GET"}
    assert shown - {screen.route for screen in SCREENS} - set(ELSEWHERE) == set()


def reach(visitor: Visitor, screen: Screen) -> Page:
    """Become the person, go where they start, follow the links."""
    if screen.person != NOBODY:
        visitor.becomes(screen.person)
    page = visitor.page
    page.goto(visitor.address + screen.start, wait_until="networkidle")
    for part in screen.follow:
        href = page.locator(f"main a[href*='{part}']").first.get_attribute("href")
        assert href is not None
        page.goto(visitor.address + href, wait_until="networkidle")
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


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, each with the elements."""
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": LEVELS},
        "resultTypes": ["violations"],
    }
    found = axe.run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:4]]}"
        for one in found
    ]

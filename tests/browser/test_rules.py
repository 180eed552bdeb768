"""A purchasing manager changes rules in a browser, with and without script, up to the undo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.screens import ADMIN, MINE
from tests.browser.test_screens import WIDTHS, too_wide, violations

pytestmark = pytest.mark.browser


def opens_draft(visitor: Visitor) -> Page:
    """Ines at the draft of Meridian's rules."""
    visitor.becomes(ADMIN)
    page = visitor.goes(MINE + "rules/")
    page.locator("main a[href$='/draft/']").first.click()
    page.wait_for_load_state("networkidle")
    return page


def chooses(page: Page, rule: str, entry: str) -> None:
    """Open the menu of a rule and press one of its buttons."""
    row = page.locator(f"li[id='{rule}']")
    row.get_by_label(re.compile("^More for")).click()
    row.get_by_role("button", name=entry).click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_rule_is_removed_and_put_back(visit: Callable[..., Visitor], *, has_script: bool) -> None:
    visitor = visit(java_script_enabled=has_script)
    page = opens_draft(visitor)
    before = [row.get_attribute("id") for row in page.locator("ol.rules > li").all()]
    chooses(page, "dearer", "Remove")
    expect(page.get_by_text("A rule was removed from the draft.")).to_be_visible()
    expect(page.get_by_text("Removed: Dearer than last time")).to_be_visible()
    if has_script:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert too_wide(page) == [], width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert violations(page) == [], scheme
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state("networkidle")
    assert [row.get_attribute("id") for row in page.locator("ol.rules > li").all()] == before
    page.get_by_role("link", name="Discard the draft").click()
    if has_script:
        assert violations(page) == []
    page.get_by_label(re.compile("to confirm$")).fill("Meridian's approval rules")
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("The draft is gone.")).to_be_visible()

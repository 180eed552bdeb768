"""A purchasing manager tries a draft on past purchases, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_rules import chooses, opens_draft
from tests.browser.test_screens import WIDTHS, too_wide, violations

pytestmark = pytest.mark.browser

RESULT = "Purchases that would go another way"


@pytest.mark.parametrize("has_script", [True, False])
def test_a_draft_is_tried_and_the_list_filtered(
    visit: Callable[..., Visitor], *, has_script: bool
) -> None:
    visitor = visit(java_script_enabled=has_script)
    page = opens_draft(visitor)
    chooses(page, "medical-devices", "Remove")
    page.get_by_role("link", name="Try it on past purchases").click()
    page.get_by_role("button", name="Start the back-test").click()
    result = page.get_by_role("heading", name=RESULT)
    if not has_script:
        # Nobody asks again by itself: the person does, as often as it takes.
        for _ in range(200):
            if result.count():
                break
            page.get_by_role("link", name="Look again").click()
    expect(result).to_be_visible()
    page.get_by_role("link", name="Approval gone").click()
    expect(page.locator("#changes [aria-current]")).to_contain_text("Approval gone")
    expect(page.locator("#changes tbody tr").first).to_contain_text("Medical devices")
    if has_script:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert too_wide(page) == [], width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert violations(page) == [], scheme
    page.get_by_role("link", name="To the draft").click()
    page.get_by_role("link", name="Discard the draft").click()
    page.get_by_label("to confirm").fill("Meridian's approval rules")
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("The draft is gone.")).to_be_visible()

"""Everything works without JavaScript: the buyer's part and an approver's, by forms alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_cart_is_filled_submitted_and_approved_without_script(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = visitor.becomes("Lena Vogt")
    visitor.goes("/c/meridian/carts/")
    page.get_by_label("Name of a new cart").fill("By hand")
    page.get_by_role("button", name="New cart").click()
    page.get_by_label("Add a product").fill("NS-10412 120\nNS-10413 24")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("main")).to_contain_text("2 lines")

    # One line fewer, another quantity, and where it goes.
    quantity = page.get_by_role("spinbutton", name="Quantity, line 2")
    quantity.fill("30")
    page.get_by_role("button", name="Set").nth(1).click()
    expect(quantity).to_have_value("30")
    page.get_by_label("PO reference").fill("PR-90001")
    page.get_by_label("Cost centre").select_option(index=1)
    page.get_by_label("Ship-to").select_option(index=1)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("PO reference")).to_have_value("PR-90001")

    if page.get_by_label("I have read this").count():
        page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Submit for approval").first.click()
    expect(page).to_have_url(re.compile(r"/requisitions/REQ-\d+/"))
    expect(page.locator("main")).to_contain_text("Waiting for")


def test_the_inbox_is_answered_without_script(visit: Callable[..., Visitor]) -> None:
    visitor = visit(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = visitor.becomes("Rashid Haddad")
    visitor.goes("/c/meridian/inbox/")
    first = page.locator("[data-row] a.name").first
    name = first.inner_text()
    first.click()
    page.get_by_label("Reject").first.check()
    page.get_by_label("Comment", exact=True).fill("Not this month.")
    page.locator("#verdict").get_by_role("button", name="Reject").click()
    expect(page).to_have_url(re.compile("/inbox/"))
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("main h1")).to_contain_text(name)
    expect(page.locator("#verdict")).to_be_visible()

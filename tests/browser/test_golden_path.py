"""The golden path by hand: the demo's first page, four people, real mail, a real worker."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from placet.demo.world import golden
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
TOTAL = "3,240.00"


def fill_the_cart(page: Page) -> None:
    """Paste the fourteen lines of the demo's first page, and say where it goes."""
    page.get_by_role("link", name=golden.CART_NAME).first.click()
    page.get_by_label("Add a product").fill(golden.PASTE)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#panel")).to_contain_text(TOTAL)


def test_the_road_from_the_first_page_to_the_evidence(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.becomes("Lena Vogt")
    page.goto(visitor.address + "/c/meridian/carts/")
    fill_the_cart(page)
    panel = page.locator("#panel")
    for words in (
        "Needs 2 approvals",
        "Rashid Haddad",
        "Order over 500.00 EUR on cost centre 4410",
        "Biomedical engineering",
        "any 1 of 3",
        "Not needed: Finance",
        "1,760.00 EUR away",
        "1,260.00 left",
        "Delivery is free",
    ):
        expect(panel).to_contain_text(words)
    page.get_by_label("PO reference").fill(golden.PO_NUMBER)
    page.get_by_label("PO reference").press("Tab")
    # While the reference is being kept the button waits: what is submitted holds it.
    page.get_by_role("button", name="Submit for approval").first.click()
    page.wait_for_url("**/requisitions/REQ-*/")
    number = re.search(r"REQ-\d+", page.url)
    assert number is not None
    expect(page.locator("main")).to_contain_text("Waiting for Rashid Haddad")

    # The merchant sees that it waits, and nothing to work on.
    page = visitor.becomes("Tomas Lindgren")
    expect(page.locator("main")).not_to_contain_text(golden.PO_NUMBER)
    page.goto(visitor.address + "/c/norden/awaiting/")
    expect(page.locator("main")).to_contain_text(golden.PO_NUMBER)

    approve_from_the_mailbox(visitor)
    approve_in_the_inbox(visitor)

    # The order exists once; the demo's ERP got it signed and takes it over.
    page = visitor.becomes("Tomas Lindgren")
    page.goto(visitor.address + "/c/norden/orders/?status=unprocessed")
    wait_for(page, golden.PO_NUMBER)
    row = page.locator("[data-row]", has_text=golden.PO_NUMBER)
    expect(row).to_have_count(1)
    row.get_by_role("link").first.click()
    page.get_by_label("Number in your system").fill("SO-4711")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator("main")).to_contain_text("SO-4711")
    page.goto(visitor.address + "/demo/erp/")
    wait_for(page, "order.created")

    page = visitor.becomes("Lena Vogt")
    page.goto(visitor.address + f"/c/meridian/requisitions/{number.group()}/evidence/")
    proof = page.locator("main")
    for words in ("Every hash matches", "Rashid Haddad", "from the mail", "Anika Rao", "SO-4711"):
        expect(proof).to_contain_text(words)


def approve_from_the_mailbox(visitor: Visitor) -> None:
    """Rashid's mail came over SMTP; its button opens a page, and that page's button decides."""
    page = visitor.goes("/demo/mail/")
    wait_for(page, golden.CART_NAME)
    mine = page.get_by_role("link", name=re.compile(f"Rashid Haddad.*{golden.CART_NAME}"))
    mine.first.click()
    letter = page.frame_locator("iframe").get_by_role("link").first
    address = letter.get_attribute("href")
    assert address is not None
    assert "/d/" in address
    visitor.becomes("Rashid Haddad")
    page.goto(address)
    expect(page.locator("main")).to_contain_text(TOTAL)
    page.get_by_role("button", name=re.compile("^Approve")).click()
    expect(page.locator("main")).to_contain_text("Approved. Thank you.")


def approve_in_the_inbox(visitor: Visitor) -> None:
    """Any one of three: Anika opens it from her inbox and chooses."""
    page = visitor.becomes("Anika Rao")
    page.goto(visitor.address + "/c/meridian/inbox/")
    page.get_by_role("link", name=golden.CART_NAME).first.click()
    verdict = page.locator("#verdict")
    verdict.get_by_text("Approve", exact=True).first.click()
    verdict.get_by_role("button", name=re.compile("^Approve")).click()
    page.wait_for_url("**/inbox/")
    expect(page.locator(".toast").first).to_contain_text("Undo")


def wait_for(page: Page, words: str) -> None:
    """Look again until the worker has done its part."""
    for _attempt in range(60):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{page.url} never says {words!r}")

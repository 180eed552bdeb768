"""The merchant's day by hand: what waits, an order refused and taken over, a quote, the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
QUOTE = "Gloves for the spring"
LINES = re.compile(r"[2-9] lines")


def test_from_today_to_the_report(visit: Callable[..., Visitor]) -> None:
    asks_for_a_quote(visit())
    visitor = visit()
    visitor.becomes("Tomas Lindgren")
    today = visitor.goes("/c/norden/").locator("main")
    expect(today.get_by_role("heading", level=1)).to_have_text("Today")
    expect(today).to_contain_text("Orders to take over")

    # What customers still approve is no work yet: nothing there can be taken over.
    waiting = visitor.goes("/c/norden/awaiting/").locator("main")
    expect(waiting.locator("[data-row]").first).to_be_visible()
    expect(waiting.get_by_role("button", name="Acknowledge")).to_have_count(0)

    number = refuses_an_order(visitor)
    page = finds_it_stuck(visitor, number)
    page.get_by_label("Number in your system").fill("SO-7001")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator("main")).to_contain_text("The supplier took it over as SO-7001.")
    ships_a_part(page)

    answers_the_quote(visitor)
    visitor.goes("/c/norden/reports/?kind=orders")
    expect(visitor.page.locator("main")).to_contain_text("Exported")


def asks_for_a_quote(visitor: Visitor) -> None:
    """Lena asks what gloves would cost."""
    visitor.becomes("Lena Vogt")
    page = visitor.goes("/c/meridian/quotes/new/")
    page.get_by_label("Name").fill(QUOTE)
    page.get_by_label("Products").fill("NS-10412 400")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator("main")).to_contain_text("whose turn it is")


def refuses_an_order(visitor: Visitor) -> str:
    """The merchant's system does not take an order of several lines; returns its number."""
    page = visitor.goes("/c/norden/orders/?status=unprocessed")
    row = page.locator("[data-row]", has_text=LINES).first
    number = row.get_by_role("link").first.inner_text().strip()
    row.get_by_role("link").first.click()
    page.wait_for_url(f"**/orders/{number}/")
    page.get_by_text("It cannot be taken over").click()
    page.get_by_label("What is wrong").fill("Ward 4 is no ship-to of ours.")
    page.get_by_role("button", name="Mark as failed").click()
    expect(page.locator("main")).to_contain_text("It could not be taken over")
    return number


def finds_it_stuck(visitor: Visitor, number: str) -> Page:
    """It stands among the exceptions with its reason, and leads to the order."""
    page = visitor.goes("/c/norden/exceptions/?kind=failed")
    row = page.locator("[data-row]", has_text=number)
    expect(row).to_contain_text("Ward 4 is no ship-to of ours.")
    row.get_by_role("link", name=number, exact=True).click()
    page.wait_for_url(f"**/orders/{number}/")
    page.get_by_role("button", name="Back to unprocessed").click()
    expect(page.locator("main")).to_contain_text("It waits to be taken over.")
    return page


def ships_a_part(page: Page) -> None:
    """The first line leaves whole, the others get a day."""
    delivery = page.locator("#delivery")
    leaving = delivery.get_by_label(re.compile("leaves now$"))
    for place in range(1, leaving.count()):
        leaving.nth(place).fill("0")
    later = date.fromisoformat(delivery.get_by_label("Left on").input_value()) + timedelta(days=9)
    delivery.get_by_label("Carrier").fill("DHL")
    delivery.get_by_role("button", name="Enter the shipment").click()
    expect(delivery).to_contain_text("Shipment 1")
    for field in delivery.get_by_label(re.compile("is expected$")).all():
        field.fill(later.isoformat())
    delivery.get_by_role("button", name="Keep the expected days").click()
    expect(delivery.locator(".card-head")).to_contain_text("still to come, ")


def answers_the_quote(visitor: Visitor) -> None:
    """The offer that Lena asked for, without a discount."""
    page = visitor.goes("/c/norden/quotes/?turn=mine")
    page.locator("[data-row]", has_text=QUOTE).first.get_by_role("link").first.click()
    page.get_by_role("link", name="Make an offer").click()
    page.get_by_label("Unit price").first.fill("9.00")
    page.get_by_role("button", name="Send the offer").click()
    expect(page.locator("main")).to_contain_text("Your offer is with")

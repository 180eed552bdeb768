"""Two people with one cart open: each sees what the other does, and keeps what they are typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
SOON = 30_000
"""An open cart asks every few seconds; under load it takes longer."""


def open_shared_cart(visitor: Visitor) -> str:
    """Lena begins a cart and lets Pavel edit it; its address."""
    page = visitor.becomes("Lena Vogt")
    page.goto(visitor.address + "/c/meridian/carts/")
    page.get_by_label("Name of a new cart").fill("Two at once")
    page.get_by_role("button", name="New cart").click()
    page.wait_for_url("**/carts/cart_*/")
    page.get_by_label("Add a product").fill("NS-10412 10")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#line-1")).to_contain_text("NS-10412")
    choice = page.locator("#share-member option", has_text="Pavel").first
    page.locator("#share-member").select_option(choice.get_attribute("value"))
    page.locator("#share-level").select_option("edit")
    page.locator("#people").get_by_role("button", name="Share").click()
    expect(page.locator("#people")).to_contain_text("Pavel")
    return page.url.partition("?")[0].removeprefix(visitor.address)


def quantity(page: Page, line: int = 1) -> str:
    return page.locator(f"#line-{line} input[name=quantity]").input_value()


def test_each_sees_what_the_other_does(visit: Callable[..., Visitor]) -> None:
    first, second = visit(), visit()
    path = open_shared_cart(first)
    lena = first.page
    second.becomes("Pavel")
    pavel = second.goes(path)

    field = pavel.locator("#line-1 input[name=quantity]")
    field.fill("40")
    field.press("Tab")
    expect(pavel.locator("#line-1")).to_contain_text("You changed this to 40", timeout=SOON)
    expect(lena.locator("#line-1")).to_contain_text("changed this to 40", timeout=SOON)
    assert quantity(lena) == "40"

    # While Lena types nothing is taken away from her; she is told, and may look.
    typed = lena.get_by_label("Comment on the cart")
    typed.fill("Do we need")
    pavel.get_by_label("Add a product").fill("NS-20871 30")
    pavel.get_by_role("button", name="Add", exact=True).click()
    expect(pavel.locator("#line-2")).to_contain_text("NS-20871", timeout=SOON)
    expect(lena.locator("#pulse")).to_contain_text("What you are typing stays", timeout=SOON)
    assert typed.input_value() == "Do we need"
    expect(lena.locator("#line-2")).to_have_count(0)

    # What she saw before he changed it is no longer there to be changed: she is told who did.
    typed.fill("")
    typed.blur()
    expect(lena.locator("#line-2")).to_contain_text("NS-20871", timeout=SOON)
    for visitor in (first, second):
        assert visitor.complaints == []

"""Who clicks twice means once: a form that leaves the page is sent by the first click alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Visitor


def make_cart(page: Page, name: str) -> None:
    """Click twice before the first answer is there; one request has left."""
    held: list[Route] = []
    page.route("**/carts/new/", lambda route: held.append(route))
    page.get_by_label("Name of a new cart").fill(name)
    box = page.get_by_role("button", name="New cart").bounding_box()
    assert box is not None
    with page.expect_request("**/carts/new/"):
        for _click in range(2):
            page.mouse.click(box["x"] + 10, box["y"] + 10)
    page.request.get(page.url)  # takes longer than a click that sends something
    assert len(held) == 1
    held[0].continue_()
    page.unroute("**/carts/new/")
    page.wait_for_url("**/carts/cart_*/")


@pytest.mark.browser
def test_a_second_click_sends_nothing(visit: Callable[..., Visitor]) -> None:
    visitor = visit(reduced_motion="reduce")
    # Her carts are nobody else's start: what is made here stands first in her list from now on.
    visitor.becomes("Marco Bianchi")
    page = visitor.goes("/c/meridian/carts/")
    make_cart(page, "Clicked twice")
    # Whoever comes back to the page may send the form again.
    page.go_back()
    make_cart(page, "Once more")

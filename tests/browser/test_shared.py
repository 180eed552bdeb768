"""A cart that is shared outside: opened signed out, commented on, and answered from inside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AT_REST, Visitor
from tests.browser.screens import BUYER, MINE
from tests.browser.test_screens import OF_COLOURS, WIDTHS, too_wide, violations

ADDRESS = "guest@clinic.test"


@pytest.mark.browser
def test_somebody_outside_talks_with_those_inside(visit: Callable[..., Visitor]) -> None:
    lena, guest = visit(), visit()
    lena.becomes(BUYER)
    link = make_link(lena)
    page = guest.goes(link)
    looks_well(page)
    page.get_by_label("Your name").fill("Gus Guest")
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    press(page, "Send me the mail")
    guest.goes(confirmation(guest))
    looks_well(page)
    press(page, "Yes, this is my address")
    assert page.url.startswith(guest.address + link)
    page.locator("main [name=text]").fill("Bed 12 needs a longer cable.")
    press(page, "Comment")
    looks_well(page)
    lena.goes(cart_links(lena))
    conversation = lena.page.locator("main a[href*='/threads/']").first.get_attribute("href")
    assert conversation
    lena.goes(conversation)
    looks_well(lena.page)
    lena.page.locator("main [name=text]").fill("We add one.")
    lena.page.locator("main form:has([name=text]) button.btn-primary").click()
    lena.page.wait_for_load_state("load")
    assert "We add one." in guest.goes(link).locator("main").inner_text()


def cart_links(visitor: Visitor) -> str:
    """Where the links of the first cart are made."""
    cart = visitor.goes(MINE + "carts/?").locator("main a[href*='/carts/cart_']").first
    return f"{cart.get_attribute('href')}links/"


def make_link(visitor: Visitor) -> str:
    """A new link that may be commented on: its path."""
    page = visitor.goes(cart_links(visitor))
    page.get_by_label("Allow comments").check()
    press(page, "Make the link")
    said = page.locator("main code, main pre").first.inner_text()
    return said.strip().removeprefix(visitor.address)


def confirmation(visitor: Visitor) -> str:
    """The path in the mail that asks whether the address is right."""
    page = visitor.page
    mail = page.locator("main a", has_text=ADDRESS).filter(has_text="Confirm")
    for _look in range(50):
        visitor.goes("/demo/mail/")
        if mail.count():
            break
        page.wait_for_timeout(200)
    mail.first.click()
    page.wait_for_load_state("load")
    frame = page.frame_locator("main iframe")
    href = frame.locator("a[href*='/s/guest/']").first.get_attribute("href")
    assert href
    return href.removeprefix(visitor.address)


def press(page: Page, label: str) -> None:
    """Send a form and wait for the page that answers."""
    with page.expect_navigation(wait_until="load"):
        page.locator("main button", has_text=label).first.click()
    page.wait_for_function(AT_REST)


def looks_well(page: Page) -> None:
    """As every screen: never too wide, and readable in light and dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], f"scrolls sideways at {width}"
    assert violations(page) == [], "light"
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, OF_COLOURS) == [], "dark"
    page.emulate_media(color_scheme="light", reduced_motion="reduce")

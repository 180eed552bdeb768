"""The main screens as the Polish customer sees them: in Polish alone, and never too wide."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.screens import NOBODY, Screen
from tests.browser.test_screens import WIDTHS, reach, too_wide
from tests.house.source import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import messages

BUYER, ADMIN = "Zofia Lis", "Marta Kowalska"
MINE = "/c/kowalski/"
SCREENS = (
    Screen("account_login", NOBODY, "/account/login/"),
    Screen("home", BUYER, MINE),
    Screen("cart", BUYER, MINE + "carts/?", ("/carts/cart_",)),
    Screen("catalog", BUYER, MINE + "catalog/"),
    Screen("requisition", BUYER, MINE + "requisitions/?status=open", ("/requisitions/REQ-",)),
    Screen("order", BUYER, MINE + "orders/", ("/orders/ORD-",)),
    Screen("inbox", ADMIN, MINE + "inbox/"),
    Screen("decision", ADMIN, MINE + "inbox/", ("/inbox/stp_",)),
    Screen("budget", ADMIN, MINE + "budgets/", ("/budgets/bud_",)),
    Screen("rulebook_draft", ADMIN, MINE + "rules/", ("/draft/",)),
    Screen("rule_new", ADMIN, MINE + "rules/", ("/draft/", "/new-rule/", "by-am")),
    Screen("simulator", ADMIN, MINE + "simulator/?who=Zofia+Lis&amount=6000"),
    Screen("members", ADMIN, MINE + "members/"),
    Screen("company", ADMIN, MINE + "company/"),
    Screen("audit", ADMIN, MINE + "audit/"),
    Screen("settings", BUYER, MINE + "settings/"),
)
# What people read: texts of elements, and the attributes that are read out or shown.
TEXTS = """() => {
    const said = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const inside = walk.currentNode.parentElement.closest("script, style, template, option");
        if (!inside) said.push(walk.currentNode.data);
    }
    for (const name of ["title", "placeholder", "aria-label", "alt"])
        for (const one of document.querySelectorAll(`[${name}]`))
            said.push(one.getAttribute(name));
    return said.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def english_texts() -> set[str]:
    """Texts without values that are no Polish at all; small letters begin codes and keys too."""
    whole = [one for one in messages.read_catalog() if isinstance(one.id, str) and one.id]
    polish = {message.string for message in whole}
    return {message.id for message in whole if message.id[0].isupper()} - polish


@pytest.mark.browser
@pytest.mark.parametrize("person", ["", BUYER, ADMIN])
def test_screens_are_polish(person: str, visit: Callable[..., Visitor]) -> None:
    visitor = visit(locale="pl-PL")
    if person:
        visitor.becomes(person)
    for screen in (one for one in SCREENS if one.person == person):
        page = reach(visitor, screen)
        assert page.locator("html").get_attribute("lang") == "pl", screen
        said = texts_of(page)
        assert said & english_texts() == set(), screen
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert too_wide(page) == [], f"{screen} scrolls sideways at {width}"


@pytest.mark.browser
def test_the_same_people_in_english(visit: Callable[..., Visitor]) -> None:
    """The check sees English: the sign-in page speaks the browser's language."""
    page = reach(visit(), SCREENS[0])
    assert page.locator("html").get_attribute("lang") == "en"
    assert texts_of(page) & english_texts() >= {"Password", "I forgot my password"}


def texts_of(page: Page) -> set[str]:
    """Everything that the page says, each text as it stands."""
    return set(page.evaluate(TEXTS))

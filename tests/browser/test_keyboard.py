"""The keyboard in the inbox: up, down, open, answer, undo, and the list of keys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def inbox(visit: Callable[..., Visitor]) -> Page:
    """Rashid's inbox in the demo, in which several requests wait."""
    visitor = visit()
    visitor.becomes("Rashid Haddad")
    page = visitor.goes("/c/meridian/inbox/")
    assert page.locator("[data-row]").count() >= 3
    return page


def focused_row(page: Page) -> int:
    """The number of the row where the focus is, -1 for none."""
    found: int = page.evaluate(
        "[...document.querySelectorAll('[data-row]')]"
        ".indexOf(document.activeElement.closest('[data-row]'))"
    )
    return found


def test_j_and_k_walk_the_rows_and_enter_opens_one(inbox: Page) -> None:
    rows = []
    for key in ("j", "j", "j", "k"):
        inbox.keyboard.press(key)
        rows.append(focused_row(inbox))
    assert rows == [0, 1, 2, 1]
    name = inbox.locator("[data-row] a.name").nth(1).inner_text()
    inbox.keyboard.press("Enter")
    expect(inbox.locator("main h1")).to_contain_text(name)


def test_x_selects_the_row_and_the_bar_counts(inbox: Page) -> None:
    inbox.keyboard.press("j")
    inbox.keyboard.press("x")
    expect(inbox.locator("[data-bulk-count]")).to_have_text("1")
    inbox.keyboard.press("x")
    expect(inbox.locator("[data-bulk]")).to_be_hidden()


def test_a_chooses_the_answer_but_only_the_button_gives_it_and_it_can_be_taken_back(
    inbox: Page,
) -> None:
    inbox.keyboard.press("j")
    inbox.keyboard.press("a")
    inbox.wait_for_url(re.compile("answer=approve"))
    expect(inbox.get_by_role("radio", name="Approve")).to_be_checked()
    name = inbox.locator("main h1").inner_text()
    inbox.locator("#verdict").get_by_role("button", name=re.compile("^Approve")).click()
    inbox.wait_for_url("**/inbox/")
    expect(inbox.locator("main")).not_to_contain_text(name.split(" REQ-")[0])
    inbox.locator(".toast").get_by_role("button", name="Undo").first.click()
    expect(inbox.locator("#verdict")).to_be_visible()


def test_the_question_mark_lists_the_keys_and_escape_closes_them(inbox: Page) -> None:
    inbox.keyboard.press("?")
    keys = inbox.locator("dialog#keys")
    expect(keys).to_be_visible()
    for key in ("j", "k", "Enter", "a", "r"):
        expect(keys.locator("kbd", has_text=re.compile(f"^{key}$")).first).to_be_visible()
    inbox.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_letters_that_are_typed_are_letters(inbox: Page) -> None:
    search = inbox.get_by_label("Filter the inbox")
    search.fill("")
    search.press_sequentially("jkax?")
    expect(search).to_have_value("jkax?")
    assert focused_row(inbox) == -1

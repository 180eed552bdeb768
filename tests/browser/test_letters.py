"""Every letter as a mail program draws it: nothing sticks out, and nobody is shut out."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from placet.notices.actions import word_letter
from placet.notices.models import Mail
from placet.notices.rendering import render_mail
from placet.notices.worded import WORDINGS
from tests.browser.test_screens import violations
from tests.cast import Cast
from tests.notices.conftest import PostOffice, html_of, post
from tests.notices.test_every_letter import WAYS

__all__ = ["post"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = (360, 720)
# Wider than a phone, in one word: what somebody types is never known beforehand.
LONG = "Hello, {usual_subject}:\n\n" + "Donaudampfschifffahrtsgesellschaft" * 3


@pytest.fixture(scope="session", autouse=True)
def beside_a_browser() -> Iterator[None]:
    """Playwright keeps a loop running in this thread, and Django would refuse its database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def paper(beside_a_browser: None, browser: Browser) -> Iterator[Page]:
    """One tab for all letters."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", WAYS)
def test_a_letter_is_drawn(kind: str, paper: Page, cast: Cast, post: PostOffice) -> None:
    if kind in WORDINGS:
        for language in ("en", "pl"):
            at = {"actor": cast.odd, "now": cast.now}
            word_letter(kind, language=language, subject="Words", body=LONG, version=0, **at)
    WAYS[kind](cast)
    post.read()
    html = html_of(render_mail(Mail.objects.filter(kind=kind).latest("created_at", "id")))
    assert ("Donaudampf" in html) == (kind in WORDINGS)
    for width in WIDTHS:
        paper.set_viewport_size({"width": width, "height": 900})
        paper.set_content(html)
        wide = paper.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, (kind, width, wide)
        assert not violations(paper), (kind, width)

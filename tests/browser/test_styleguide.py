"""The style guide: every component is drawn, in both themes.

Fonts differ from machine to machine, so pixels are compared only where somebody asks for it:
``PLACET_PICTURES=folder`` keeps the pictures of the first run there and compares later runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from placet.web.styleguide.views import SECTIONS
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PLACET_PICTURES", "")


@pytest.fixture
def guide(visit: Callable[..., Visitor]) -> Page:
    """The page, wide enough for both themes side by side."""
    return visit(viewport={"width": 1440, "height": 1200}).goes("/styleguide")


def test_every_section_is_drawn_in_both_themes(guide: Page) -> None:
    sizes = guide.evaluate(
        """() => [...document.querySelectorAll(".guide > section")].map((section) => ({
            title: section.querySelector("h2").textContent,
            themes: [...section.querySelectorAll(".themed")].map((themed) => {
                const box = themed.getBoundingClientRect();
                const shown = [...themed.querySelectorAll("*")]
                    .filter((one) => one.getBoundingClientRect().height > 0).length;
                return [box.width, box.height, shown, getComputedStyle(themed).backgroundColor];
            }),
        }))"""
    )
    assert [section["title"] for section in sizes] == [title for title, _name, _layout in SECTIONS]
    for section in sizes:
        light, dark = section["themes"]
        for width, height, shown, _colour in (light, dark):
            assert width > 200, section
            assert height > 20, section
            assert shown > 2, section
        assert light[3] != dark[3], section


def test_icons_and_drawings_have_a_size(guide: Page) -> None:
    """An icon that is not found has no size, and nobody notices on a page of text."""
    empty = guide.evaluate(
        """() => [...document.querySelectorAll(".guide svg")]
            .filter((one) => !one.closest(".sprite") && one.checkVisibility())
            .filter((one) => one.getBoundingClientRect().width < 4)
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert empty == []


@pytest.mark.skipif(not PICTURES, reason="PLACET_PICTURES names no folder to compare with")
def test_every_section_looks_as_before(guide: Page) -> None:
    differing = []
    for number, (title, name, _layout) in enumerate(SECTIONS):
        section = guide.locator(".guide > section").nth(number)
        picture = section.screenshot(animations="disabled", caret="hide")
        kept = Path(PICTURES) / f"{name}.png"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(picture)
        if picture != kept.read_bytes():
            differing.append(title)
    assert differing == []

"""The style guide shows what there is, and says nothing that the policy of the pages refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template import Template
from django.test import RequestFactory

from placet.web import styleguide
from placet.web.styleguide import views

COMPONENTS = Path(styleguide.__file__).parents[1] / "templates" / "web" / "components"
# Drawn in the shell or by others, where their conditions hold.
ELSEWHERE = {"crumbs", "pagination", "field", "toasts", "saved_views", "column_map_choice"}


def page() -> str:
    """The page as it is sent."""
    return views.styleguide(RequestFactory().get("/styleguide")).content.decode()


def test_every_component_is_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[str] = set()
    render = Template._render  # type: ignore[attr-defined]

    def note(template: Template, context: Any) -> Any:
        drawn.add(str(template.name))
        return render(template, context)

    monkeypatch.setattr(Template, "_render", note)
    page()
    expected = {path.stem for path in COMPONENTS.glob("*.html")} - ELSEWHERE
    missing = {name for name in expected if f"web/components/{name}.html" not in drawn}
    assert missing == set()


def test_it_shows_both_themes_of_everything() -> None:
    sent = page()
    sections = sent.count('<section aria-labelledby="s-')
    assert sections == len(views.SECTIONS)
    assert sent.count('class="themed" data-theme="light"') == sections
    assert sent.count('class="themed" data-theme="dark"') == sections


def test_budget_words_are_the_bound_ones() -> None:
    sent = page()
    for word in ("Committed", "Reserved", "This", "Left of 25,000.00", "1,260.00"):
        assert word in sent
    assert "spent" not in sent.lower()


def test_every_pictogram_is_shown() -> None:
    drawings = (COMPONENTS.parents[2] / "static/placet/img/pictograms.svg").read_text()
    sent = page()
    assert drawings.count("<symbol ") >= 30
    for name in views._pictograms():
        assert f"pictograms.svg#{name}" in sent

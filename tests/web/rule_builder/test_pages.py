"""The builder's pages as people meet them."""

from __future__ import annotations

import pytest

from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def test_look(cast: Cast) -> None:
    book = Rulebook.objects.get(company_id=cast.company["meridian"])
    for rule in ("icu-over-500", "medical-devices", "finance"):
        page(cast.ines, f"rules/{book.pk}/rule/{rule}/")
    text = page(cast.ines, f"rules/{book.pk}/new-rule/")
    for starter in __import__("re").findall(r'\?start=([a-z-]+)', text):
        page(cast.ines, f"rules/{book.pk}/new-rule/?start={starter}")
    print(page(cast.ines, f"rules/{book.pk}/rule/icu-over-500/"))

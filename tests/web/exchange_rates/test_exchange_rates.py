"""Exchange rates on the merchant's page."""

from __future__ import annotations

import pytest

from placet.catalog.models import ExchangeRate
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db

WISH = {"source": "chf", "target": "EUR", "rate": "1.0650"}
ADDRESS = "/c/norden/exchange-rates/"


def test_a_rate_is_stated_and_listed(cast: Cast) -> None:
    before = ExchangeRate.objects.count()
    assert as_actor(cast.mira).post(ADDRESS, WISH).status_code == 302
    assert ExchangeRate.objects.count() == before + 1
    shown = page(cast.mira, "exchange-rates/")
    assert "CHF" in shown
    assert "1.065" in shown


@pytest.mark.parametrize(
    ("name", "typed"),
    [("rate", "0"), ("rate", "-1"), ("rate", "NaN"), ("rate", "1e99"), ("rate", "0.00000000001"),
     ("source", "EUR"), ("source", "1$3"), ("target", "EURO"), ("rate", "9" * 39)],
)  # fmt: skip
def test_what_is_no_rate_comes_back_as_it_was_typed(cast: Cast, name: str, typed: str) -> None:
    before = ExchangeRate.objects.count()
    answer = as_actor(cast.mira).post(ADDRESS, {**WISH, name: typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert ExchangeRate.objects.count() == before


def test_others_have_no_such_page(cast: Cast) -> None:
    page(cast.ines, "exchange-rates/", status=404)
    page(cast.tomas, "exchange-rates/", status=403)

"""Rates are stated once, never changed, and a purchase keeps those of its moment."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from placet.catalog.actions import set_exchange_rate
from placet.catalog.models import ExchangeRate
from placet.catalog.queries import list_exchange_rates
from placet.catalog.rates import rate_text, rates_at
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.events.models import Event
from placet.policy.money import Money, Rate, converted
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def state(cast: Cast, source: str, target: str, rate: str, days: int = 0) -> ExchangeRate:
    """A rate that Mira states, from so many days on."""
    return set_exchange_rate(
        source,
        target=target,
        rate=Decimal(rate),
        starts_at=cast.now + timedelta(days=days),
        actor=cast.mira,
        now=cast.now,
    )


@pytest.mark.parametrize(
    ("source", "target", "rate", "one_hundred_units"),
    [
        ("PLN", "EUR", "0.2345", Money(23_45, "EUR")),
        ("EUR", "JPY", "163.5", Money(16_350, "JPY")),
        ("KWD", "EUR", "3.01", Money(301_00, "EUR")),
    ],
)
def test_a_rate_is_exact_whatever_the_decimals_of_its_currencies(
    cast: Cast, source: str, target: str, rate: str, one_hundred_units: Money
) -> None:
    row = state(cast, source, target, rate)
    assert rate_text(row) == rate
    decimals = {"PLN": 2, "EUR": 2, "KWD": 3}[source]
    known = rates_at({source, target}, cast.now)
    assert converted(Money(100 * 10**decimals, source), target, known) == one_hundred_units


def test_the_newest_rate_that_has_begun_holds_and_an_old_moment_keeps_its_own(cast: Cast) -> None:
    state(cast, "PLN", "EUR", "0.20")
    state(cast, "PLN", "EUR", "0.25", days=10)
    wanted = {"PLN", "EUR"}
    assert rates_at(wanted, cast.now - timedelta(seconds=1)) == {}
    for days, numerator in ((0, 5), (9, 5), (10, 4), (400, 4)):
        rate = rates_at(wanted, cast.now + timedelta(days=days))["PLN", "EUR"]
        assert rate == Rate("PLN", "EUR", 1, numerator)


def test_one_currency_needs_no_query(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert rates_at({"EUR"}, cast.now) == {}


def test_it_cannot_begin_in_the_past_nor_be_stated_twice(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="past"):
        state(cast, "PLN", "EUR", "0.2", days=-1)
    state(cast, "PLN", "EUR", "0.2")
    with pytest.raises(Conflict):
        state(cast, "PLN", "EUR", "0.3")


@pytest.mark.parametrize(
    ("source", "target", "rate", "path"),
    [
        *(("EUR", "EUR", "1", "target"), ("eur", "PLN", "1", "source"), ("EUR", "", "1", "target")),
        *(("EUR", "PLN", rate, "rate") for rate in ("0", "-1", "NaN", "Infinity", "1e9", "1e-10")),
        ("EUR", "PLN", "4.12345678901", "rate"),
    ],
)
def test_what_is_no_rate_is_refused(
    cast: Cast, source: str, target: str, rate: str, path: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        state(cast, source, target, rate)
    assert refusal.value.path == path
    assert not ExchangeRate.objects.exists()


@pytest.mark.parametrize("who", ["ines", "lena", "tomas", "jan"])
def test_only_who_keeps_the_catalog_states_rates(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        set_exchange_rate(
            "EUR", target="PLN", rate=Decimal(4), actor=cast.actors[who], now=cast.now
        )
    with pytest.raises(Forbidden):
        list_exchange_rates(cast.actors[who])


def test_it_is_written_down_who_stated_what(cast: Cast) -> None:
    row = state(cast, "PLN", "EUR", "0.2345")
    assert list(list_exchange_rates(cast.mira)) == [row]
    event = Event.objects.get(type="exchange_rate.set")
    assert event.actor_member == cast.member["mira"]
    assert '"rate":"0.2345"' in event.payload.replace(" ", "")

"""Price lists: tiers, contracts, defaults; all from two queries."""

from datetime import timedelta
from typing import Any

import pytest

from placet.catalog.actions import (
    PriceValues,
    agree_price_lists,
    assign_price_list,
    create_price_list,
    set_prices,
    set_store_terms,
)
from placet.catalog.models import CompanyPriceList, PriceList, Product, StoreTerms
from placet.catalog.prices import PriceTiers, Tier, list_prices_for
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden, InvalidInput
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def prices_of(cast: Cast, slug: str, currency: str = "EUR", days: int = 0) -> dict[str, PriceTiers]:
    skus = dict(Product.objects.values_list("id", "sku"))
    now = cast.now + timedelta(days=days)
    found = list_prices_for(cast.company[slug], currency, list(skus), now)
    return {skus[product_id]: tiers for product_id, tiers in found.items()}


def test_a_price_falls_from_a_quantity_on(cast: Cast) -> None:
    glove = prices_of(cast, "meridian")["GLV-M"]
    assert [glove.at(quantity) for quantity in (1, 9, 10, 11, 10**6)] == [800, 800, 750, 750, 750]
    assert glove.list_at(10) == 890


def test_below_the_first_tier_its_price_counts() -> None:
    assert PriceTiers((Tier(5, 100), Tier(10, 90)), ()).at(1) == 100
    assert PriceTiers((Tier(5, 100),), ()).list_at(1) is None


def test_a_contract_covers_its_products_and_the_default_the_rest(cast: Cast) -> None:
    meridian, park = prices_of(cast, "meridian"), prices_of(cast, "park")
    assert (meridian["INF-SET"].at(1), park["INF-SET"].at(1)) == (11900, 12400)
    assert meridian["PEN-B"] == park["PEN-B"]
    assert set(prices_of(cast, "kowalski", "PLN")) == {"GLV-M", "PPR-A4"}
    assert prices_of(cast, "kowalski", "USD") == {}


def test_a_contract_of_another_currency_does_not_count(cast: Cast) -> None:
    assert prices_of(cast, "meridian", "PLN")["GLV-M"].at(1) == 3900


def test_a_default_list_may_be_agreed_too(cast: Cast) -> None:
    park = Company.objects.get(slug="park")
    default = PriceList.objects.get(key="list-eur")
    before = prices_of(cast, "park")
    assign_price_list(park, price_list=default, actor=cast.mira, now=cast.now)
    assert prices_of(cast, "park") == before


def test_two_queries_whatever_is_asked(cast: Cast, django_assert_num_queries: Any) -> None:
    for count in (1, 15):
        ids = list(Product.objects.values_list("id", flat=True)[:count])
        with django_assert_num_queries(2):
            list_prices_for(cast.company["meridian"], "EUR", ids, cast.now)


def test_prices_of_a_product_are_replaced_as_a_whole(cast: Cast) -> None:
    contract = PriceList.objects.get(key="meridian")
    set_prices(contract, prices=[PriceValues("GLV-M", 700)], actor=cast.mira, now=cast.now)
    found = prices_of(cast, "meridian")
    assert found["GLV-M"].tiers == (Tier(1, 700),)
    assert found["INF-SET"].at(1) == 11900


@pytest.mark.parametrize(
    "row",
    [
        PriceValues("NOPE", 1),
        PriceValues("GLV-M", -1),
        PriceValues("GLV-M", 10**15 + 1),
        PriceValues("GLV-M", 1, from_quantity=0),
    ],
)
def test_a_price_that_cannot_be_is_refused_with_its_row(cast: Cast, row: PriceValues) -> None:
    contract = PriceList.objects.get(key="meridian")
    rows = [PriceValues("GLV-M", 1), row]
    with pytest.raises(InvalidInput) as refusal:
        set_prices(contract, prices=rows, actor=cast.mira, now=cast.now)
    assert refusal.value.path.startswith("1/")
    assert prices_of(cast, "meridian")["GLV-M"].at(1) == 800


def test_lists_are_unique_and_in_the_currency_of_the_company(cast: Cast) -> None:
    make = {"name": "X", "currency": "EUR", "actor": cast.mira, "now": cast.now}
    with pytest.raises(Conflict):
        create_price_list("other", is_default=True, **make)
    with pytest.raises(Conflict):
        create_price_list("meridian", **make)
    dollars = create_price_list("usd", **{**make, "currency": "USD"})
    with pytest.raises(InvalidInput):
        assign_price_list(
            Company.objects.get(slug="park"), price_list=dollars, actor=cast.mira, now=cast.now
        )
    assert CompanyPriceList.objects.count() == 1


def test_terms_of_a_currency_are_stated_once(cast: Cast) -> None:
    set_store_terms("EUR", minimum_order_minor=100, actor=cast.mira, now=cast.now)
    terms = StoreTerms.objects.get(currency="EUR")
    assert (terms.minimum_order_minor, terms.free_shipping_from_minor) == (100, None)
    with pytest.raises(InvalidInput):
        set_store_terms("EUR", shipping_fee_minor=-1, actor=cast.mira, now=cast.now)


@pytest.mark.parametrize("who", ["tomas", "ines", "lena", "jan"])
def test_nobody_else_sets_prices(cast: Cast, who: str) -> None:
    contract = PriceList.objects.get(key="meridian")
    meridian = Company.objects.get(slug="meridian")
    doing = {"actor": cast.actors[who], "now": cast.now}
    with pytest.raises(Forbidden):
        set_prices(contract, prices=[PriceValues("GLV-M", 1)], **doing)
    with pytest.raises(Forbidden):
        assign_price_list(meridian, price_list=contract, **doing)
    with pytest.raises(Forbidden):
        create_price_list("mine", name="X", currency="EUR", **doing)
    with pytest.raises(Forbidden):
        set_store_terms("EUR", **doing)


def agree(cast: Cast, key: str, sku: str, minor: int, **validity: Any) -> PriceList:
    """One more list for Meridian, with one price on it."""
    made = create_price_list(
        key, name=key, currency="EUR", actor=cast.mira, now=cast.now, **validity
    )
    set_prices(made, prices=[PriceValues(sku, minor)], actor=cast.mira, now=cast.now)
    meridian = Company.objects.get(slug="meridian")
    assign_price_list(meridian, price_list=made, actor=cast.mira, now=cast.now)
    return made


def test_of_several_lists_the_first_that_has_a_product_says_its_price(cast: Cast) -> None:
    agree(cast, "second", "GLV-M", 100)
    third = agree(cast, "third", "PEN-B", 50)
    found = prices_of(cast, "meridian")
    assert (found["GLV-M"].at(1), found["PEN-B"].at(1)) == (800, 50)
    assert found["PEN-B"].list_at(1) == 99
    meridian = Company.objects.get(slug="meridian")
    second = PriceList.objects.get(key="second")
    agree_price_lists(meridian, price_lists=[second, third], actor=cast.mira, now=cast.now)
    found = prices_of(cast, "meridian")
    assert (found["GLV-M"].at(1), found["INF-SET"].at(1)) == (100, 12400)
    with pytest.raises(InvalidInput):
        agree_price_lists(meridian, price_lists=[third, third], actor=cast.mira, now=cast.now)


def test_days_are_those_of_the_merchant(cast: Cast) -> None:
    """Oslo is an hour ahead of UTC: at 23:30 in Greenwich its day has begun."""
    day = cast.now.date()
    agree(cast, "today", "PEN-B", 50, valid_from=day, valid_until=day)
    ids = [Product.objects.get(sku="PEN-B").pk]

    def at(hour: int, minute: int, days: int = 0) -> int:
        now = cast.now.replace(hour=hour, minute=minute) + timedelta(days=days)
        return list_prices_for(cast.company["meridian"], "EUR", ids, now)[ids[0]].at(1)

    assert [at(22, 59, -1), at(23, 0, -1), at(22, 59), at(23, 0)] == [99, 50, 50, 99]


def test_no_product_has_two_prices_from_one_quantity_on(cast: Cast) -> None:
    contract = PriceList.objects.get(key="meridian")
    rows = [PriceValues("GLV-M", 1), PriceValues("GLV-M", 2)]
    with pytest.raises(InvalidInput) as refusal:
        set_prices(contract, prices=rows, actor=cast.mira, now=cast.now)
    assert refusal.value.path.startswith("1/")

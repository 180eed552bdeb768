"""Filters narrow, count what they would leave, and cost the same however large the catalog is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.catalog.facets import Facets, read_facets
from placet.catalog.listing import list_shelf, read_shelf
from placet.catalog.models import Category, Price, PriceList, Product
from placet.catalog.queries import list_categories, list_products
from placet.catalog.search import refresh_search
from placet.catalog.wanted import Wanted
from placet.core.errors import NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _described(cast: Cast) -> None:
    """Gloves and pens have attributes; some are not there."""
    for sku, size in (("GLV-S", "S"), ("GLV-M", "M"), ("GLV-L", "L")):
        Product.objects.filter(sku=sku).update(attributes={"Size": size, "Material": "nitrile"})
    Product.objects.filter(sku="PEN-B").update(attributes={"Material": "steel"}, brand="Żuk")
    Product.objects.filter(sku__in=["GLV-L", "PEN-B"]).update(stock=0)
    Product.objects.filter(sku="INF-PUMP").update(is_restricted=True, supplier="Medica")


def read(cast: Cast, **wanted: Any) -> tuple[list[str], Facets]:
    """SKUs and filters of what is wanted."""
    asked, categories = Wanted(**wanted), list_categories()
    shelf = read_shelf(cast.lena, asked, categories, now=cast.now)
    return [one.sku for one in list_shelf(shelf)], read_facets(shelf, asked, categories)


def told(facets: Facets, key: str, name: str = "") -> dict[str, int | None]:
    """The values of one filter with their counts."""
    for facet in facets.facets:
        if (facet.key, facet.name) == (key, name):
            return {one.value: one.products for one in (*facet.values, *facet.more)}
    return {}


@pytest.mark.parametrize(
    ("wanted", "skus"),
    [
        ({"brands": ("Żuk",)}, ["PEN-B"]),
        ({"brands": ("Żuk", "nobody")}, ["PEN-B"]),
        ({"suppliers": ("Medica",)}, ["INF-PUMP"]),
        ({"restricted": True}, ["INF-PUMP"]),
        ({"attributes": (("Size", "S"), ("Size", "L"))}, ["GLV-L", "GLV-S"]),
        ({"attributes": (("Size", "S"), ("Material", "steel"))}, []),
        ({"attributes": (("Material", "nitrile"),), "is_in_stock": True}, ["GLV-M", "GLV-S"]),
        ({"category": "consumables/gloves/", "text": "m"}, ["GLV-M"]),
        ({"category": "nothing/"}, []),
        ({"attributes": (('a"b', "x"),)}, []),
        ({"attributes": (("Size__contains", "S"),)}, []),
        ({"attributes": (("1", "S"),)}, []),
        ({"attributes": (("$.Size", "S"),)}, []),
    ],
)
def test_filters_hold_together_and_values_of_one_are_alternatives(
    cast: Cast, wanted: dict[str, Any], skus: list[str]
) -> None:
    assert read(cast, **wanted)[0] == skus


def test_counts_say_what_each_value_would_leave(cast: Cast) -> None:
    skus, facets = read(cast, category="consumables/")
    assert facets.total == len(skus) == 6
    assert told(facets, "attr", "Size") == {"L": 1, "M": 1, "S": 1}
    assert told(facets, "stock") == {"1": 5}
    assert facets.categories == {
        "consumables/": 6,
        "consumables/gloves/": 3,
        "consumables/dressings/": 3,
    }


def test_a_chosen_filter_tells_its_other_values_as_well(cast: Cast) -> None:
    skus, facets = read(cast, category="consumables/", attributes=(("Size", "S"),))
    assert skus == ["GLV-S"]
    assert told(facets, "attr", "Size") == {"S": 1, "L": 1, "M": 1}
    assert next(one for one in facets.facets if one.name == "Size").values[0].is_chosen


def test_beyond_a_thousand_nothing_is_counted_and_queries_stay(cast: Cast) -> None:
    make_many(range(3))
    few = queries(cast, text="widget")
    make_many(range(3, 1_100))
    assert queries(cast, text="widget") == few
    _skus, facets = read(cast, text="widget")
    assert facets.is_more
    assert facets.total == 1_001
    assert not facets.categories
    assert set(told(facets, "brand").values()) == {None}
    assert queries(cast) == queries(cast, category="office/")


def queries(cast: Cast, **wanted: Any) -> int:
    """How many queries the list and its filters cost."""
    with CaptureQueriesContext(connection) as captured:
        read(cast, **wanted)
    return len(captured)


def make_many(numbers: range) -> None:
    """Products like each other, on the default list."""
    office = Category.objects.get(path="office/")
    sample = Product.objects.get(sku="PEN-B")
    made = []
    for number in numbers:
        product = Product(
            created_at=sample.created_at,
            sku=f"W-{number}",
            name=f"Widget {number}",
            category=office,
            pack="box",
            brand=f"B{number % 3}",
        )
        refresh_search(product)
        made.append(product)
    Product.objects.bulk_create(made, batch_size=500)
    default = PriceList.objects.get(is_default=True, currency="EUR")
    Price.objects.bulk_create(
        (Price(price_list=default, product=one, unit_price_minor=5) for one in made),
        batch_size=500,
    )


@pytest.mark.parametrize("order", ["name", "price", "-price", "relevance"])
@pytest.mark.parametrize("text", ["", "norden"])
def test_every_order_pages_without_gap_or_double(cast: Cast, order: Any, text: str) -> None:
    Product.objects.filter(sku="SWB-100").update(minimum_quantity=3)
    shelf = read_shelf(cast.lena, Wanted(text, order=order), now=cast.now)
    everything = [one.pk for one in list_shelf(shelf, limit=100)]
    seen: list[str] = []
    while page := list_shelf(shelf, seen[-1] if seen else "", 2):
        seen += [one.pk for one in page]
    assert seen == everything
    assert len(set(seen)) == len(seen) > 2


def test_by_price_is_by_the_price_of_one_piece_that_the_company_pays(cast: Cast) -> None:
    asked = Wanted(order="price")
    skus = [one.sku for one in list_products(cast.lena, asked, limit=30, now=cast.now)]
    # Swabs cost 19.99 a hundred; the contract lowers the glove below the other sizes.
    assert skus[0] == "SWB-100"
    assert skus.index("GLV-M") < skus.index("GLV-S")
    assert skus[-1] == "INF-PUMP"


def test_a_page_behind_what_does_not_exist_is_not_found(cast: Cast) -> None:
    for order in ("name", "price", ""):
        with pytest.raises(NotFound):
            list_products(cast.lena, Wanted(order=order), after="prd_nothing", now=cast.now)  # type: ignore[arg-type]

"""The catalog as a company sees it: what it can buy, in its currency, page by page."""

from typing import Any

import pytest

from placet.catalog.models import Price, Product
from placet.catalog.queries import find_products, get_product, list_categories, list_products
from placet.core.errors import NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def skus(products: list[Product]) -> list[str]:
    return [product.sku for product in products]


def test_a_company_sees_what_has_a_price_in_its_currency(cast: Cast) -> None:
    assert len(list_products(cast.lena, now=cast.now)) == 13
    assert skus(list_products(cast.ola, now=cast.now)) == ["PPR-A4", "GLV-M"]
    assert get_product(cast.ola, "PPR-A4", now=cast.now).name == "Copy paper, A4"
    with pytest.raises(NotFound):
        get_product(cast.ola, "INF-SET", now=cast.now)
    with pytest.raises(NotFound):
        get_product(cast.lena, "NOPE", now=cast.now)


def test_a_price_of_another_companys_contract_sells_nothing(cast: Cast) -> None:
    Price.objects.filter(product__sku="INF-SET", price_list__is_default=True).delete()
    assert "INF-SET" in skus(list_products(cast.lena, now=cast.now))
    assert "INF-SET" not in skus(list_products(cast.minjun, now=cast.now))


def test_a_discontinued_product_is_not_listed_but_names_its_substitute(cast: Cast) -> None:
    assert "GLV-OLD" not in skus(list_products(cast.lena, now=cast.now))
    found = get_product(cast.lena, "GLV-OLD", now=cast.now)
    assert found.substitute is not None
    assert found.substitute.sku == "GLV-M"


def test_a_category_includes_what_lies_below(cast: Cast) -> None:
    assert skus(list_products(cast.lena, category="medical-devices/", now=cast.now)) == [
        *("INF-LINE", "INF-PUMP", "INF-SET"),
    ]
    assert len(list_products(cast.lena, category="consumables/gloves/", now=cast.now)) == 3
    assert [c.path for c in list_categories()][:2] == ["consumables/", "consumables/dressings/"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lyzka GROSS", ["SPN-1"]),
        ("gloves nitrile", ["GLV-L", "GLV-M", "GLV-S"]),
        ("inf-set", ["INF-SET"]),
        ("glv-m", ["GLV-M"]),
        ("100%", []),
        ("' OR 1=1", []),
        ("_", []),
    ],
)
def test_every_word_must_occur(cast: Cast, text: str, found: list[str]) -> None:
    assert skus(list_products(cast.lena, text, now=cast.now)) == found


@pytest.mark.parametrize("size", [1, 2, 5, 13])
def test_pages_follow_each_other_without_gap_or_double(cast: Cast, size: int) -> None:
    Product.objects.filter(sku__in=["GLV-S", "GLV-L"]).update(name="Nitrile gloves, M")
    everything = skus(list_products(cast.lena, limit=100, now=cast.now))
    after, seen = "", []
    while page := list_products(cast.lena, after=after, limit=size, now=cast.now):
        seen += skus(page)
        after = page[-1].id
    assert seen == everything
    assert len(set(seen)) == 13


def test_names_sort_by_code_point_on_every_database(cast: Cast) -> None:
    for sku, name in (("PEN-B", "Zebra"), ("PPR-A4", "apple"), ("SPN-1", "Äpfel")):
        Product.objects.filter(sku=sku).update(name=name)
    assert skus(list_products(cast.lena, now=cast.now))[-3:] == ["PEN-B", "PPR-A4", "SPN-1"]


def test_a_page_that_does_not_exist_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        list_products(cast.lena, after="prd_nothing", now=cast.now)


def test_products_are_found_as_typed_in_one_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = find_products(["glv-m", "GLV-M", "Glv-Old", "nope", ""])
        assert found["Glv-Old"].substitute is not None
    assert {typed: product.sku for typed, product in found.items()} == {
        "glv-m": "GLV-M",
        "GLV-M": "GLV-M",
        "Glv-Old": "GLV-OLD",
    }

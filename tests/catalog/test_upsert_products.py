"""Products are made where they are new and changed where they are known, many at once."""

from typing import Any

import pytest

from placet.catalog.actions import (
    ProductValues,
    upsert_category,
    upsert_product,
    upsert_products,
)
from placet.catalog.models import Category, Product
from placet.core.errors import Forbidden, InvalidInput
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NEW = ProductValues("NEW-1", "Fresh pen", "office/", brand="Żuk")


def test_a_product_is_made_then_changed(cast: Cast) -> None:
    made = upsert_product(NEW, actor=cast.mira, now=cast.now)
    assert (made.version, made.search_text) == (1, " fresh pen new-1 new1 zuk")
    changed = upsert_product(
        NEW._replace(name="Old pen", is_discontinued=True, substitute="PEN-B"),
        actor=cast.mira,
        now=cast.now,
    )
    stored = Product.objects.get(sku="NEW-1")
    assert (stored.pk, stored.version, stored.status) == (made.pk, 2, "discontinued")
    assert changed.substitute == stored.substitute == Product.objects.get(sku="PEN-B")
    assert "old pen" in stored.search_text


def test_rows_may_point_to_each_other(cast: Cast) -> None:
    rows = [NEW._replace(substitute="NEW-2"), NEW._replace(sku="NEW-2")]
    first, second = upsert_products(rows, actor=cast.mira, now=cast.now)
    assert Product.objects.get(pk=first.pk).substitute == second


def test_the_statements_do_not_grow_with_the_rows(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    counts = []
    for count in (2, 20):
        rows = [NEW._replace(sku=f"N-{count}-{n}") for n in range(count)]
        with django_assert_num_queries(10**9, exact=False) as queries:
            upsert_products(rows, actor=cast.mira, now=cast.now)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "wrong",
    [
        *({"sku": ""}, {"sku": "a b"}, {"sku": "x" * 65}, {"name": " "}, {"category": "nope/"}),
        *({"price_quantity": 0}, {"step_quantity": 0}, {"tax_basis_points": 10_001}),
        *({"substitute": "NOPE"}, {"substitute": "NEW-1"}),
    ],
)
def test_one_wrong_row_writes_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    rows = [NEW._replace(sku="FIRST"), NEW._replace(**wrong)]
    with pytest.raises(InvalidInput) as refusal:
        upsert_products(rows, actor=cast.mira, now=cast.now)
    assert refusal.value.path.startswith("1/")
    assert not Product.objects.filter(sku="FIRST").exists()


def test_a_category_needs_its_parent(cast: Cast) -> None:
    made = upsert_category("office/desks/", name="Desks", actor=cast.mira, now=cast.now)
    assert made.parent == Category.objects.get(path="office/")
    again = upsert_category("office/desks/", name="Tables", actor=cast.mira, now=cast.now)
    assert (again.pk, again.name, again.version) == (made.pk, "Tables", 2)
    for wrong in ("nope/desks/", "office", "/", "Office/", "a//b/", "../"):
        with pytest.raises(InvalidInput):
            upsert_category(wrong, name="X", actor=cast.mira, now=cast.now)


@pytest.mark.parametrize("who", ["tomas", "ines", "lena", "jan"])
def test_nobody_else_changes_the_catalog(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        upsert_product(NEW, actor=cast.actors[who], now=cast.now)
    with pytest.raises(Forbidden):
        upsert_category("x/", name="X", actor=cast.actors[who], now=cast.now)

"""A company calls products what it likes; only its own people find them so."""

from __future__ import annotations

import pytest

from placet.catalog.actions.part_numbers import (
    PartNumberTaken,
    remove_part_number,
    set_part_number,
)
from placet.catalog.models import PartNumber, Product
from placet.catalog.part_numbers import find_part_numbers, list_part_numbers
from placet.catalog.queries import find_products, list_products
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def call(cast: Cast, sku: str, number: str, who: str = "ines") -> PartNumber:
    """Somebody, Ines mostly, gives a product a number."""
    product = Product.objects.get(sku=sku)
    return set_part_number(product, number=number, actor=cast.actors[who], now=cast.now)


def test_its_people_find_and_order_by_it_however_it_is_written(cast: Cast) -> None:
    call(cast, "INF-SET", "MAT-10 442/b")
    for typed in ("MAT-10 442/b", "mat10442B", "mat 10-442.b", "10442"):
        assert [one.sku for one in list_products(cast.lena, typed, now=cast.now)] == ["INF-SET"]
    found = find_products(["mat10442b", "glv-m"], cast.company["meridian"])
    assert {typed: one.sku for typed, one in found.items()} == {
        "mat10442b": "INF-SET",
        "glv-m": "GLV-M",
    }


def test_no_other_company_finds_anything_by_it(cast: Cast) -> None:
    call(cast, "GLV-M", "MAT-7")
    assert not list_products(cast.ola, "MAT-7", now=cast.now)
    assert not list_products(cast.minjun, "MAT-7", now=cast.now)
    assert not find_products(["MAT-7"], cast.company["kowalski"])
    assert not find_products(["MAT-7"])
    assert not list_part_numbers(cast.ola).exists()
    call(cast, "PPR-A4", "MAT-7", who="jan")
    assert [one.sku for one in list_products(cast.ola, "mat7", now=cast.now)] == ["PPR-A4"]


def test_another_number_takes_its_place_and_the_same_changes_nothing(cast: Cast) -> None:
    first = call(cast, "GLV-M", "A-1")
    assert call(cast, "GLV-M", "A-1").version == first.version == 1
    assert call(cast, "GLV-M", "a 1").version == 2
    again = call(cast, "GLV-M", "B-2")
    assert (again.pk, again.number, again.version) == (first.pk, "B-2", 3)
    product = again.product_id
    assert find_part_numbers(cast.company["meridian"], [product]) == {product: "B-2"}
    assert Event.objects.filter(type="part_number.set").count() == 3


def test_one_number_names_one_product(cast: Cast) -> None:
    call(cast, "GLV-M", "A-1")
    with pytest.raises(PartNumberTaken, match="GLV-M"):
        call(cast, "PEN-B", "a1")


@pytest.mark.parametrize("number", ["", "  ", "-/.", "x" * 65, "ß" * 40, "a\x00b", "a\u202eb"])
def test_what_is_no_number_is_refused(cast: Cast, number: str) -> None:
    with pytest.raises(InvalidInput):
        call(cast, "GLV-M", number)
    assert not PartNumber.objects.exists()


@pytest.mark.parametrize("who", ["lena", "rashid", "mira", "tomas"])
def test_only_who_keeps_the_reference_data_gives_numbers(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        call(cast, "GLV-M", "A-1", who=who)
    row = call(cast, "GLV-M", "A-1")
    with pytest.raises((Forbidden, NotFound)):
        remove_part_number(row, actor=cast.actors[who], now=cast.now)
    assert PartNumber.objects.exists()


def test_taken_away_by_its_own_company_alone(cast: Cast) -> None:
    row = call(cast, "GLV-M", "A-1")
    with pytest.raises(NotFound):
        remove_part_number(row, actor=cast.ola, now=cast.now)
    remove_part_number(row, actor=cast.ines, now=cast.now)
    assert not PartNumber.objects.exists()
    assert not list_products(cast.lena, "A-1", now=cast.now)
    assert Event.objects.filter(type="part_number.removed").count() == 1

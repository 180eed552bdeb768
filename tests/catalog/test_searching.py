"""Search forgives, and puts what was meant first; the same expectations hold on both databases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.catalog.actions import ProductValues, upsert_category, upsert_products
from placet.catalog.actions.part_numbers import set_part_number
from placet.catalog.models import Price, PriceList, Product, SearchWord
from placet.catalog.queries import list_products
from placet.catalog.vocabulary import distance, list_near_words
from placet.catalog.wanted import Wanted
from placet.core.actor import Actor
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SOLD = (
    # SKU, name, brand, tags
    ("NS-1240/B", "Überschuh, blau, Größe 42", "Łukasz", ("schuh",)),
    ("NS-1240/C", "Shoe cover, green", "Łukasz", ()),
    ("NS-1241", "Stethoscope", "Ørsted", ()),
    ("STETH-2", "Adult cuff for a stethoscope", "Norden", ()),
    ("A4-90", "Paper, A4, 90 g", "Norden", ("stethoscope paper",)),
)


@pytest.fixture(autouse=True)
def _sold(cast: Cast) -> None:
    """A few products with difficult letters."""
    upsert_category("misc/", name="Misc", actor=cast.mira, now=cast.now)
    rows = [
        ProductValues(sku, name, "misc/", brand=brand, tags=tags) for sku, name, brand, tags in SOLD
    ]
    made = upsert_products(rows, actor=cast.mira, now=cast.now)
    default = PriceList.objects.get(is_default=True, currency="EUR")
    Price.objects.bulk_create(
        Price(price_list=default, product=product, unit_price_minor=100) for product in made
    )


def find(cast: Cast, text: str, actor: Actor | None = None) -> list[str]:
    """The SKUs that are found, in their order."""
    return [one.sku for one in list_products(actor or cast.lena, text, now=cast.now)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # accents and letters without a base letter, both ways
        ("uberschuh", ["NS-1240/B"]),
        ("ÜBERSCHUH große", ["NS-1240/B"]),
        ("lukasz green", ["NS-1240/C"]),
        ("orsted", ["NS-1241"]),
        # SKUs and pieces of them, with and without strokes and blanks
        ("ns1240b", ["NS-1240/B"]),
        ("NS 1240 B", ["NS-1240/B"]),
        ("1241", ["NS-1241"]),
        ("ns-12", ["NS-1240/C", "NS-1241", "NS-1240/B"]),
        # one or two slips, where nothing fits exactly
        ("stetoscope", ["NS-1241", "STETH-2", "A4-90"]),
        ("stehtoscope cuff", ["STETH-2"]),
        ("ubrschuh", ["NS-1240/B"]),
        ("NS-1242", ["NS-1241"]),
        # short words begin a word
        ("a4 90", ["A4-90", "PPR-A4"][:1]),
        ("cuff xx", []),
        # beginnings come before words, words before parts of words
        ("stethoscope", ["NS-1241", "STETH-2", "A4-90"]),
        ("shoe", ["NS-1240/C"]),
    ],
)
def test_what_was_meant_comes_first(cast: Cast, typed: str, found: list[str]) -> None:
    assert find(cast, typed) == found


def test_the_very_sku_comes_before_everything(cast: Cast) -> None:
    Product.objects.filter(sku="PEN-B").update(search_text=" a pen like a4-90 a490", name="A pen")
    assert find(cast, "a490")[0] == "A4-90"
    assert set(find(cast, "a490")) == {"A4-90", "PEN-B"}


def test_the_companys_own_number_comes_first_for_it_alone(cast: Cast) -> None:
    pen = Product.objects.get(sku="PEN-B")
    set_part_number(pen, number="Shoe 1", actor=cast.ines, now=cast.now)
    assert find(cast, "shoe 1") == ["PEN-B"]
    assert find(cast, "SHOE") == ["PEN-B", "NS-1240/C"]
    assert find(cast, "shoe", cast.minjun) == ["NS-1240/C"]


def test_slips_are_not_forgiven_where_exactness_is_asked_for(cast: Cast) -> None:
    assert list_products(cast.lena, Wanted("stetoscope", is_exact=True), now=cast.now) == []


def test_a_slip_never_finds_what_is_not_for_sale(cast: Cast) -> None:
    Price.objects.filter(product__name__icontains="stethoscope").delete()
    assert "NS-1241" not in find(cast, "stetoscope")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "\x00",
            "a\x00b",
            "%",
            "_",
            "%%%",
            "\\",
            "'",
            '"',
            "' OR 1=1 --",
            "NEAR(a b)",
            "a* OR b*",
        ),
        *("🧤", "‮abc", "\u200b", "ſ" * 300, "x" * 10_000, "a " * 5_000, "()", "-", "/", "ﷺ" * 99),
        *("\ud800", "İ", "ß" * 200, "\t\n", "NULL", "{{7*7}}", "<script>"),
    ],
)
def test_whatever_is_typed_is_only_words(cast: Cast, typed: str) -> None:
    assert len(find(cast, typed)) <= 24


def test_marks_alone_find_nothing_and_blanks_everything(cast: Cast) -> None:
    assert find(cast, "% _ -") == []
    assert len(find(cast, "   ")) == 18


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_distance_is_one_both_ways_and_zero_for_the_same(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
    assert distance(one, other, 1) == min(distance(one, other, 9), 2)


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=7), st.data())
def test_every_single_slip_is_found(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ]
    typed = data.draw(st.sampled_from(slips))
    SearchWord.objects.get_or_create(word=word)
    if len(typed) >= 4:
        assert distance(typed, word, 1) <= 1
        assert word in list_near_words([typed])[typed]

"""The simulator's page: what can be asked, who is answered what, and what comes back unread."""

from __future__ import annotations

import re

import pytest

from placet.carts.actions import create_cart, share_cart
from placet.catalog.models import ExchangeRate
from placet.companies.models import Member
from placet.requisitions.models import Requisition
from placet.rulebooks.actions import save_draft
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart
from tests.rulebooks.rules import book, over, rule
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db

HEAD_ABOVE = {"select": "head", "levels_up": 1}


def words(text: str) -> str:
    """The page without its tags and with plain spaces."""
    bare = re.sub(r"<[^>]+>", " ", text).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", bare)


def test_an_empty_page_asks_what_to_try(cast: Cast) -> None:
    said = words(page(cast.ines, "simulator/"))
    assert "What would it need?" in said
    assert "rules hold" not in said


def test_an_admin_sees_people_and_every_rule_with_its_value(cast: Cast) -> None:
    said = words(page(cast.ines, "simulator/?who=Lena+Vogt&amount=6%2C000.00&cost_center=-"))
    assert "If Lena Vogt (ICU-4) submitted it now." in said
    assert "Sofia Lindqvist" in said
    assert "1 of 3 rules hold" in said
    assert "the order is over 5,000.00 EUR here 6,000.00 EUR" in said
    assert "what is on cost centre 4410 adds up to more than 500.00 EUR here 0.00 EUR" in said
    assert not Requisition.objects.exists()


def test_a_buyer_tries_for_herself_and_sees_no_rules(cast: Cast) -> None:
    text = page(cast.lena, "simulator/?amount=6000")
    said = words(text)
    assert "If you submitted it now." in said
    assert "Sofia Lindqvist" in said
    assert "rules hold" not in said
    assert 'name="who"' not in text


def test_a_buyer_does_not_try_for_others(cast: Cast) -> None:
    page(cast.lena, f"simulator/?amount=1&member={cast.member['rashid']}", 403)


def test_a_near_miss_is_told_with_its_distance(cast: Cast) -> None:
    said = words(page(cast.lena, "simulator/?amount=4000&cost_center=-"))
    assert "No approval needed" in said
    assert "1,000.00 EUR away" in said


def test_what_is_usual_for_the_unit_is_chosen_until_somebody_says_otherwise(cast: Cast) -> None:
    center = cast.cost_center["meridian/4410"]
    text = page(cast.lena, "simulator/?amount=600")
    assert f'<option value="{center}" selected>' in text
    assert "Rashid Haddad" in text
    text = page(cast.lena, "simulator/?amount=600&cost_center=-&ship_to=-")
    assert f'<option value="{center}" selected>' not in text
    assert "No approval needed" in words(text)


def test_products_at_their_price(cast: Cast) -> None:
    said = words(page(cast.lena, f"simulator/?what=products&products={INFUSION_SET}+10"))
    assert "1,190.00" in said
    assert "Biomedical engineering" in said


def test_what_would_help_is_told_for_ones_own_products(cast: Cast) -> None:
    center = cast.cost_center["meridian/4410"]
    query = f"what=products&products={DRESSING}+50&cost_center={center}"
    assert "What would help" in words(page(cast.lena, f"simulator/?{query}"))
    others = words(page(cast.ines, f"simulator/?who=Lena+Vogt&{query}"))
    assert "What would help" not in others


def test_a_line_that_meets_nothing_says_what_it_is(cast: Cast) -> None:
    said = words(page(cast.ines, "simulator/?who=Lena+Vogt&amount=20&category=office/"))
    assert "a line is in Medical devices here Office" in said
    said = words(page(cast.ines, "simulator/?who=Lena+Vogt&amount=20&category=medical-devices/"))
    assert "a line is in Medical devices line 1" in said


def test_an_empty_cart_answers_nothing(cast: Cast) -> None:
    cart = create_cart("Nothing yet", actor=cast.lena, now=cast.now)
    said = words(page(cast.lena, f"simulator/?cart={cart.pk}", 422))
    assert "There is nothing in this cart yet." in said


def test_a_cart_that_is_shared(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    page(cast.rashid, f"simulator/?what=cart&cart={cart.pk}", 404)
    colleague = Member.objects.get(pk=cast.member["rashid"])
    share_cart(cart, member=colleague, level="view", actor=cast.lena, now=cast.now)
    page(cast.rashid, f"simulator/?what=cart&cart={cart.pk}")


def test_the_draft_in_the_place_of_what_holds(cast: Cast) -> None:
    mine = Rulebook.objects.get(company_id=cast.company["meridian"])
    tight = book(rule("tight", over(10_00), HEAD_ABOVE))
    save_draft(mine, document=tight, version=None, actor=cast.ines, now=cast.now)
    for query in (f"use={mine.pk}", f"use=draft&rulebook={mine.pk}"):
        said = words(page(cast.ines, f"simulator/?who=Lena+Vogt&amount=20&{query}"))
        assert "1 of 1 rule holds" in said
        assert "With the draft of" in said
    assert "0 of 3 rules hold" in words(page(cast.ines, "simulator/?who=Lena+Vogt&amount=20"))
    page(cast.lena, f"simulator/?amount=20&use={mine.pk}", 403)
    page(cast.odd, f"simulator/?amount=20&use={mine.pk}", 404)


def test_groups_are_a_tree_of_answers(cast: Cast) -> None:
    mine = Rulebook.objects.get(company_id=cast.company["meridian"])
    devices = {"field": "line.category", "op": "within", "value": "medical-devices"}
    when = {"any": [over(100_000_00), {"all": [over(10_00), {"not": {"any_line": devices}}]}]}
    nested = book(rule("nested", when, HEAD_ABOVE))
    save_draft(mine, document=nested, version=None, actor=cast.ines, now=cast.now)
    said = words(page(cast.ines, f"simulator/?who=Lena+Vogt&amount=20&use={mine.pk}"))
    assert "True: At least one of these False: the order is over 100,000.00 EUR" in said
    assert "True: All of these True: the order is over 10.00 EUR here 20.00 EUR" in said


def test_a_rule_that_needs_a_rate_is_neither_true_nor_false(cast: Cast) -> None:
    assert not ExchangeRate.objects.filter(source="JPY").exists()
    text = page(cast.ines, "simulator/?who=Lena+Vogt&amount=20&currency=JPY")
    assert "Cannot be said:" in words(text)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("amount=lots", "“lots” is no amount in EUR."),
        ("amount=1&category=no/such/", "There is no such category."),
        ("what=products&products=GLV-M+many", "write a SKU and how many"),
        ("what=products&products=NO-SUCH+2", "Row 1: There is no such product."),
        ("amount=1&requested_on=tomorrow", "This is no date."),
        ("amount=1&source=telepathy", "There is no such source."),
        ("amount=1&cost_center=cc_x", "There is no such cost centre."),
        ("amount=1&currency=euro", "three letters"),
        ("amount=1&po_number=" + "x" * 61, "At most 60 characters."),
        ("amount=1&who=Nobody+Atall", "Nobody here is called that."),
        ("amount=" + "9" * 40, "is no amount"),
    ],
)
def test_what_cannot_be_tried_comes_back_with_what_was_typed(
    cast: Cast, query: str, said: str
) -> None:
    text = page(cast.ines, f"simulator/?member={cast.member['lena']}&{query}", 422)
    assert said in words(text)
    assert 'id="purchase"' in text


def test_two_of_one_name_are_told_apart(cast: Cast) -> None:
    said = words(page(cast.ines, "simulator/?who=a&amount=1", 422))
    assert "people are called that" in said


def test_an_outsiders_things_do_not_exist(cast: Cast) -> None:
    foreign = cast.cost_center["kowalski/4410"]
    page(cast.ines, f"simulator/?amount=1&cost_center={foreign}", 422)
    page(cast.ines, f"simulator/?amount=1&member={cast.member['jan']}", 422)
    assert as_actor(cast.jan).get("/c/meridian/simulator/?amount=1").status_code == 404


def test_a_household_reads_fewer_words(cast: Cast) -> None:
    text = page(cast.minjun, "simulator/?who=&amount=12")
    assert 'name="cost_center"' not in text
    assert "Who would have to agree" in text


def test_with_script_the_address_is_the_short_one(cast: Cast) -> None:
    asked = "/c/meridian/simulator/?who=&what=amount&amount=5&amount=&category=&category=&cart="
    answer = as_actor(cast.lena).get(asked, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/c/meridian/simulator/?amount=5"


def test_the_queries_do_not_grow_with_the_rows(cast: Cast) -> None:
    # The same people are asked for both: their working time is read once, not once a row.
    one = queries_of(cast.ines, "simulator/?who=Lena+Vogt&amount=2500")
    five = queries_of(cast.ines, "simulator/?who=Lena+Vogt" + "&amount=500" * 5)
    assert one == five < 60

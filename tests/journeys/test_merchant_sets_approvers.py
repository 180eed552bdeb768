"""A customer's approvers by amount, set by the merchant with their consent, decide a purchase."""

from __future__ import annotations

from placet.catalog.models import Price
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import answers, cannot_answer, has_in_inbox, orders, state_of
from tests.rulebooks.rules import meridian

TIERS = (("2,000", "rashid"), ("3,000", "helena"), ("5,000", "sofia"))


def test_a_purchase_of_3500_asks_rashid_and_helena_and_not_sofia(
    people: People, cast: Cast, day: Day
) -> None:
    agreed(people, cast)
    customer, odd = cast.company["meridian"], people.odd
    page = odd.opens("customer_approvers", customer)
    typed = {f"from_{index}": amount for index, (amount, _who) in enumerate(TIERS)}
    typed |= {f"first_{index}": cast.member[who] for index, (_amount, who) in enumerate(TIERS)}
    more = {"mode": "cumulative", "others": "replace", "do": "publish"}
    said = odd.sends(page, "customer_approvers", customer, **typed, **more)
    assert "Version 2 holds from now on." in said

    Price.objects.filter(product__sku="DRS-15").update(unit_price_minor=35_00)
    requisition = orders(people.lena, cast, "DRS-15 100")
    assert requisition.revision is not None
    assert read_content(bytes(requisition.revision.content)).goods_minor == 3_500_00
    assert cannot_answer(odd, requisition)
    for who in (people.rashid, people.helena):
        assert not Order.objects.exists()
        answers(who, requisition, "approve")
        day.undo_passes()
    assert not has_in_inbox(people.sofia, requisition)
    assert state_of(requisition) == "ordered"
    proof = people.lena.opens("evidence", requisition.number)
    for words in ("Rashid Haddad", "Helena Brandt", "rulebook version 2"):
        assert words in proof, words
    assert "Sofia" not in proof


def agreed(people: People, cast: Cast) -> Rulebook:
    """The merchant asks to keep the rules with them, and Ines says yes on her own page."""
    customer, odd, ines = cast.company["meridian"], people.odd, people.ines
    page = odd.opens("customer_approvers", customer)
    assert not page.forms_to(odd.address("customer_approvers", customer))
    odd.sends(page, "customer_rules_ask", customer, keeper="both", reason="The contract says so.")
    rulebook = meridian(cast)
    ines.sends(ines.opens("rules"), "keeping_answer", rulebook.pk, do="accept")
    return meridian(cast)

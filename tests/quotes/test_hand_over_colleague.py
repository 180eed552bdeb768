"""Whoever leaves the desk hands over the customers in their charge and the quotes in hand."""

from __future__ import annotations

import pytest

from placet.companies.actions.give_customers import give_customers
from placet.companies.models import CustomerRep, Member
from placet.quotes.actions.assign_quote import assign_quote
from placet.quotes.actions.hand_over_colleague import hand_over_colleague
from placet.quotes.models import Quote
from placet.quotes.talking import list_who_answers
from placet.requisitions.handing_over import list_hand_over
from tests.cast import Cast
from tests.cast_people import system_of
from tests.quotes.talks import GLOVES, ask

pytestmark = pytest.mark.django_db


def member(cast: Cast, name: str) -> Member:
    return Member.objects.get(pk=cast.member[name])


def in_hand(cast: Cast) -> Quote:
    """A quote of Meridian that Mira has in hand, and Meridian in her charge."""
    meridian = [cast.company["meridian"]]
    give_customers(
        member(cast, "mira"), sees_all=True, company_ids=meridian, actor=cast.odd, now=cast.now
    )
    quote = ask(cast, (GLOVES, 100))
    return assign_quote(quote, member_id=cast.member["mira"], actor=cast.mira, now=cast.now)


def test_customers_and_quotes_go_to_whoever_takes_over(cast: Cast) -> None:
    quote = in_hand(cast)
    held = list_hand_over(member(cast, "mira"))
    assert [one.slug for one in held.customers] == ["meridian"]
    assert list_who_answers(quote) == {cast.member["mira"]}
    heir = member(cast, "odd")
    nobody = system_of(heir.company)
    hand_over_colleague(member(cast, "mira"), to=heir, actor=nobody, now=cast.now)
    quote.refresh_from_db()
    assert quote.assigned_to_id == cast.member["odd"]
    assert list(CustomerRep.objects.values_list("member_id", flat=True)) == [heir.pk]


def test_a_quote_that_the_heir_may_not_answer_is_the_whole_desks(cast: Cast) -> None:
    quote = in_hand(cast)
    tomas = member(cast, "tomas")
    hand_over_colleague(member(cast, "mira"), to=tomas, actor=cast.odd, now=cast.now)
    quote.refresh_from_db()
    assert quote.assigned_to_id is None
    assert cast.member["odd"] in list_who_answers(quote)


def test_in_whose_charge_a_customer_is_hears_of_it_first(cast: Cast) -> None:
    quote = in_hand(cast)
    assign_quote(quote, member_id="", actor=cast.mira, now=cast.now)
    quote.refresh_from_db()
    assert list_who_answers(quote) == {cast.member["mira"]}

"""Nobody takes what was not offered: the negotiation table as properties."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.lifecycles import QUOTE, is_final
from placet.policy.negotiation import (
    TURN,
    Offer,
    OfferLine,
    changes_between,
    expires_after,
    fault_of_offer,
    is_no_worse,
    last_of,
    open_lines,
    price_each,
    valid_until,
    why_not_accepted,
)

TODAY = date(2026, 11, 24)
days = st.integers(-3, 3).map(lambda number: TODAY + timedelta(days=number))


@st.composite
def offers(draw, number: int = 2) -> Offer:
    is_whole = draw(st.booleans())
    lines = []
    for place in draw(st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True)):
        quantity = draw(st.integers(1, 9))
        lines.append(
            OfferLine(
                number=place,
                product=f"p{place}",
                quantity=quantity,
                minimum_quantity=quantity if is_whole else draw(st.integers(1, quantity)),
                unit_price_minor=draw(st.none() | st.integers(0, 500)),
                price_quantity=draw(st.sampled_from([1, 10])),
                valid_until=draw(st.none() | days),
            )
        )
    side = draw(st.sampled_from(["buyer", "merchant", "merchant"]))
    return Offer(number, side, is_whole, False, draw(days), "net_30", tuple(lines))


wishes = st.dictionaries(st.integers(1, 7), st.integers(-1, 10), max_size=4)


def refusal(offer: Offer, wanted: dict[int, int], taken: tuple[int, ...] = ()) -> str:
    return why_not_accepted(offer, wanted, last_number=offer.number, taken=taken, today=TODAY)


@given(offers(), wishes, st.sets(st.integers(1, 6), max_size=2))
def test_what_is_accepted_was_offered_like_that_and_still_holds(offer, wanted, taken):
    if why_not_accepted(offer, wanted, last_number=2, taken=taken, today=TODAY):
        return
    lines = {line.number: line for line in offer.lines}
    assert offer.side == "merchant"
    assert wanted
    for number, quantity in wanted.items():
        line = lines[number]
        assert 1 <= line.minimum_quantity <= quantity <= line.quantity
        assert line.unit_price_minor is not None
        assert min(line.valid_until or offer.valid_until, offer.valid_until) >= TODAY
        assert number not in taken
    assert not offer.is_whole or wanted == {line.number: line.quantity for line in offer.lines}


@given(offers(), st.sets(st.integers(1, 6), max_size=2))
def test_the_open_lines_are_those_that_can_be_taken(offer, taken):
    still = open_lines(offer, taken=taken, today=TODAY)
    whole = {line.number: line.quantity for line in offer.lines}
    if offer.is_whole:
        assert bool(still) == (refusal(offer, whole, tuple(taken)) == "")
    else:
        one_by_one = {
            line.number
            for line in offer.lines
            if not refusal(offer, {line.number: line.quantity}, tuple(taken))
        }
        assert {line.number for line in still} == one_by_one


@given(offers(), wishes)
def test_only_the_last_offer_can_be_taken(offer, wanted):
    assert why_not_accepted(offer, wanted, last_number=offer.number + 1, today=TODAY)


@given(offers(), st.sets(st.integers(1, 6), max_size=3))
def test_after_the_last_day_nothing_is_open_and_on_it_something_was(offer, taken):
    last = expires_after(offer, taken=taken)
    assert not open_lines(offer, taken=taken, today=last + timedelta(days=1))
    rest = [line for line in offer.lines if line.number not in taken]
    all_priced = all(line.unit_price_minor is not None for line in offer.lines)
    is_offer = offer.side == "merchant" and all_priced and rest
    if is_offer and not (offer.is_whole and len(rest) < len(offer.lines)):
        assert open_lines(offer, taken=taken, today=last)


@given(offers(), offers(number=3))
def test_the_changes_lead_from_one_offer_to_the_other(before, after):
    lines = {line.number: line for line in before.lines}
    for change in changes_between(before, after):
        assert lines.get(change.number) == change.before
        if change.after is None:
            del lines[change.number]
        else:
            lines[change.number] = change.after
    assert lines == {line.number: line for line in after.lines}
    assert changes_between(before, before) == ()


@given(offers(), st.data())
def test_one_cent_more_on_any_line_is_worse(offer, data):
    assert is_no_worse(offer, offer)
    priced = [place for place, line in enumerate(offer.lines) if price_each(line) is not None]
    if not priced:
        return
    place = data.draw(st.sampled_from(priced))
    line = offer.lines[place]
    dearer = line._replace(unit_price_minor=line.unit_price_minor + 1)
    lines = (*offer.lines[:place], dearer, *offer.lines[place + 1 :])
    later = offer._replace(number=3, lines=lines)
    assert not is_no_worse(offer, later)
    assert [change.is_dearer for change in changes_between(offer, later)] == [True]
    assert is_no_worse(later, offer)


@given(offers(), offers(number=3), offers(number=4))
def test_no_worse_goes_on_from_round_to_round(first, second, third):
    if is_no_worse(first, second) and is_no_worse(second, third):
        assert is_no_worse(first, third)


@given(offers(), offers(number=3))
def test_what_could_be_taken_can_be_taken_from_an_offer_that_is_no_worse(agreed, later):
    later = later._replace(side="merchant")
    if agreed.is_whole or not is_no_worse(agreed, later):
        return
    for line in open_lines(agreed._replace(side="merchant"), today=TODAY):
        assert not refusal(later, {line.number: line.quantity})


@given(offers())
def test_an_offer_without_a_fault_can_be_taken_as_it_stands(offer):
    if offer.side == "merchant" and not fault_of_offer(offer, today=TODAY):
        assert refusal(offer, {line.number: line.quantity for line in offer.lines}) == ""


def an_offer(**values) -> Offer:
    line = OfferLine(1, "p1", 10, 4, 300, valid_until=values.pop("line_until", None))
    terms = {"is_whole": False, "is_final": False, "valid_until": TODAY, "terms": "net_30"}
    return Offer(2, values.pop("side", "merchant"), lines=(line,), **{**terms, **values})


@pytest.mark.parametrize(
    ("offer", "wanted", "taken", "code"),
    [
        (an_offer(), {1: 10}, (), ""),
        (an_offer(), {1: 4}, (), ""),
        (an_offer(), {1: 3}, (), "below_minimum"),
        (an_offer(), {1: 11}, (), "above_offered"),
        (an_offer(), {}, (), "nothing"),
        (an_offer(), {2: 4}, (), "unknown_line"),
        (an_offer(), {1: 10}, (1,), "taken"),
        (an_offer(side="buyer"), {1: 10}, (), "own_offer"),
        (an_offer(is_whole=True), {1: 9}, (), "whole_only"),
        (an_offer(valid_until=TODAY - timedelta(days=1)), {1: 10}, (), "expired"),
        (an_offer(line_until=TODAY - timedelta(days=1)), {1: 10}, (), "expired"),
        (an_offer(line_until=TODAY + timedelta(days=9)), {1: 10}, (), ""),
    ],
)
def test_each_refusal_says_why(offer, wanted, taken, code):
    assert refusal(offer, wanted, taken) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": ()}, "no_lines"),
        ({"lines": (OfferLine(1, "p", 1, 1, 5),) * 2}, "same_number"),
        ({"lines": (OfferLine(1, "p", 0, 1, 5),)}, "quantity"),
        ({"lines": (OfferLine(1, "p", 5, 6, 5),)}, "minimum"),
        ({"lines": (OfferLine(1, "p", 5, 5, -1),)}, "price"),
        ({"lines": (OfferLine(1, "p", 5, 5, None),)}, "open_price"),
        ({"lines": (OfferLine(1, "p", 5, 5, None),), "side": "buyer"}, ""),
        ({"is_final": True, "side": "buyer"}, "final_by_buyer"),
        ({"valid_until": TODAY - timedelta(days=1)}, "in_the_past"),
        ({}, ""),
    ],
)
def test_an_offer_is_looked_at_before_it_is_made(change, code):
    assert fault_of_offer(an_offer()._replace(**change), today=TODAY) == code


def test_a_line_holds_no_longer_than_its_offer():
    offer = an_offer(line_until=TODAY + timedelta(days=9))
    assert valid_until(offer, offer.lines[0]) == TODAY


def test_the_last_offer_of_a_side_is_found():
    asked, offered = an_offer(side="buyer"), an_offer()
    assert last_of([asked, offered], "buyer") is asked
    assert last_of([asked], "merchant") is None


def test_it_is_somebodys_turn_in_every_state_that_is_not_the_end():
    open_states = {state for state in QUOTE if not is_final(QUOTE, state)}
    assert set(TURN) == open_states - {"accepted"}

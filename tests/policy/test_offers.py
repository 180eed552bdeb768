"""What staff may offer alone, and who releases the rest: worked examples and properties."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.policy.codec import from_json, to_json
from placet.policy.explain import sentence
from placet.policy.facts import UNLIMITED, Limit, Person, QuoteTerms, Requester
from placet.policy.offers import LOWEST, Measured, OfferedLine, measure_offer
from placet.policy.planning import make_offer_plan
from placet.policy.rulebook import compile_rulebook
from placet.policy.starters import offers_within_authority
from tests.policy.world import asked, eur, facts, of, organisation, people, person, shown

STARTER = compile_rulebook(offers_within_authority(), rulebook="offers", version=1)


def authority(discount=None, margin=None, **more):
    """What somebody of the store may offer and release, in basis points."""
    bare = Limit("over", None, None, None, None, None, discount, margin)
    return bare._replace(**more)


REP, MANAGER = authority(1_000), authority(2_500, 1_200)
OWNER = authority(UNLIMITED, UNLIMITED, order_maximum=UNLIMITED)


def offer(discount, margin=5_000, *, by: Person | None = None, own=REP, amount="1000.00"):
    """The plan of an offer by Sam, who sells, in a store of Tom, manager, and Olga, owner."""
    author = by or person("sam", "")
    staff = people(author, person("tom", "", MANAGER), person("olga", "", OWNER))
    quoted = of(amount)._replace(quote=QuoteTerms(discount, margin, None))
    known = facts(
        quoted,
        requester=Requester(author, frozenset(), frozenset(), own, ()),
        authors=frozenset({author.user}),
        organisation=organisation(people=staff, units=()),
    )
    return make_offer_plan([STARTER], known)


@pytest.mark.parametrize(
    ("discount", "margin", "expected"),
    [
        (0, 5_000, "free"),
        (1_000, 5_000, "free"),
        (1_001, 5_000, [["tom"]]),
        (2_500, 5_000, [["tom"]]),
        (2_501, 5_000, [["olga"]]),
        (3_000, 5_000, [["olga"]]),
        (1_500, 1_200, [["tom"]]),
        (1_500, 1_199, [["olga"]]),
        (1_500, None, [["olga"]]),
        (None, 5_000, [["olga"]]),
    ],
)
def test_a_rep_gives_ten_percent_the_manager_twenty_five_the_owner_the_rest(
    discount, margin, expected
):
    assert shown(offer(discount, margin)) == expected


@pytest.mark.parametrize(
    ("margin", "expected"), [(1_200, "free"), (1_199, [["olga"]]), (None, [["olga"]])]
)
def test_a_margin_below_the_managers_own_asks_the_owner(margin, expected):
    plan = offer(0, margin, by=person("tom", "", MANAGER), own=MANAGER)
    assert shown(plan) == expected


def test_whoever_has_no_authority_offers_at_the_usual_prices_alone():
    nothing = authority()
    assert shown(offer(0, None, own=nothing)) == "free"
    assert shown(offer(1, 9_000, own=nothing)) == [["tom"]]


def test_nobody_releases_an_offer_of_their_own():
    by_manager = offer(2_000, 1_000, by=person("tom", "", MANAGER), own=MANAGER)
    assert asked(by_manager) == [["olga"]]
    by_owner = offer(9_000, own=authority(1_000), by=person("olga", "", OWNER))
    assert by_owner.outcome == "blocked"


def test_an_amount_that_is_set_holds_for_author_and_releaser():
    small = authority(1_000, order_maximum=eur("500.00"))
    assert shown(offer(900, own=small, amount="500.00")) == "free"
    assert shown(offer(900, own=small, amount="500.01")) == [["olga"]]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("15 %", "10 %", "author", "discounts up to")),
        ("pl", ("15 %", "10 %", "autora")),
    ],
)
def test_the_reason_says_what_was_exceeded(language, words):
    (step,) = offer(1_500).steps
    said = sentence(step.reasons[0], language)
    assert all(word in said for word in words[:3]), said


def test_whoever_is_passed_is_named_with_what_they_may():
    (step,) = offer(3_000).steps
    said = sentence(step.reasons[0], "en")
    assert "may release discounts up to 25 %" in said


def test_a_limit_that_was_stored_before_discounts_were_is_read():
    stored = to_json(authority())
    del stored["discount"], stored["margin"]
    assert from_json(Limit, stored).discount is UNLIMITED


# ── Measures ────────────────────────────────────────────────────────────────────────────────────


def line(offered, usual, cost, *, quantity=10, at_most=None, number=1):
    share = None if usual is None else Fraction(usual, quantity)
    dearest = share if at_most is None else Fraction(at_most, quantity)
    known_cost = None if cost is None else Fraction(cost)
    known_usual = None if usual is None else Fraction(usual)
    return OfferedLine(number, quantity, Fraction(offered), known_usual, dearest, known_cost)


def test_a_whole_is_measured_as_a_whole_and_lines_by_the_worst():
    cheap, dear = line(40, 100, 90), line(200, 100, 50)
    assert measure_offer([cheap, dear], is_whole=True) == Measured(0, 4_166)
    assert measure_offer([cheap, dear], is_whole=False) == Measured(6_000, -12_500)


def test_lines_that_can_be_taken_in_part_are_measured_where_the_discount_is_largest():
    part = line(90, 100, 50, at_most=180)
    assert measure_offer([part], is_whole=True).discount == 1_000
    assert measure_offer([part], is_whole=False).discount == 5_000


def test_what_is_unknown_of_one_line_is_unknown_of_all():
    known, no_price, no_cost = line(90, 100, 50), line(90, None, 50), line(90, 100, None)
    for is_whole in (True, False):
        assert measure_offer([known, no_price], is_whole=is_whole).discount is None
        assert measure_offer([known, no_cost], is_whole=is_whole).margin is None


def test_a_gift_leaves_as_little_as_can_be_said():
    assert measure_offer([line(0, 100, 50)], is_whole=True) == Measured(10_000, LOWEST)


def test_a_hair_beyond_a_bound_is_beyond_it():
    assert measure_offer([line(899_999, 1_000_000, 0)], is_whole=True).discount == 1_001


amounts = st.integers(0, 10**9)
lines = st.lists(
    st.tuples(amounts, amounts, amounts, st.integers(1, 50)).map(
        lambda one: line(one[0], one[1], one[2], quantity=one[3])
    ),
    min_size=1,
    max_size=6,
)


@given(lines, st.booleans())
def test_a_better_price_for_the_buyer_is_never_measured_as_less(given_lines, is_whole):
    """What is no larger anywhere is no smaller a discount, and no larger a margin."""
    before = measure_offer(given_lines, is_whole=is_whole)
    lowered = [one._replace(offered=one.offered / 2) for one in given_lines]
    after = measure_offer(lowered, is_whole=is_whole)
    assert after.discount >= before.discount
    assert after.margin <= before.margin


@given(lines)
def test_taken_line_by_line_is_never_measured_as_less_than_as_a_whole(given_lines):
    whole = measure_offer(given_lines, is_whole=True)
    single = measure_offer(given_lines, is_whole=False)
    assert single.discount >= whole.discount
    assert single.margin <= whole.margin


bounds = st.one_of(st.just(UNLIMITED), st.none(), st.integers(0, 5_000))


@given(
    st.one_of(st.none(), st.integers(0, 6_000)),
    st.one_of(st.none(), st.integers(-2_000, 6_000)),
    bounds,
    bounds,
)
def test_whoever_is_asked_could_have_offered_it_or_more(discount, margin, rep, rep_margin):
    """Nobody releases what their own bounds do not reach, and the author is never asked."""
    plan = offer(discount, margin, own=authority(rep, rep_margin))
    for approvers in asked(plan):
        assert "sam" not in approvers
        if "tom" in approvers:
            assert discount is None or discount <= 2_500
            assert margin is None or margin >= 1_200
            assert None not in (discount, margin)

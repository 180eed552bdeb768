"""Carrying out a plan: quorum, order, one human one vote, endings, and people who leave."""

from __future__ import annotations

import pytest

from placet.policy.chain import (
    AlreadyDecided,
    Chain,
    ChainStep,
    NotAsked,
    NotEligible,
    Seat,
    Standing,
    Vote,
    add_approver,
    asked_now,
    chain_of,
    decide,
    escalate,
    forward,
    outcome,
    short_steps,
    statuses,
)
from placet.policy.planning import make_plan
from tests.policy.world import BIOMED, HEAD, amount, asks, facts, rule, rulebook

ANYBODY = Standing(excluded=frozenset({"lena"}))


def step(key, rank, *users, needed=1, distinct=False, side="buyer"):
    seats = tuple(user if isinstance(user, Seat) else Seat(user) for user in users)
    return ChainStep(key, side, rank, needed, distinct, seats)


def after(chain, *votes, standing=ANYBODY):
    for at, user, *kind in votes:
        chain = decide(chain, Vote(at, user, *(kind or ["approve"])), standing)
    return chain


TWO_STEPS = Chain((step("head", 10, "rashid"), step("biomed", 20, "anika", "jonas", "piotr")))


def test_steps_are_asked_in_order_and_any_one_is_enough():
    assert asked_now(TWO_STEPS, ANYBODY) == {"head": ("rashid",)}
    chain = after(TWO_STEPS, ("head", "rashid"))
    assert asked_now(chain, ANYBODY) == {"biomed": ("anika", "jonas", "piotr")}
    assert statuses(chain) == {"head": "approved", "biomed": "pending"}
    chain = after(chain, ("biomed", "jonas"))
    assert outcome(chain) == "approved"
    assert asked_now(chain, ANYBODY) == {}


def test_a_later_step_cannot_be_decided_early():
    with pytest.raises(NotAsked):
        after(TWO_STEPS, ("biomed", "anika"))


def test_equal_ranks_are_asked_at_once():
    chain = Chain((step("a", 10, "ada"), step("b", 10, "ben"), step("c", 20, "cy")))
    assert asked_now(chain, ANYBODY) == {"a": ("ada",), "b": ("ben",)}
    assert asked_now(after(chain, ("b", "ben")), ANYBODY) == {"a": ("ada",)}


def test_the_merchant_starts_when_the_buyers_side_is_done():
    chain = Chain((step("late", 90, "ada"), step("store", 1, "tom", side="merchant")))
    assert asked_now(chain, ANYBODY) == {"late": ("ada",)}
    assert asked_now(after(chain, ("late", "ada")), ANYBODY) == {"store": ("tom",)}


def test_a_quorum_needs_distinct_humans():
    chain = Chain((step("both", 10, "ada", "ben", "cy", needed=2),))
    chain = after(chain, ("both", "ada"))
    with pytest.raises(AlreadyDecided):
        after(chain, ("both", "ada"))
    assert outcome(chain) == "pending"
    assert outcome(after(chain, ("both", "cy"))) == "approved"


def test_one_rejection_ends_it():
    chain = after(TWO_STEPS, ("head", "rashid", "reject"))
    assert outcome(chain) == "rejected"
    assert statuses(chain)["head"] == "rejected"
    with pytest.raises(AlreadyDecided):
        after(chain, ("biomed", "anika"))


def test_a_request_for_changes_returns_it():
    chain = after(TWO_STEPS, ("head", "rashid", "request_changes"))
    assert outcome(chain) == "changes_requested"
    assert asked_now(chain, ANYBODY) == {}


def test_a_person_in_several_steps_is_asked_once():
    chain = Chain((step("first", 10, "ada"), step("second", 20, "ada", "ben"), step("x", 30, "cy")))
    chain = after(chain, ("first", "ada"))
    assert statuses(chain) == {"first": "approved", "second": "approved", "x": "pending"}


def test_a_distinct_step_does_not_count_who_counted_before():
    four_eyes = step("second", 20, "ada", "ben", distinct=True)
    chain = after(Chain((step("first", 10, "ada", "ben"), four_eyes)), ("first", "ada"))
    assert asked_now(chain, ANYBODY) == {"second": ("ben",)}
    with pytest.raises(AlreadyDecided):
        after(chain, ("second", "ada"))
    assert outcome(after(chain, ("second", "ben"))) == "approved"


def test_principal_and_delegate_share_one_vote():
    both = step("both", 10, Seat("ada", ("dora",)), "ben", needed=2)
    chain = after(Chain((both,)), ("both", "dora"))
    assert asked_now(chain, ANYBODY) == {"both": ("ben",)}
    assert outcome(after(chain, ("both", "ben"))) == "approved"


def test_a_delegate_of_two_has_one_vote():
    both = step("both", 10, Seat("ada", ("dora",)), Seat("ben", ("dora",)), needed=2)
    chain = after(Chain((both,)), ("both", "dora"))
    assert outcome(chain) == "pending"
    assert asked_now(chain, ANYBODY) == {"both": ("ada", "ben")}
    assert outcome(after(chain, ("both", "ada"))) == "approved"


def test_an_approver_who_stands_in_for_another_has_one_vote():
    both = step("both", 10, Seat("ada", ("ben",)), "ben", needed=2)
    chain = after(Chain((both,)), ("both", "ben"))
    assert asked_now(chain, ANYBODY) == {"both": ("ada",)}


@pytest.mark.parametrize("user", ["lena", "gone"])
def test_requester_and_leavers_cannot_decide_even_with_a_seat(user):
    standing = Standing(excluded=frozenset({"lena"}), inactive=frozenset({"gone"}))
    chain = Chain((step("any", 10, "lena", "gone", "ada"),))
    assert asked_now(chain, standing) == {"any": ("ada",)}
    with pytest.raises(NotEligible):
        after(chain, ("any", user), standing=standing)


def test_strangers_are_not_asked():
    with pytest.raises(NotAsked):
        after(TWO_STEPS, ("head", "ada"))


def test_a_step_that_lost_its_people_escalates():
    left = Standing(inactive=frozenset({"rashid"}))
    assert short_steps(TWO_STEPS, ANYBODY) == ()
    assert short_steps(TWO_STEPS, left) == ("head",)
    chain = escalate(TWO_STEPS, "head", (Seat("helena"),), left)
    assert short_steps(chain, left) == ()
    assert asked_now(chain, left) == {"head": ("helena",)}


def test_nobody_becomes_an_approver_who_may_not_decide():
    for change in (
        lambda: forward(TWO_STEPS, "head", "rashid", Seat("lena"), ANYBODY),
        lambda: add_approver(TWO_STEPS, "head", Seat("lena"), ANYBODY),
        lambda: escalate(TWO_STEPS, "head", (Seat("lena"),), ANYBODY),
    ):
        with pytest.raises(NotEligible):
            change()


def test_a_seat_is_forwarded_and_an_approver_added():
    chain = forward(TWO_STEPS, "head", "rashid", Seat("ada"), ANYBODY)
    assert asked_now(chain, ANYBODY) == {"head": ("ada",)}
    chain = add_approver(chain, "head", Seat("ben"), ANYBODY)
    chain = after(chain, ("head", "ada"))
    assert asked_now(chain, ANYBODY) == {"head": ("ben",)}
    assert asked_now(after(chain, ("head", "ben")), ANYBODY).keys() == {"biomed"}


def test_adding_somebody_who_is_asked_already_cannot_raise_the_quorum():
    with pytest.raises(NotEligible):
        add_approver(TWO_STEPS, "head", Seat("rashid"), ANYBODY)


def test_the_chain_of_a_plan_asks_its_people():
    plan = make_plan(
        [
            rulebook(
                rule("head", amount(">", "50"), asks(HEAD)),
                rule("biomed", amount(">", "60"), asks(BIOMED, rank=20, quorum=2)),
            )
        ],
        facts("100"),
    )
    chain = chain_of(plan)
    head, biomed = (each.key for each in plan.steps)
    assert asked_now(chain, ANYBODY) == {head: ("user-rashid",)}
    chain = after(chain, (head, "user-rashid"), (biomed, "user-anika"), (biomed, "user-jonas"))
    assert outcome(chain) == "approved"


def test_a_free_plan_is_approved_and_a_blocked_one_has_no_chain():
    assert outcome(chain_of(make_plan([rulebook()], facts("1")))) == "approved"
    stop = rulebook(rule("stop", amount(">", "1"), {"effect": "block"}))
    with pytest.raises(ValueError, match="blocked"):
        chain_of(make_plan([stop], facts("2")))


def test_a_carried_approval_counts_at_its_own_step_only():
    chain = Chain(
        (step("old", 10, "ada"), step("new", 20, "ada")),
        (Vote("old", "ada", "approve", carried=True),),
    )
    assert asked_now(chain, ANYBODY) == {"new": ("ada",)}
    assert outcome(after(chain, ("new", "ada"))) == "approved"

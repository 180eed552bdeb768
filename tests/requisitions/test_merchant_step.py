"""The merchant's own step: its facts are the buyer's too, its words stay with the merchant."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import (
    add_approver,
    apply_due_decisions,
    decide_step,
    forward_step,
    suggest_line,
)
from placet.requisitions.models import Requisition, StepAssignment
from placet.rulebooks.actions import create_rulebook, publish_rulebook
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, pending_step, submit

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)
WORDS = "Not below 100.00 EUR this month."


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """A small order that only the store manager has to release."""
    step = {"approvers": [{"select": "merchant_role", "role": "store_manager"}], "rank": 10}
    minimum = {
        "id": "minimum-order",
        "name": {"en": "Minimum order"},
        "when": {
            "field": "purchase.goods",
            "op": "<",
            "value": {"amount_minor": 10**9, "currency": "EUR"},
        },
        "then": {"effect": "require", "steps": [step]},
    }
    rules = create_rulebook(name="Norden's rules", side="merchant", actor=cast.odd, now=cast.now)
    document = {"format": 1, "side": "merchant", "default": "free", "rules": [minimum]}
    publish_rulebook(rules, document=document, actor=cast.odd, now=cast.now)
    return submit(fill_cart(cast, (GLOVES, 10)), actor=cast.lena, now=cast.now)


def told(company: str, cast: Cast, requisition: Requisition) -> list[Event]:
    """What the chain of a company says about the purchase."""
    events = Event.objects.filter(company_id=cast.company[company], subject=requisition.pk)
    return list(events.select_related("private").order_by("seq"))


def words_in(events: list[Event]) -> str:
    """The private words of these events, as one text."""
    private = [getattr(event, "private", None) for event in events]
    return json.dumps([one.payload for one in private if one])


@pytest.mark.parametrize(
    ("kind", "end"), [("approve", "requisition.ordered"), ("reject", "requisition.rejected")]
)
def test_what_the_merchant_decides_is_a_fact_of_the_buyer(
    cast: Cast, requisition: Requisition, kind: str, end: str
) -> None:
    mira: Actor = cast.mira
    answer(requisition, kind, reason=WORDS, actor=mira, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    buyers = told("meridian", cast, requisition)
    kinds = [event.type for event in buyers]
    assert {"decision.recorded", "decision.applied", end} <= set(kinds)
    assert kinds.count("decision.recorded") == 1
    assert WORDS not in words_in(buyers)
    own = told("norden", cast, requisition)
    assert [event.type for event in own] == ["decision.recorded"]
    assert WORDS in words_in(own)
    assert verify() == []


def test_what_the_merchant_wants_changed_is_told_to_the_buyer(
    cast: Cast, requisition: Requisition
) -> None:
    """A request for changes is a message: without its words the buyer could not go on."""
    answer(requisition, "request_changes", reason=WORDS, actor=cast.mira, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.CHANGES_REQUESTED
    assert WORDS in words_in(told("meridian", cast, requisition))
    assert WORDS in words_in(told("norden", cast, requisition))
    assert verify() == []


def test_the_merchant_lowers_no_line_and_suggests_none(
    cast: Cast, requisition: Requisition
) -> None:
    requisition.refresh_from_db()
    assert requisition.revision is not None
    step, seen = pending_step(requisition), requisition.revision.content_hash
    with pytest.raises(Forbidden):
        decide_step(
            step,
            kind="approve",
            content_hash=seen,
            reason=WORDS,
            lines={1: 5},
            actor=cast.mira,
            now=cast.now,
        )
    with pytest.raises(Forbidden):
        suggest_line(step, content_hash=seen, line=1, quantity=5, actor=cast.mira, now=cast.now)


def test_the_merchants_people_hand_it_on_among_themselves(
    cast: Cast, requisition: Requisition
) -> None:
    step = pending_step(requisition)
    people = Member.objects.select_related("user", "company")
    for stranger in ("rashid", "helena"):
        with pytest.raises(NotFound):
            forward_step(
                step,
                to=people.get(pk=cast.member[stranger]),
                note=WORDS,
                actor=cast.mira,
                now=cast.now,
            )
    tomas = people.get(pk=cast.member["tomas"])
    forward_step(step, to=tomas, note=WORDS, actor=cast.mira, now=cast.now)
    asked = StepAssignment.objects.get(requisition=requisition, is_open=True)
    assert asked.member_id == tomas.pk
    assert WORDS not in words_in(told("meridian", cast, requisition))
    assert WORDS in words_in(told("norden", cast, requisition))
    answer(requisition, "approve", actor=cast.tomas, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert verify() == []


def test_a_buyer_hands_nothing_to_the_merchants_people(cast: Cast) -> None:
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    tomas = Member.objects.select_related("user", "company").get(pk=cast.member["tomas"])
    for ask in (
        lambda: forward_step(
            pending_step(waiting), to=tomas, note=WORDS, actor=cast.rashid, now=cast.now
        ),
        lambda: add_approver(
            pending_step(waiting), member=tomas, note=WORDS, actor=cast.rashid, now=cast.now
        ),
    ):
        with pytest.raises(NotFound):
            ask()

"""Requesting changes: back to the buyer, with the reason, and nothing is released."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.budgets.models import Budget
from placet.core.errors import Forbidden, InvalidInput
from placet.jobs.verify import verify
from placet.requisitions.actions import apply_due_decisions, decide_step, withdraw_requisition
from placet.requisitions.errors import AlreadyDecided, NotAsked
from placet.requisitions.models import DecisionOutcome, Requisition, Step, StepAssignment
from placet.requisitions.queries import list_inbox
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)
WHY = "Take the short sets, they are on contract."


@pytest.fixture
def requisition(cast: Cast) -> Requisition:
    """Ten infusion sets: Rashid first, then any one of Biomedical engineering."""
    return submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)


def ask_for_changes(cast: Cast, requisition: Requisition) -> None:
    """Rashid asks, and it takes effect."""
    answer(requisition, "request_changes", actor=cast.rashid, now=cast.now, reason=WHY)
    apply_due_decisions(now=cast.now + UNDO)
    requisition.refresh_from_db()


def test_it_goes_back_to_lena_and_nobody_is_asked_while_the_budget_stays_reserved(
    cast: Cast, requisition: Requisition
) -> None:
    ask_for_changes(cast, requisition)
    assert requisition.status == Requisition.Status.CHANGES_REQUESTED
    assert not StepAssignment.objects.filter(requisition=requisition, is_open=True).exists()
    assert set(requisition.steps.values_list("status", flat=True)) == {Step.Status.VOID}
    assert Budget.objects.get(company_id=cast.company["meridian"]).reserved_minor == 10 * 11900
    assert not list_inbox(cast.rashid).exists()
    assert verify() == []


def test_without_saying_what_to_change_nothing_is_written(
    cast: Cast, requisition: Requisition
) -> None:
    with pytest.raises(InvalidInput) as caught:
        answer(requisition, "request_changes", actor=cast.rashid, now=cast.now, reason=" ")
    assert caught.value.path == "reason"
    assert not requisition.steps.get(position=1).decisions.exists()


def test_it_waits_for_the_undo_and_another_answer_that_waited_lapses(cast: Cast) -> None:
    """Both engineers answer within ten seconds; the first one returned it, so the second lapses."""
    requisition = submit(fill_cart(cast, (INFUSION_SET, 1)), actor=cast.lena, now=cast.now)
    answer(requisition, "request_changes", actor=cast.anika, now=cast.now, reason=WHY)
    late = answer(requisition, "approve", actor=cast.jonas, now=cast.now)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.PENDING
    apply_due_decisions(now=cast.now + UNDO)
    outcome = DecisionOutcome.objects.get(decision=late)
    assert (outcome.kind, outcome.reason) == ("lapsed", "changes_requested")
    assert verify() == []


def test_nobody_decides_while_the_buyer_is_asked_and_she_may_withdraw(
    cast: Cast, requisition: Requisition
) -> None:
    step = requisition.steps.get(position=1)
    ask_for_changes(cast, requisition)
    assert requisition.revision is not None
    with pytest.raises(AlreadyDecided):
        decide_step(
            step,
            kind="approve",
            content_hash=requisition.revision.content_hash,
            actor=cast.rashid,
            now=cast.now,
        )
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    assert Budget.objects.get(company_id=cast.company["meridian"]).reserved_minor == 0
    assert verify() == []


@pytest.mark.parametrize("who", ["lena", "ines", "anika", "ola", "tomas"])
def test_only_who_is_asked_returns_it(cast: Cast, requisition: Requisition, who: str) -> None:
    with pytest.raises((NotAsked, Forbidden)):
        answer(requisition, "request_changes", actor=cast.actors[who], now=cast.now, reason=WHY)


def test_a_reason_that_is_too_long_or_a_kind_that_is_unknown_is_refused(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    for kind, reason, path in (
        ("request_changes", "x" * 2001, "reason"),
        ("maybe", "", "decision"),
    ):
        with pytest.raises(InvalidInput) as caught:
            answer(requisition, kind, actor=cast.rashid, now=cast.now, reason=reason)
        assert caught.value.path == path

"""Deciding for somebody else: while the delegation runs, in their name, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.companies.actions import delegate_to, end_delegation
from placet.companies.models import Delegation, Member
from placet.jobs.verify import verify
from placet.requisitions.actions import apply_due_decisions
from placet.requisitions.errors import NotAsked
from placet.requisitions.models import DecisionOutcome, Requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=10)


@pytest.fixture
def delegation(cast: Cast) -> Delegation:
    """Mei decides for Rashid this week."""
    return delegate_to(
        Member.objects.get(pk=cast.member["rashid"]),
        delegate=Member.objects.get(pk=cast.member["mei"]),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=4),
        actor=cast.rashid,
        now=cast.now,
    )


def test_mei_decides_for_rashid_and_the_record_says_so(cast: Cast, delegation: Delegation) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    decision = answer(requisition, "approve", actor=cast.mei, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert decision.principal_id == cast.member["rashid"]
    assert verify() == []


def test_after_the_delegation_ended_she_is_not_asked(cast: Cast, delegation: Delegation) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    end_delegation(delegation, actor=cast.rashid, now=cast.now)
    with pytest.raises(NotAsked):
        answer(requisition, "approve", actor=cast.mei, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)


def test_her_answer_lapses_when_it_is_ended_before_it_took_effect(
    cast: Cast, delegation: Delegation
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    decision = answer(requisition, "approve", actor=cast.mei, now=cast.now)
    end_delegation(delegation, actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    assert DecisionOutcome.objects.get(decision=decision).reason == "delegation_ended"
    assert verify() == []


def test_a_smaller_delegation_in_its_place_does_not_cover_it(
    cast: Cast, delegation: Delegation
) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    end_delegation(delegation, actor=cast.rashid, now=cast.now)
    delegate_to(
        Member.objects.get(pk=cast.member["rashid"]),
        delegate=Member.objects.get(pk=cast.member["mei"]),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=4),
        cap_minor=50 * 1990 - 1,
        actor=cast.rashid,
        now=cast.now,
    )
    with pytest.raises(NotAsked):
        answer(requisition, "approve", actor=cast.mei, now=cast.now)


def test_rashid_and_mei_together_have_one_seat(cast: Cast, delegation: Delegation) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    answer(requisition, "approve", actor=cast.mei, now=cast.now)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert verify() == []

"""Suspended companies and ended memberships write nothing, also with an actor read before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.carts.pricing import price_cart
from placet.companies.acting import CompanySuspended
from placet.companies.actions import resume_company, suspend_company
from placet.companies.models import Company, Member
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.jobs.verify import verify
from placet.plans.planner import plan_cart
from placet.requisitions.actions import (
    apply_due_decisions,
    deactivate_member,
    retract_decision,
    submit_cart,
    withdraw_requisition,
)
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from tests.cast import Cast
from tests.cast_people import system_of
from tests.requisitions.road import DRESSING, answer, fill_cart, submit

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=10)


def suspend(cast: Cast) -> Actor:
    meridian = Company.objects.get(slug="meridian")
    suspend_company(meridian, actor=system_of(meridian), now=cast.now)
    return system_of(meridian)


def test_an_actor_of_before_the_suspension_writes_nothing(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    decision = answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    other = submit(fill_cart(cast, (DRESSING, 60)), actor=cast.lena, now=cast.now)
    suspend(cast)
    with pytest.raises(CompanySuspended):
        submit(cart, actor=cast.lena, now=cast.now)
    with pytest.raises(CompanySuspended):
        answer(other, "approve", actor=cast.rashid, now=cast.now)
    with pytest.raises(CompanySuspended):
        withdraw_requisition(waiting, actor=cast.lena, now=cast.now)
    with pytest.raises(CompanySuspended):
        retract_decision(decision, actor=cast.rashid, now=cast.now)
    assert Decision.objects.count() == 1


def test_a_decision_that_waits_lapses_and_can_be_given_again_later(cast: Cast) -> None:
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    decision = answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    system = suspend(cast)
    apply_due_decisions(now=cast.now + LATER)
    assert DecisionOutcome.objects.get(decision=decision).reason == "company_suspended"
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.PENDING
    resume_company(waiting.company, actor=system, now=cast.now)
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.ORDERED
    assert verify() == []


def test_an_actor_of_before_the_end_of_their_membership_writes_nothing(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    waiting = submit(fill_cart(cast, (DRESSING, 60)), actor=cast.lena, now=cast.now)
    planned = plan_cart(cart, price_cart(cart, now=cast.now), actor=cast.lena, now=cast.now)
    for who in ("lena", "rashid"):
        member = Member.objects.get(pk=cast.member[who])
        deactivate_member(member, actor=cast.ines, now=cast.now)
    with pytest.raises(Forbidden):
        submit_cart(cart, plan_hash=planned.plan.hash, actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    with pytest.raises(Forbidden):
        withdraw_requisition(waiting, actor=cast.lena, now=cast.now)

"""Every row of an inbox says the total that its list is sorted by, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import F, Q

from placet.requisitions.actions import add_approver, forward_step, reassign_step
from placet.requisitions.actions.remind_steps import remind_due_steps
from placet.requisitions.models import Requisition, RevisionOrigin, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, fill_cart, member, pending_step, submit
from tests.requisitions.test_revise_requisition import revise

pytestmark = pytest.mark.django_db
NOTE = "You know the ward better."


@pytest.fixture(autouse=True)
def _rows_say_the_total() -> Iterator[None]:
    yield
    of_now = StepAssignment.objects.filter(step__revision_id=F("requisition__revision_id"))
    told = Q(currency=F("requisition__currency"), total_minor=F("requisition__total_minor"))
    assert of_now.exists()
    assert not of_now.exclude(told).exists()


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid, the head of ICU."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def named(requisition: Requisition) -> set[str]:
    return set(
        StepAssignment.objects.filter(requisition=requisition).values_list("member_id", flat=True)
    )


def test_of_whom_the_plan_names(cast: Cast, waiting: Requisition) -> None:
    assert named(waiting) == {cast.member["rashid"]}


def test_of_the_next_revision(cast: Cast, waiting: Requisition) -> None:
    before = waiting.total_minor
    revise(waiting, cast, {"DRS-15": 40}, RevisionOrigin.Cause.REDUCED)
    waiting.refresh_from_db()
    assert waiting.total_minor < before


def test_of_whom_it_was_forwarded_to(cast: Cast, waiting: Requisition) -> None:
    step = pending_step(waiting)
    forward_step(step, to=member(cast, "mei"), note=NOTE, actor=cast.rashid, now=cast.now)
    assert cast.member["mei"] in named(waiting)


def test_of_who_was_added(cast: Cast, waiting: Requisition) -> None:
    step = pending_step(waiting)
    add_approver(step, member=member(cast, "mei"), note=NOTE, actor=cast.rashid, now=cast.now)
    assert cast.member["mei"] in named(waiting)


def test_of_whom_an_admin_asks(cast: Cast, waiting: Requisition) -> None:
    step = pending_step(waiting)
    reassign_step(step, to=member(cast, "mei"), reason="Away", actor=cast.ines, now=cast.now)
    assert cast.member["mei"] in named(waiting)


def test_of_who_is_asked_by_escalation(cast: Cast, waiting: Requisition) -> None:
    for hours in range(0, 24 * 8, 6):
        remind_due_steps(now=cast.now + timedelta(hours=hours))
    assert cast.member["helena"] in named(waiting)

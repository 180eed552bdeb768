"""A step is stuck: Ines asks somebody else, with a reason; nobody gets power by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import reassign_step
from placet.requisitions.errors import MayNotDecide
from placet.requisitions.models import Decision, Requisition, Step, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, member, pending_step, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid, the head of ICU."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def asked(step: Step) -> set[str]:
    rows = StepAssignment.objects.filter(step=step, is_open=True)
    return set(rows.values_list("member_id", flat=True))


def test_mei_is_asked_beside_rashid_and_her_yes_is_enough(cast: Cast, waiting: Requisition) -> None:
    step = pending_step(waiting)
    reason = "Rashid is at a congress."
    reassign_step(step, to=member(cast, "mei"), reason=reason, actor=cast.ines, now=cast.now)
    assert asked(step) == {cast.member["rashid"], cast.member["mei"]}
    told = Event.objects.get(type="step.given")
    assert reason not in told.payload
    assert reason in told.private.payload
    mei = replace(cast.mei, channel="api")
    answer(waiting, Decision.Kind.APPROVE, actor=mei, now=cast.now)
    step.refresh_from_db()
    assert step.status == Step.Status.APPROVED


@pytest.mark.parametrize("who", ["lena", "pavel", "aron", "jan", "gone"])
def test_whoever_may_not_approve_here_is_not_asked(
    cast: Cast, waiting: Requisition, who: str
) -> None:
    """The requester, buyers, an auditor, another company's admin, one who left."""
    step = pending_step(waiting)
    with pytest.raises((Conflict, InvalidInput, NotFound)):
        reassign_step(step, to=member(cast, who), reason="Hurry", actor=cast.ines, now=cast.now)
    assert asked(step) == {cast.member["rashid"]}
    assert not Event.objects.filter(type__in=["step.given", "step.reassigned"]).exists()


def test_nobody_asks_themselves(cast: Cast, waiting: Requisition) -> None:
    with pytest.raises(InvalidInput) as refused:
        reassign_step(
            pending_step(waiting),
            to=member(cast, "ines"),
            reason="I do it",
            actor=cast.ines,
            now=cast.now,
        )
    assert refused.value.path == "to"


@pytest.mark.parametrize("who", ["lena", "pavel", "rashid", "aron"])
def test_only_who_manages_the_company_asks_others(
    cast: Cast, waiting: Requisition, who: str
) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Forbidden):
        reassign_step(
            pending_step(waiting), to=member(cast, "mei"), reason="x", actor=actor, now=cast.now
        )


@pytest.mark.parametrize("reason", ["", "   ", "x" * 401])
def test_without_a_reason_nothing_happens(cast: Cast, waiting: Requisition, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        reassign_step(
            pending_step(waiting),
            to=member(cast, "mei"),
            reason=reason,
            actor=cast.ines,
            now=cast.now,
        )
    assert refused.value.path == "reason"


def test_whoever_is_asked_already_is_not_asked_twice(cast: Cast, waiting: Requisition) -> None:
    with pytest.raises(MayNotDecide):
        reassign_step(
            pending_step(waiting),
            to=member(cast, "rashid"),
            reason="Hurry",
            actor=cast.ines,
            now=cast.now,
        )


def test_a_step_that_has_its_answer_asks_nobody(cast: Cast, waiting: Requisition) -> None:
    step = pending_step(waiting)
    rashid = replace(cast.rashid, channel="api")
    answer(waiting, Decision.Kind.APPROVE, actor=rashid, now=cast.now)
    with pytest.raises(Conflict):
        reassign_step(step, to=member(cast, "mei"), reason="x", actor=cast.ines, now=cast.now)

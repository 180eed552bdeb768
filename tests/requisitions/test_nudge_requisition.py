"""Lena asks for an answer again: the people who are asked get a mail, and not too often."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import nudge_requisition, withdraw_requisition
from placet.requisitions.actions.nudge_requisition import NudgedRecently
from placet.requisitions.models import Nudge, Requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, fill_cart, submit

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid since Tuesday at ten in Berlin."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def test_rashid_is_asked_again_and_the_note_is_private(cast: Cast, waiting: Requisition) -> None:
    nudge_requisition(waiting, note="Surgery is on Friday.", actor=cast.lena, now=cast.now)

    told = Event.objects.get(type="step.nudged")
    assert json.loads(told.payload)["asked"] == [cast.member["rashid"]]
    assert "Surgery" not in told.payload
    assert "Surgery" in told.private.payload
    assert Nudge.objects.get().member_id == cast.member["lena"]


def test_the_next_time_is_four_working_hours_later_and_the_refusal_says_when(
    cast: Cast, waiting: Requisition
) -> None:
    """At three in the afternoon: two hours of today, two of tomorrow."""
    three = cast.now + 5 * HOUR
    nudge_requisition(waiting, actor=cast.lena, now=three)
    eleven = three + timedelta(hours=20)
    with pytest.raises(NudgedRecently) as refused:
        nudge_requisition(waiting, actor=cast.lena, now=eleven - HOUR)

    assert refused.value.status == 429
    assert refused.value.retry_after == 3600
    assert refused.value.facts["next_at"] == eleven.isoformat()
    assert nudge_requisition(waiting, actor=cast.lena, now=eleven)
    assert Nudge.objects.count() == 2


@pytest.mark.parametrize("who", ["rashid", "pavel", "ines", "ola", "tomas"])
def test_nobody_else_asks_to_hurry(cast: Cast, waiting: Requisition, who: str) -> None:
    with pytest.raises(Forbidden):
        nudge_requisition(waiting, actor=getattr(cast, who), now=cast.now)
    assert not Nudge.objects.exists()


def test_there_is_nobody_to_hurry_once_all_have_answered(cast: Cast, waiting: Requisition) -> None:
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    with pytest.raises(Conflict, match="Nobody is waited for"):
        nudge_requisition(waiting, actor=cast.lena, now=cast.now)


def test_what_has_ended_cannot_be_hurried(cast: Cast, waiting: Requisition) -> None:
    withdraw_requisition(waiting, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        nudge_requisition(waiting, actor=cast.lena, now=cast.now)


def test_a_note_has_an_end(cast: Cast, waiting: Requisition) -> None:
    with pytest.raises(InvalidInput) as refused:
        nudge_requisition(waiting, note="a" * 401, actor=cast.lena, now=cast.now)
    assert refused.value.path == "note"

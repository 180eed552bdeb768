"""Forwarding: a colleague is asked instead, by the same checks, and the quorum stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import (
    apply_due_decisions,
    deactivate_member,
    delegate_to,
    end_absence,
    forward_step,
    set_absence,
)
from placet.requisitions.errors import MayNotDecide, NotAsked
from placet.requisitions.models import Decision, Referral, Requisition
from placet.requisitions.queries import get_requisition
from tests.cast import Cast
from tests.requisitions.road import DRESSING, answer, asked, fill_cart, member, pending_step, submit

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)
DAY = timedelta(days=1)
NOTE = "You know the ward better."


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings wait for Rashid, the head of ICU."""
    return submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)


def forward(cast: Cast, requisition: Requisition, who: str, to: str, note: str = NOTE) -> Referral:
    return forward_step(
        pending_step(requisition),
        to=member(cast, to),
        note=note,
        actor=cast.actors[who],
        now=cast.now,
    )


def test_rashid_hands_it_to_mei_who_decides_alone(cast: Cast, waiting: Requisition) -> None:
    forward(cast, waiting, "rashid", "mei")
    assert asked(cast, waiting) == {"mei"}
    told = Event.objects.get(type="step.forwarded")
    assert NOTE not in told.payload
    assert NOTE in told.private.payload
    with pytest.raises(NotAsked):
        answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    answer(waiting, "approve", actor=cast.mei, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.ORDERED
    assert get_requisition(cast.rashid, waiting.pk) == waiting


def test_it_can_be_handed_on_and_back(cast: Cast, waiting: Requisition) -> None:
    forward(cast, waiting, "rashid", "mei")
    forward(cast, waiting, "mei", "helena")
    assert asked(cast, waiting) == {"helena"}
    forward(cast, waiting, "helena", "rashid")
    assert asked(cast, waiting) == {"rashid"}


def test_who_was_given_it_leaves_and_rashid_is_asked_again(
    cast: Cast, waiting: Requisition
) -> None:
    forward(cast, waiting, "rashid", "mei")
    deactivate_member(member(cast, "mei"), actor=cast.ines, now=cast.now)
    assert asked(cast, waiting) == {"rashid"}


def test_a_change_of_the_organisation_leaves_it_with_who_was_given_it(
    cast: Cast, waiting: Requisition
) -> None:
    """The rules still name Rashid; that his holiday ends does not bring the seat back."""
    forward(cast, waiting, "rashid", "mei")
    absence = set_absence(
        member(cast, "rashid"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.rashid,
        now=cast.now,
    )
    assert asked(cast, waiting) == {"mei"}
    end_absence(absence, actor=cast.rashid, now=cast.now)
    assert asked(cast, waiting) == {"mei"}


@pytest.mark.parametrize("who", ["lena", "pavel", "aron", "jan", "gone", "tomas"])
def test_whoever_could_not_decide_is_not_given_it(
    cast: Cast, waiting: Requisition, who: str
) -> None:
    """The requester, a buyer, an auditor, another company's admin, one who left, the supplier."""
    with pytest.raises((Conflict, InvalidInput, NotFound)):
        forward(cast, waiting, "rashid", who)
    assert asked(cast, waiting) == {"rashid"}
    assert not Referral.objects.exists()


def test_somebody_who_is_away_is_not_given_it(cast: Cast, waiting: Requisition) -> None:
    set_absence(
        member(cast, "mei"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.mei,
        now=cast.now,
    )
    with pytest.raises(MayNotDecide, match="away"):
        forward(cast, waiting, "rashid", "mei")


@pytest.mark.parametrize("who", ["lena", "ines", "helena", "mei", "ola", "tomas"])
def test_only_who_is_asked_hands_on(cast: Cast, waiting: Requisition, who: str) -> None:
    with pytest.raises((NotAsked, Forbidden)):
        forward(cast, waiting, who, "mei" if who != "mei" else "helena")


def test_who_stands_in_does_not_hand_on_what_is_not_theirs(
    cast: Cast, waiting: Requisition
) -> None:
    delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "mei"),
        starts_at=cast.now,
        ends_at=cast.now + DAY,
        actor=cast.rashid,
        now=cast.now,
    )
    with pytest.raises(Conflict, match="Rashid"):
        forward(cast, waiting, "mei", "helena")


@pytest.mark.parametrize("note", ["", "  ", "x" * 401, "a\x00b"])
def test_without_a_note_nothing_happens(cast: Cast, waiting: Requisition, note: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        forward(cast, waiting, "rashid", "mei", note)
    assert refused.value.path == "note"


def test_nobody_hands_on_what_they_have_answered(cast: Cast, waiting: Requisition) -> None:
    answer(waiting, Decision.Kind.APPROVE, actor=cast.rashid, now=cast.now)
    with pytest.raises(Conflict):
        forward(cast, waiting, "rashid", "mei")


def test_a_key_of_the_company_hands_nothing_on(cast: Cast, waiting: Requisition) -> None:
    machine = replace(cast.rashid, channel="api", person_user_id="key_1")
    with pytest.raises(Forbidden):
        forward_step(
            pending_step(waiting), to=member(cast, "mei"), note=NOTE, actor=machine, now=cast.now
        )

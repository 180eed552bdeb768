"""Adding an approver: one more yes behind those who are asked now, by the same checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import (
    add_approver,
    apply_due_decisions,
    deactivate_member,
    forward_step,
    set_absence,
)
from placet.requisitions.errors import MayNotDecide, NotAsked
from placet.requisitions.models import Referral, Requisition, Step
from placet.requisitions.timeline import read_timeline
from tests.cast import Cast
from tests.requisitions.road import (
    INFUSION_SET,
    answer,
    asked,
    fill_cart,
    member,
    pending_step,
    submit,
)

pytestmark = pytest.mark.django_db
UNDO = timedelta(seconds=10)
NOTE = "Please look at the contract, too."


@pytest.fixture(autouse=True)
def _nothing_contradicts_the_promise() -> Iterator[None]:
    yield
    assert verify() == []


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Ten infusion sets: Rashid first, then any one of Biomedical engineering."""
    return submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)


def add(cast: Cast, requisition: Requisition, who: str, added: str, note: str = NOTE) -> Referral:
    return add_approver(
        pending_step(requisition),
        member=member(cast, added),
        note=note,
        actor=cast.actors[who],
        now=cast.now,
    )


def test_helena_is_asked_behind_rashid_and_before_the_engineers(
    cast: Cast, waiting: Requisition
) -> None:
    add(cast, waiting, "rashid", "helena")
    assert asked(cast, waiting) == {"rashid"}
    for who, then in (
        ("rashid", {"helena"}),
        ("helena", {"anika", "jonas", "piotr"}),
        ("jonas", set()),
    ):
        assert not Order.objects.exists()
        answer(waiting, "approve", actor=cast.actors[who], now=cast.now)
        apply_due_decisions(now=cast.now + UNDO)
        assert asked(cast, waiting) == then
    assert Order.objects.filter(requisition_id=waiting.pk).exists()
    told = Event.objects.get(type="step.added")
    assert NOTE not in told.payload
    assert NOTE in told.private.payload


def test_the_timeline_shows_the_added_step_where_it_is_asked(
    cast: Cast, waiting: Requisition
) -> None:
    add(cast, waiting, "rashid", "helena")
    shown = read_timeline(waiting, reader=cast.lena, now=cast.now)
    assert [step.description.who for step in shown.steps] == [
        "Rashid Haddad",
        "Helena Brandt",
        "Biomedical engineering",
    ]
    assert [step.description.number for step in shown.steps] == [1, 2, 3]
    reason = shown.steps[1].description.reasons[0].sentence
    assert reason == "Rashid Haddad asked for one more approval"


def test_behind_the_last_step_it_is_the_last_one(cast: Cast, waiting: Requisition) -> None:
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    add(cast, waiting, "anika", "mei")
    answer(waiting, "approve", actor=cast.anika, now=cast.now)
    apply_due_decisions(now=cast.now + 2 * UNDO)
    assert asked(cast, waiting) == {"mei"}
    assert not Order.objects.exists()


def test_her_rejection_ends_it(cast: Cast, waiting: Requisition) -> None:
    add(cast, waiting, "rashid", "helena")
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    answer(waiting, "reject", actor=cast.helena, now=cast.now, reason="Not this quarter.")
    apply_due_decisions(now=cast.now + 2 * UNDO)
    waiting.refresh_from_db()
    assert waiting.status == Requisition.Status.REJECTED


def test_when_she_leaves_the_admins_are_asked_and_never_nobody(
    cast: Cast, waiting: Requisition
) -> None:
    add(cast, waiting, "rashid", "mei")
    deactivate_member(member(cast, "mei"), actor=cast.ines, now=cast.now)
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    assert asked(cast, waiting) == {"helena"}


@pytest.mark.parametrize(
    "who", ["lena", "pavel", "aron", "jan", "gone", "tomas", "anika", "rashid"]
)
def test_whoever_could_not_decide_or_is_asked_anyhow_is_not_added(
    cast: Cast, waiting: Requisition, who: str
) -> None:
    with pytest.raises((Conflict, InvalidInput, NotFound)):
        add(cast, waiting, "rashid", who)
    assert waiting.steps.count() == 2
    assert not Referral.objects.exists()


@pytest.mark.parametrize("who", ["lena", "ines", "helena", "anika", "ola", "tomas"])
def test_only_who_is_asked_now_adds_somebody(cast: Cast, waiting: Requisition, who: str) -> None:
    with pytest.raises((NotAsked, Forbidden, Conflict)):
        add(cast, waiting, who, "mei")


def test_two_are_added_and_both_have_to_say_yes(cast: Cast, waiting: Requisition) -> None:
    add(cast, waiting, "rashid", "helena")
    add(cast, waiting, "rashid", "mei")
    with pytest.raises(MayNotDecide):
        add(cast, waiting, "rashid", "mei")
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    assert asked(cast, waiting) == {"helena", "mei"}
    assert list(Step.objects.order_by("position").values_list("position", flat=True)) == [
        1,
        2,
        3,
        4,
    ]


def test_who_handed_on_the_added_seat_is_added_once_more(cast: Cast, waiting: Requisition) -> None:
    add(cast, waiting, "rashid", "helena")
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    forward_step(
        pending_step(waiting), to=member(cast, "mei"), note=NOTE, actor=cast.helena, now=cast.now
    )
    add(cast, waiting, "mei", "helena")
    assert asked(cast, waiting) == {"mei"}
    answer(waiting, "approve", actor=cast.mei, now=cast.now)
    apply_due_decisions(now=cast.now + 2 * UNDO)
    assert asked(cast, waiting) == {"helena"}
    answer(waiting, "approve", actor=cast.helena, now=cast.now)
    apply_due_decisions(now=cast.now + 3 * UNDO)
    assert asked(cast, waiting) == {"anika", "jonas", "piotr"}


def test_somebody_who_is_away_is_asked_with_those_who_stand_in(
    cast: Cast, waiting: Requisition
) -> None:
    set_absence(
        member(cast, "mei"),
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=3),
        actor=cast.mei,
        now=cast.now,
    )
    add(cast, waiting, "rashid", "mei")
    answer(waiting, "approve", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + UNDO)
    assert asked(cast, waiting) == {"mei", "helena"}


@pytest.mark.parametrize("note", ["", "  ", "x" * 401])
def test_without_a_note_nothing_happens(cast: Cast, waiting: Requisition, note: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(cast, waiting, "rashid", "helena", note)
    assert refused.value.path == "note"

"""The clock jumps, by minutes or by weeks, while people answer or do not: nothing twice."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from placet.events.models import Event
from placet.jobs.verify import verify
from placet.requisitions.actions import (
    apply_due_decisions,
    decide_step,
    expire_due_requisitions,
    nudge_requisition,
    reassign_due_steps,
    remind_due_steps,
    set_absence,
)
from placet.requisitions.models import Requisition, Step, StepAssignment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart, member, submit

pytestmark = pytest.mark.django_db

JUMPS = [
    timedelta(minutes=1),
    timedelta(minutes=37),
    timedelta(hours=4),
    timedelta(hours=9),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=8),
    timedelta(days=40),
]
PEOPLE = ("rashid", "helena", "anika", "jonas", "ines")
ROUNDS = 14


def sweep(now: datetime) -> None:
    """What the timetable does at a moment; a second look finds nothing more."""
    work = (apply_due_decisions, reassign_due_steps, remind_due_steps, expire_due_requisitions)
    for act in work:
        act(now=now)
    assert remind_due_steps(now=now) == 0
    assert expire_due_requisitions(now=now) == 0


def answer_something(cast: Cast, choice: random.Random, now: datetime) -> None:
    who = choice.choice(PEOPLE)
    rows = StepAssignment.objects.filter(member_id=cast.member[who], is_open=True)
    row = rows.select_related("step__revision").order_by("id").first()
    if row is None:
        return
    decide_step(
        row.step,
        kind=choice.choice(["approve", "approve", "reject"]),
        content_hash=row.step.revision.content_hash,
        reason="Because.",
        actor=replace(getattr(cast, who), channel=choice.choice(["web", "api"])),
        now=now,
    )


def go_away(cast: Cast, choice: random.Random, now: datetime) -> None:
    who = choice.choice(PEOPLE)
    set_absence(
        member(cast, who),
        starts_at=now + timedelta(hours=choice.randrange(1, 30)),
        ends_at=now + timedelta(days=choice.randrange(2, 12)),
        actor=cast.ines,
        now=now,
    )


def ask_again(cast: Cast, now: datetime) -> None:
    for requisition in Requisition.objects.filter(status="pending"):
        try:
            nudge_requisition(requisition, actor=cast.lena, now=now)
        except Exception as error:
            if getattr(error, "status", 500) not in (409, 429):
                raise


@pytest.mark.parametrize("seed", range(2))
def test_whatever_the_clock_does_each_moment_is_used_once(cast: Cast, seed: int) -> None:
    jump_about(cast, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 60))
def test_whatever_the_clock_does_for_long(cast: Cast, seed: int) -> None:
    jump_about(cast, seed)


def jump_about(cast: Cast, seed: int) -> None:
    """Some purchases, some answers, some absences, and a clock that nobody can trust."""
    choice = random.Random(seed)
    now = cast.now
    for number in range(ROUNDS):
        if number % 4 == 0:
            line = choice.choice([(DRESSING, 30), (INFUSION_SET, 10)])
            submit(fill_cart(cast, line, name=f"Cart {number}"), actor=cast.lena, now=now)
        doing = choice.randrange(4)
        if doing == 0:
            answer_something(cast, choice, now)
        elif doing == 1:
            go_away(cast, choice, now)
        elif doing == 2:
            ask_again(cast, now)
        now += choice.choice(JUMPS)
        sweep(now)

    now += timedelta(days=400)
    sweep(now)
    sweep(now + timedelta(days=400))
    assert not Requisition.objects.filter(status="pending").exists()
    _nothing_happened_twice()
    assert verify() == []


def _nothing_happened_twice() -> None:
    told: Counter[tuple[str, str]] = Counter()
    for event in Event.objects.filter(type__in=["step.reminded", "step.escalated"]):
        payload = json.loads(event.payload)
        told[payload["step"], f"{event.type} {payload.get('reminder', '')}"] += 1
    assert told
    assert set(told.values()) == {1}
    for step in Step.objects.select_related("requisition__revision"):
        moments = [what for key, what in told if key == step.pk]
        assert len(moments) <= step.reminders <= 3
        authors = step.requisition.revision.authors if step.requisition.revision else []
        asked = StepAssignment.objects.filter(step=step).values_list("member__user_id", flat=True)
        assert not set(asked) & set(authors)
    ended = Event.objects.filter(type__in=["requisition.expired", "requisition.ordered"])
    assert set(Counter(ended.values_list("subject", flat=True)).values()) <= {1}

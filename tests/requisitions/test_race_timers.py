"""Many workers at once, people who decide meanwhile: each moment is used once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.actions import (
    decide_step,
    expire_due_requisitions,
    nudge_requisition,
    remind_due_steps,
)
from placet.requisitions.models import Nudge, Requisition
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.road import DRESSING, fill_cart, pending_step, submit

HOUR = timedelta(hours=1)
WORKERS = 6


def waiting(cast: Cast, how_many: int) -> list[Requisition]:
    """Lena's dressings, which wait for Rashid."""
    carts = [fill_cart(cast, (DRESSING, 50), name=f"Cart {n}") for n in range(how_many)]
    return [submit(cart, actor=cast.lena, now=NOW) for cart in carts]


def test_each_moment_is_used_once_by_several_workers(committed_db: Ground, cast: Cast) -> None:
    requisitions = waiting(cast, 3)
    for number, hours in enumerate((4, 24, 28), start=1):
        moment = NOW + hours * HOUR
        results = race([lambda moment=moment: remind_due_steps(now=moment)] * WORKERS)
        assert not [result for result in results if isinstance(result, Failed)]
        assert sum(results) == len(requisitions), number

    assert Event.objects.filter(type="step.reminded").count() == 2 * len(requisitions)
    assert Event.objects.filter(type="step.escalated").count() == len(requisitions)
    assert verify() == []


def test_it_expires_once_or_is_approved(committed_db: Ground, cast: Cast) -> None:
    """At the last moment Rashid approves: either is well, and never both."""
    requisitions = waiting(cast, 6)
    end = Requisition.objects.get(pk=requisitions[0].pk).expires_at
    assert end is not None
    rashid = replace(cast.rashid, channel="api")
    steps = [pending_step(one) for one in requisitions]
    hashes = [one.revision.content_hash for one in requisitions if one.revision]

    def approve() -> int:
        done = 0
        for step, content_hash in zip(steps, hashes, strict=True):
            try:
                decide_step(step, kind="approve", content_hash=content_hash, actor=rashid, now=end)
            except Exception as error:
                if getattr(error, "status", 500) != 409:
                    raise
            else:
                done += 1
        return done

    expire = lambda: expire_due_requisitions(now=end)  # noqa: E731
    approved, *expired = race([approve, expire, expire, expire])

    assert not isinstance(approved, Failed)
    assert approved + sum(expired) == len(requisitions)
    states = list(Requisition.objects.values_list("status", flat=True))
    assert states.count("ordered") == approved == Order.objects.count()
    assert states.count("expired") == sum(expired)
    assert verify() == []


def test_two_nudges_at_once_are_one(committed_db: Ground, cast: Cast) -> None:
    (requisition,) = waiting(cast, 1)

    def nudge() -> int:
        try:
            return len(nudge_requisition(requisition, actor=cast.lena, now=NOW))
        except Exception as error:
            if getattr(error, "status", 500) != 429:
                raise
            return 0

    assert sum(race([nudge] * 4)) == 1
    assert Nudge.objects.count() == 1

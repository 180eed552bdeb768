"""The open cases of today, and those that ended lately: people did it, by the product's actions.

What happens by itself, reminders, escalation and expiry, happens at its moments as by a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from placet.carts.actions import create_cart, describe_cart
from placet.carts.pricing import price_cart
from placet.demo.loading.carts import describe, fill_cart
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Timeline
from placet.demo.loading.timers import plan_timers
from placet.demo.world.requisitions.everything import ENDED, OPEN
from placet.demo.world.requisitions.shapes import Act, Verb
from placet.demo.world.requisitions.shapes import Requisition as Case
from placet.plans.planner import plan_cart
from placet.requisitions.actions import (
    apply_decision,
    decide_step,
    submit_cart,
    withdraw_requisition,
)
from placet.requisitions.models import Requisition, Step
from placet.threads.actions import add_comment, open_thread

UNDO = timedelta(seconds=10)
MONDAY_MORNING = 7 * 60 + 30

Doing = Callable[["Scene", Case, Act, datetime], None]


class Scene(NamedTuple):
    """Where people act."""

    registry: Registry
    timeline: Timeline


def plan_cases(registry: Registry, timeline: Timeline) -> None:
    """Put what people did on the timeline.

    Of an open case that needs what the product cannot do yet, the part before that is played: it
    is open all the same. A case that has ended is left out then.
    """
    scene = Scene(registry, timeline)
    for place, case in enumerate((*OPEN, *ENDED)):
        acts = _playable(case)
        if case in ENDED and len(acts) < len(case.acts):
            continue
        for act in acts:
            if act.verb in BY_ITSELF:
                continue
            moment = _moment(registry, case, act, place)
            timeline.plan(moment, partial(_do, scene, case, act))


def _playable(case: Case) -> list[Act]:
    acts: list[Act] = []
    for act in case.acts:
        if act.verb not in DOINGS and act.verb not in BY_ITSELF:
            break
        acts.append(act)
    return acts


def _moment(registry: Registry, case: Case, act: Act, place: int) -> datetime:
    moment = registry.now - timedelta(hours=act.hours_ago)
    if not case.this_week:
        return moment
    # What must have been submitted since Monday is never before Monday morning.
    monday = registry.day(-registry.today.weekday())
    earliest = registry.at(case.company, monday, MONDAY_MORNING + place)
    return max(moment, min(earliest, registry.now - timedelta(minutes=90 - place)))


def _do(scene: Scene, case: Case, act: Act, now: datetime) -> None:
    DOINGS[act.verb](scene, case, act, now)
    plan_timers(scene.registry.requisitions[case.key], scene.timeline, until=scene.registry.now)


def _submit(scene: Scene, case: Case, act: Act, now: datetime) -> None:
    registry = scene.registry
    actor = registry.actor(act.member)
    name = case.title.format(month_name=f"{registry.today:%B}")
    cart = create_cart(name, actor=actor, now=now)
    describe(
        cart,
        member=act.member,
        cost_center=case.cost_center,
        ship_to=case.ship_to,
        registry=registry,
        now=now,
    )
    describe_cart(
        cart,
        po_number=case.po_number,
        justification=case.justification,
        terms=case.terms,
        actor=actor,
        now=now,
    )
    fill_cart(cart, case.lines, member=act.member, registry=registry, now=now)
    planned = plan_cart(cart, price_cart(cart, now=now), actor=actor, now=now)
    row = submit_cart(cart, plan_hash=planned.hash, warnings_read=True, actor=actor, now=now)
    registry.requisitions[case.key] = row.pk


def _decide(scene: Scene, case: Case, act: Act, now: datetime) -> None:
    requisition = _current(scene.registry, case)
    actor = scene.registry.actor(act.member)
    step = (
        Step.objects.filter(
            revision_id=requisition.revision_id,
            status=Step.Status.PENDING,
            assignments__member_id=actor.member_id,
        )
        .order_by("position")
        .first()
    )
    if step is None or requisition.revision is None:
        raise ValueError(f"{case.key}: {act.member} is not asked")
    decision = decide_step(
        step,
        kind=act.verb,
        content_hash=requisition.revision.content_hash,
        reason=act.text,
        actor=actor,
        now=now,
    )
    scene.timeline.plan(now + UNDO, partial(_apply, scene, decision.pk))


def _apply(scene: Scene, decision_id: str, now: datetime) -> None:
    apply_decision(decision_id, now=now)
    decided = Requisition.objects.get(steps__decisions=decision_id)
    plan_timers(decided.pk, scene.timeline, until=scene.registry.now)


def _withdraw(scene: Scene, case: Case, act: Act, now: datetime) -> None:
    actor = scene.registry.actor(act.member)
    withdraw_requisition(_current(scene.registry, case), actor=actor, now=now)


def _comment(scene: Scene, case: Case, act: Act, now: datetime) -> None:
    requisition = _current(scene.registry, case)
    actor = scene.registry.actor(act.member)
    if requisition.thread is None:
        requisition.thread = open_thread(requisition.company_id, actor=actor, now=now)
        requisition.save(update_fields=["thread"])
    add_comment(requisition.thread, text=act.text, about=requisition.pk, actor=actor, now=now)


def _current(registry: Registry, case: Case) -> Requisition:
    return Requisition.objects.select_related("revision", "thread").get(
        pk=registry.requisitions[case.key]
    )


DOINGS: Mapping[Verb, Doing] = {
    "submit": _submit,
    "rebuild": _submit,
    "approve": _decide,
    "reject": _decide,
    "withdraw": _withdraw,
    "comment": _comment,
}
BY_ITSELF: frozenset[Verb] = frozenset({"remind", "escalate", "expire"})
"""What nobody does: the timers of the case do it, about when its act says."""

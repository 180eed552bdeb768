"""The whole demo world, in one transaction: all of it is there, or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from placet.companies.actions import deactivate_member
from placet.core.ids import seeded
from placet.core.transaction import transaction
from placet.demo.loading.absences import load_absences
from placet.demo.loading.budgets import load_budgets
from placet.demo.loading.carts import plan_carts
from placet.demo.loading.cases import plan_cases
from placet.demo.loading.catalog import load_catalog
from placet.demo.loading.companies import load_companies
from placet.demo.loading.connections import load_connections
from placet.demo.loading.desk import load_costs, load_desk
from placet.demo.loading.history.past import History
from placet.demo.loading.integrations import plan_integrations
from placet.demo.loading.opening import complete_budgets, open_budgets
from placet.demo.loading.payments import plan_payments
from placet.demo.loading.quotes import plan_quotes
from placet.demo.loading.registry import Registry
from placet.demo.loading.rules import load_rules
from placet.demo.loading.selling import load_promotions
from placet.demo.loading.timeline import Timeline
from placet.demo.loading.together import plan_together
from placet.demo.world.history.play import SEED
from placet.demo.world.members.everybody import MEMBERS
from placet.demo.world.scale import FULL, Scale
from placet.demo.world.shapes import Member


def load_world(*, now: datetime, seed: int = SEED, scale: Scale = FULL) -> Registry:
    """Load everything as of ``now``; the same seed and day give the same world."""
    with seeded(seed), no_collection():
        return _load(now, seed, scale)


@contextmanager
def no_collection() -> Iterator[None]:
    """Nearly everything that is made here stays until the end: looking for rings costs a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@transaction
def _load(now: datetime, seed: int, scale: Scale) -> Registry:
    registry = Registry(now, seed, scale)
    load_companies(registry)
    load_catalog(registry)
    load_costs(registry)
    load_rules(registry)
    load_absences(registry)
    load_budgets(registry)
    open_budgets(registry)
    load_connections(registry)
    timeline = Timeline()
    history = History(registry, timeline)
    history.plan()
    plan_cases(registry, timeline)
    plan_carts(registry, timeline)
    plan_together(registry, timeline)
    plan_payments(registry, timeline)
    plan_quotes(registry, timeline)
    plan_integrations(registry, timeline)
    _plan_leavers(registry, timeline, history.forget_people)
    timeline.play(history)
    history.write()
    complete_budgets(registry)
    load_promotions(registry)
    load_desk(registry)
    return registry


def _plan_leavers(registry: Registry, timeline: Timeline, forget: Callable[[], None]) -> None:
    for member in MEMBERS:
        if member.left_days_ago is not None:
            moment = registry.now - timedelta(days=member.left_days_ago)
            timeline.plan(moment, partial(_leave, registry, member, forget))


def _leave(registry: Registry, member: Member, forget: Callable[[], None], now: datetime) -> None:
    row = registry.members[member.key]
    deactivate_member(row, actor=registry.system(member.company), now=now)
    forget()

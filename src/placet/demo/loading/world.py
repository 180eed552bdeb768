"""The whole demo world, in one transaction: all of it is there, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from placet.budgets.models import Budget
from placet.companies.actions import deactivate_member
from placet.companies.models import Company
from placet.core.ids import seeded
from placet.core.transaction import transaction
from placet.demo.loading.absences import load_absences
from placet.demo.loading.budgets import load_budgets, post_opening
from placet.demo.loading.catalog import load_catalog
from placet.demo.loading.companies import load_companies
from placet.demo.loading.history.past import History
from placet.demo.loading.registry import Registry
from placet.demo.loading.rules import load_rules
from placet.demo.loading.timeline import Timeline
from placet.demo.world.history.play import SEED
from placet.demo.world.members.everybody import MEMBERS


def is_loaded() -> bool:
    """Whether there is a world already; a load that was cut off left nothing."""
    return Company.objects.exists()


def load_world(*, now: datetime, seed: int = SEED) -> Registry:
    """Load everything as of ``now``; the same seed and day give the same world."""
    with seeded(seed):
        return _load(now, seed)


@transaction
def _load(now: datetime, seed: int) -> Registry:
    registry = Registry(now, seed)
    load_companies(registry)
    load_catalog(registry)
    load_rules(registry)
    load_absences(registry)
    load_budgets(registry)
    timeline = Timeline()
    history = History(registry, timeline)
    history.plan()
    _plan_leavers(registry, timeline)
    timeline.play()
    history.write()
    return registry


def _plan_leavers(registry: Registry, timeline: Timeline) -> None:
    for member in MEMBERS:
        if member.left_days_ago is not None:
            moment = registry.now - timedelta(days=member.left_days_ago)
            timeline.plan(moment, partial(_leave, registry, member.key, member.company))


def _leave(registry: Registry, member: str, company: str, now: datetime) -> None:
    deactivate_member(registry.members[member], actor=registry.system(company), now=now)

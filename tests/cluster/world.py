"""The cast, made at the time of this machine, in the database of a cluster; prints its keys.

Run with the environment of the cluster: ``python -m tests.cluster.world http://receiver``.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import django


def fill(receiver: str) -> dict[str, Any]:
    """Companies, catalog, rules, a budget that has to hold, keys, the merchant's endpoint."""
    from placet.budgets.actions import create_budget
    from placet.companies.models import Company, CostCenter, Member
    from placet.companies.permissions import BUILT_IN_ROLES, PERMISSIONS
    from placet.core import clock
    from placet.jobs.skip import skip_outbox
    from placet.webhooks.actions import add_endpoint
    from tests.cast_catalog import make_catalog
    from tests.cast_people import make_companies, system_of
    from tests.cast_rules import make_rules

    now = clock.real_now()
    make_companies(now=now)
    make_catalog(now=now)
    make_rules(now=now)
    meridian = Company.objects.get(slug="meridian")
    norden = Company.objects.get(slug="norden")
    center = CostCenter.objects.get(company=meridian, code="9000")
    create_budget(
        name="Administration",
        owner_kind="cost_center",
        owner_ref=center.id,
        responsible_id=center.owner_id,
        currency="EUR",
        amount_minor=100_000_000,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=30),
        actor=system_of(meridian),
        now=now,
    )
    skip_outbox()
    add_endpoint(receiver, event_types=["order.*"], actor=system_of(norden), now=now)
    members = {
        member.user.email.partition("@")[0]: member
        for member in Member.objects.filter(company=meridian).select_related("user")
    }
    every = {one for role in BUILT_IN_ROLES[norden.kind] for one in role.permissions}
    bought = {one for role in BUILT_IN_ROLES[meridian.kind] for one in role.permissions}
    return {
        "norden": _key(norden, sorted(every), now),
        "meridian": _key(meridian, sorted({*bought, "act_for"}), now),
        "lena": members["lena"].id,
        "pavel": members["pavel"].id,
        "jonas": _own_key(members["jonas"], sorted(PERMISSIONS), now),
        "sofia": _own_key(members["sofia"], sorted(PERMISSIONS), now),
        "cost_center": center.id,
    }


def _key(company: Any, scopes: list[str], now: datetime) -> str:
    from placet.companies.actions import create_api_key
    from tests.cast_people import system_of

    _row, secret = create_api_key(
        company, name="Load", scopes=scopes, actor=system_of(company), now=now
    )
    return secret


def _own_key(member: Any, scopes: list[str], now: datetime) -> str:
    from placet.companies.actions import create_personal_key
    from placet.companies.queries import get_actor

    slug = member.company.slug
    actor = get_actor(user_id=member.user_id, company_slug=slug, channel="web")
    _row, secret = create_personal_key("Load", scopes=scopes, actor=actor, now=now)
    return secret


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fill(sys.argv[1])))

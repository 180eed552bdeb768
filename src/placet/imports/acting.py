"""Who an import acts as: whoever started it, with the rights that they had and still have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.companies.acting import ACT_FOR, get_actor, refuse_suspended
from placet.companies.models import ApiKey, Member
from placet.companies.permissions import PERMISSIONS
from placet.core.actor import Actor, Grant
from placet.core.errors import Forbidden, NotFound
from placet.runs.models import Run


def rights_of(actor: Actor) -> dict[str, Any]:
    """What the parameters of a run keep of its starter: a key may hold less than its member."""
    return {"permissions": sorted({grant.permission for grant in actor.grants})}


def get_actor_of_run(run: Run, *, now: datetime) -> Actor:
    """The starter as they are now; raises ``Forbidden`` when they may not act any more."""
    try:
        found = _member(run, now) if run.started_by else _key(run, now)
    except NotFound:
        raise Forbidden(
            _("Whoever started this may not act for the company any more."), reason="starter_gone"
        ) from None
    kept = set(run.parameters["permissions"])
    grants = frozenset(grant for grant in found.grants if grant.permission in kept)
    return replace(found, grants=grants, person_user_id=run.person_user)


def _member(run: Run, now: datetime) -> Actor:
    member = Member.objects.select_related("company").filter(pk=run.started_by).first()
    if member is None:
        raise NotFound
    actor = get_actor(user_id=member.user_id, company_slug=member.company.slug, channel="import")
    if run.person_user == member.user_id:
        return actor
    maker = _valid_key(run, now).created_by
    return replace(
        actor,
        maker_user_id=maker.user_id if maker else "",
        maker_member_id=maker.pk if maker else "",
    )


def _valid_key(run: Run, now: datetime) -> ApiKey:
    """The company's key that started the run; raises ``NotFound`` when it ended meanwhile."""
    keys = ApiKey.objects.filter(pk=run.person_user, company_id=run.company_id, revoked_at=None)
    key = keys.select_related("company", "created_by").first()
    if key is None or (key.expires_at is not None and key.expires_at <= now):
        raise NotFound
    return key


def _key(run: Run, now: datetime) -> Actor:
    key = _valid_key(run, now)
    company = key.company
    refuse_suspended(company.status, company.name)
    return Actor(
        channel="import",
        company_id=company.id,
        company_slug=company.slug,
        company_name=company.name,
        company_kind=company.kind,
        currency=company.currency,
        name=key.name,
        person_user_id=key.id,
        maker_user_id=key.created_by.user_id if key.created_by else "",
        maker_member_id=key.created_by_id or "",
        language=company.language,
        time_zone=company.time_zone,
        grants=frozenset(
            Grant(scope) for scope in key.scopes if scope in PERMISSIONS or scope == ACT_FOR
        ),
    )

"""Who an import acts as: whoever started it, with the rights that they had and still have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.companies.acting import KeyRefused, get_actor, get_actor_again
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound
from placet.runs.models import Run


def rights_of(actor: Actor) -> dict[str, Any]:
    """What the parameters of a run keep of its starter: a key may hold less than its member."""
    return {
        "permissions": sorted({grant.permission for grant in actor.grants}),
        "key": actor.key_id,
    }


def get_actor_of_run(run: Run, *, now: datetime) -> Actor:
    """The starter as they are now, their key included.

    Raises ``Forbidden`` when they may not act any more, or not with this key.
    """
    try:
        found = _starter(run, now)
    except (NotFound, KeyRefused):
        raise Forbidden(
            _("Whoever started this may not act for the company any more."), reason="starter_gone"
        ) from None
    kept = set(run.parameters["permissions"])
    grants = frozenset(grant for grant in found.grants if grant.permission in kept)
    return replace(found, channel="import", grants=grants)


def _starter(run: Run, now: datetime) -> Actor:
    key_id = run.parameters["key"]
    if key_id:
        return get_actor_again(key_id, member_id=run.started_by, now=now)
    member = Member.objects.select_related("company").filter(pk=run.started_by).first()
    if member is None:
        raise NotFound
    return get_actor(user_id=member.user_id, company_slug=member.company.slug, channel="import")

"""Roles of a company, and who holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.models import Company, Role
from placet.companies.permissions import KNOWN_PERMISSIONS, ROLE_MANAGE, can_pass_on, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@transaction
def create_role(
    company: Company,
    *,
    key: str,
    name: str,
    actor: Actor,
    now: datetime,
    permissions: Iterable[str] = (),
) -> Role:
    """Make a role of the company's own; one without permissions is there for rules to name.

    Raises ``Forbidden`` for permissions that the actor may not pass on, ``InvalidInput`` for ones
    that do not exist (for a buyer: those of the merchant), ``Conflict`` when the key is taken.
    """
    refuse_foreign(actor, company.id)
    require(actor, ROLE_MANAGE)
    wanted = sorted(set(permissions))
    if not set(wanted) <= KNOWN_PERMISSIONS[company.kind]:
        raise InvalidInput("permissions", "unknown", _("One of these permissions does not exist."))
    refuse(can_pass_on(actor, wanted, ""))
    if not SLUG.fullmatch(key) or not name.strip() or len(name) > 120:
        raise InvalidInput("key", "slug", _("A role has a name, and a key of letters and hyphens."))
    if Role.objects.filter(company=company, key=key).exists():
        raise Conflict(_("There is a role “%(key)s” already.") % {"key": key})
    role = Role.objects.create(
        created_at=now, company=company, key=key, name=name, permissions=wanted
    )
    record(
        "role.created",
        role.id,
        actor=actor,
        now=now,
        company_id=company.id,
        key=key,
        permissions=wanted,
    )
    return role


@transaction
def clone_role(role: Role, *, key: str, name: str, actor: Actor, now: datetime) -> Role:
    """A role of the company's own with the permissions of another, to be changed from there."""
    refuse_foreign(actor, role.company_id)
    return create_role(
        role.company, key=key, name=name, permissions=role.permissions, actor=actor, now=now
    )

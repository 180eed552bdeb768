"""What a role allows, changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import Role, RoleGrant
from placet.companies.permissions import KNOWN_PERMISSIONS, ROLE_MANAGE, can_pass_on, require
from placet.companies.refusals import Refusal, refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def change_role(
    role: Role,
    *,
    name: str,
    permissions: Iterable[str],
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Role:
    """Give a role of the company's own another name and other permissions; its key stays.

    Nobody changes a role that they hold, nor adds or takes what they could not give. Raises
    ``Conflict`` for a built-in role: a clone of it can be changed.
    """
    refuse_foreign(actor, role.company_id)
    require(actor, ROLE_MANAGE)
    if role.is_builtin:
        raise Conflict(_("A built-in role stays as it is: clone it and change the clone."))
    refuse(_can_change_held(actor, role))
    wanted = sorted(set(permissions))
    if not set(wanted) <= KNOWN_PERMISSIONS[role.company.kind]:
        raise InvalidInput("permissions", "unknown", _("One of these permissions does not exist."))
    if not name.strip() or len(name) > 120:
        raise InvalidInput("name", "required", _("A role has a name of at most 120 characters."))
    refuse(can_pass_on(actor, sorted(set(wanted) ^ set(role.permissions)), ""))
    before = list(role.permissions)
    update_row(role, version, name=name.strip(), permissions=wanted)
    record(
        "role.changed",
        role.id,
        actor=actor,
        now=now,
        company_id=role.company_id,
        key=role.key,
        permissions=wanted,
        permissions_before=before,
    )
    return role


def _can_change_held(actor: Actor, role: Role) -> Refusal | None:
    users = actor.humans
    if RoleGrant.objects.filter(role=role, member__user_id__in=users).exists():
        return Refusal("own_rights", _("Nobody changes a role that they hold themselves."))
    return None

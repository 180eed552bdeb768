"""Who may see and change a list: its owner, whom it was shared with, and whom its scope names.

A unit's list is seen by everybody of the unit and below it, the company's by everybody. Besides the
owner the head of the unit keeps it, and whoever keeps the company's places there. The list of
somebody who has left can be taken over by the head of their unit and by who manages its members.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.models import GrantLevel, PurchaseList
from placet.companies.models import Member, Unit
from placet.companies.permissions import ADDRESS_MANAGE, MEMBER_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor, is_within

ARCHIVED = "archived"
"""The code of a refusal that lies in the state of the list, not in the actor: a conflict."""
_RANK = {GrantLevel.VIEW: 1, GrantLevel.COMMENT: 2, GrantLevel.EDIT: 3}
_KEEPER = 4
Scope = PurchaseList.Scope


def can_view_list(actor: Actor, wanted: PurchaseList) -> Refusal | None:
    """Whether the actor may see the list."""
    return _needs(actor, wanted, GrantLevel.VIEW, _("%(owner)s has not shared this list."))


def can_edit_list(actor: Actor, wanted: PurchaseList) -> Refusal | None:
    """Whether the actor may change the list now: what stands on it, and what it is called."""
    refusal = _needs(actor, wanted, GrantLevel.EDIT, _("Ask %(owner)s to let you edit this list."))
    if refusal is None and wanted.archived_at is not None:
        return Refusal(ARCHIVED, _("This list was put away."))
    return refusal


def can_manage_list(actor: Actor, wanted: PurchaseList) -> Refusal | None:
    """Whether the actor may share the list, put it away, or give it to another owner."""
    if _rank(actor, wanted) >= _KEEPER:
        return None
    sentence = _("Only %(owner)s and who keeps this list for the unit can do this.")
    return Refusal("owner_only", sentence % {"owner": _owner(wanted)})


def can_keep_list(actor: Actor, scope: str, unit: Unit | None) -> Refusal | None:
    """Whether the actor may have a list of this scope: of themselves, of a unit, of the company."""
    if actor.is_merchant or not actor.member_id:
        return Refusal("buyers_only", _("Lists belong to members of a buying company."))
    if scope == Scope.PERSONAL:
        return None
    if scope == Scope.COMPANY or unit is None:
        return can_do(actor, ADDRESS_MANAGE)
    if is_within(unit.path, actor.unit_path) or unit.head_id == actor.member_id:
        return None
    return can_do(actor, ADDRESS_MANAGE, unit.path)


def _needs(actor: Actor, wanted: PurchaseList, level: GrantLevel, said: str) -> Refusal | None:
    if _rank(actor, wanted) >= _RANK[level]:
        return None
    return Refusal(f"needs_{level.value}", said % {"owner": _owner(wanted)})


def _rank(actor: Actor, wanted: PurchaseList) -> int:
    """0 for nothing, 1 to 3 for a grant, 4 for the owner and who keeps it beside them."""
    if actor.is_system:
        return _KEEPER
    if wanted.company_id != actor.company_id or not actor.member_id:
        return 0
    if wanted.owner_id == actor.member_id or _keeps(actor, wanted):
        return _KEEPER
    found = [0]
    if wanted.scope == Scope.COMPANY or (
        wanted.scope == Scope.UNIT and wanted.unit and is_within(actor.unit_path, wanted.unit.path)
    ):
        found.append(_RANK[GrantLevel.VIEW])
    units = actor.unit_path.strip("/").split("/")
    for grant in wanted.grants.all():
        if grant.member_id == actor.member_id or grant.unit_id in units:
            found.append(_RANK[GrantLevel(grant.level)])
    return max(found)


def _keeps(actor: Actor, wanted: PurchaseList) -> bool:
    """Beside the owner: who answers for the unit or the company, or for whoever has left."""
    owner = wanted.owner
    if wanted.scope == Scope.COMPANY and actor.holds(ADDRESS_MANAGE):
        return True
    if wanted.scope == Scope.UNIT and wanted.unit is not None:
        unit = wanted.unit
        if unit.head_id == actor.member_id or actor.holds(ADDRESS_MANAGE, unit_path=unit.path):
            return True
    if owner.status == Member.Status.ACTIVE and owner.user.is_active:
        return False
    path = owner.unit.path
    return owner.unit.head_id == actor.member_id or actor.holds(MEMBER_MANAGE, unit_path=path)


def _owner(wanted: PurchaseList) -> str:
    name: str = wanted.owner.user.name
    return name

"""Roles, heads and limits, with what a change of them means for open steps at once.

A change that would leave an open step with nobody is refused with ``NobodyLeft``, which names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack

from placet.companies.holding import change_company_alone
from placet.companies.models import CostCenter, Limit, Member, Role, RoleGrant, Unit
from placet.companies.organisation import cost_centers, heads, limits, role_definitions, role_grants
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import list_undecided


@transaction
def grant_role(
    member: Member, *, role: Role, actor: Actor, now: datetime, unit: Unit | None = None
) -> RoleGrant:
    """Give a member a role, for the company or for a unit and all below it.

    Nobody gives rights to themselves, nor passes on a right that is not theirs to give. Given
    twice it is there once. Open steps that ask for the role ask this member too.
    """
    change_company_alone(member.company_id, actor=actor)
    grant = role_grants.grant_role(member, role=role, unit=unit, actor=actor, now=now)
    _follow(member, unit, cause="role_granted", actor=actor, now=now)
    return grant


@transaction
def revoke_role(
    member: Member, *, role: Role, actor: Actor, now: datetime, unit: Unit | None = None
) -> None:
    """Take a role away again; raises ``Conflict`` when the member does not hold it there."""
    change_company_alone(member.company_id, actor=actor)
    role_grants.revoke_role(member, role=role, unit=unit, actor=actor, now=now)
    _follow(member, unit, cause="role_revoked", actor=actor, now=now)


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
    ``Conflict`` for a built-in role and ``ChangedMeanwhile``.
    """
    change_company_alone(role.company_id, actor=actor)
    changed = role_definitions.change_role(
        role, name=name, permissions=permissions, version=version, actor=actor, now=now
    )
    open_ones = list_undecided(role.company)
    reassign_all(open_ones, cause="role_changed", actor=actor, now=now)
    return changed


@transaction
def name_head(unit: Unit, *, member: Member | None, actor: Actor, now: datetime) -> Unit:
    """Say who heads a unit; open steps that ask the head ask this member now.

    ``None``: nobody does. Nobody names themselves.
    """
    change_company_alone(unit.company_id, actor=actor)
    named = heads.name_head(unit, member=member, actor=actor, now=now)
    open_ones = list_undecided(unit.company, unit.path)
    reassign_all(open_ones, cause="head_named", actor=actor, now=now)
    return named


@transaction
def change_cost_center(
    cost_center: CostCenter,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **changes: Unpack[cost_centers.CostCenterChanges],
) -> CostCenter:
    """Change a cost centre's name, unit or owner; open steps that ask the owner ask the new one."""
    change_company_alone(cost_center.company_id, actor=actor)
    cost_centers.change_cost_center(cost_center, version=version, actor=actor, now=now, **changes)
    open_ones = list_undecided(cost_center.company)
    reassign_all(open_ones, cause="cost_center_changed", actor=actor, now=now)
    return cost_center


@transaction
def set_limit(
    member: Member,
    *,
    use: str,
    bounds: limits.Bounds,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Limit:
    """Set what a member may spend (``spending``) or release (``authority``), as a whole.

    Nobody sets their own. Chains that climb to whose authority is enough climb again.
    """
    change_company_alone(member.company_id, actor=actor)
    limit = limits.set_limit(member, use=use, bounds=bounds, version=version, actor=actor, now=now)
    _follow_authority(member, use, actor=actor, now=now)
    return limit


@transaction
def clear_limit(member: Member, *, use: str, actor: Actor, now: datetime) -> None:
    """Take a member's limit away: unrestricted in spending, without authority in releasing."""
    change_company_alone(member.company_id, actor=actor)
    limits.clear_limit(member, use=use, actor=actor, now=now)
    _follow_authority(member, use, actor=actor, now=now)


def _follow_authority(member: Member, use: str, *, actor: Actor, now: datetime) -> None:
    if use == Limit.Use.AUTHORITY:
        _follow(member, None, cause="authority_changed", actor=actor, now=now)


def _follow(member: Member, unit: Unit | None, *, cause: str, actor: Actor, now: datetime) -> None:
    open_ones = list_undecided(member.company, unit.path if unit else "")
    reassign_all(open_ones, cause=cause, actor=actor, now=now)

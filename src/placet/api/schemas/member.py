"""Documents about the people of a company, and what hangs on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Literal, Protocol

from django.utils.translation import gettext as _

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Named,
    Resourceful,
    actions_of,
    frame,
    person,
)
from placet.companies import models
from placet.companies.permissions import LIMIT_MANAGE, MEMBER_MANAGE, can_do, can_manage_member
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.requisitions.handing_over import HandOver


class HasName(Protocol):
    """A row that people know by its name."""

    pk: Any
    name: Any


class Member(Resourceful):
    """Somebody's membership of the company."""

    object: Literal["member"] = "member"
    name: str
    email: str
    title: str
    unit: Named
    manager: str | None
    status: str
    language: str
    time_zone: str
    working_days: list[int] | None
    work_starts: str | None
    work_ends: str | None
    invited_at: datetime | None
    deactivated_at: datetime | None


class MemberDetail(Member):
    """One member, with what the caller may do about them."""

    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class HandOverShown(Answer):
    """What a member leaves behind: all but rulebooks and own purchases has to be taken over."""

    object: Literal["hand_over"] = "hand_over"
    member: str
    is_empty: bool
    carts: list[Named]
    steps: list[Named]
    units: list[Named]
    cost_centers: list[Named]
    budgets: list[Named]
    categories: list[Named]
    delegations: list[Named]
    reports: list[Named]
    customers: list[Named]
    rulebooks: list[Named]
    own_purchases: list[Named]


def show_members(members: Sequence[models.Member]) -> list[Member]:
    """Members with their users and units loaded."""
    return [
        Member(
            **frame(member),
            name=member.user.name,
            email=member.user.email,
            title=member.title,
            unit=Named(id=member.unit.id, name=member.unit.name),
            manager=member.manager_id,
            status=member.status,
            language=member.language,
            time_zone=member.time_zone,
            working_days=member.working_days,
            work_starts=_clock(member.work_starts),
            work_ends=_clock(member.work_ends),
            invited_at=member.invited_at,
            deactivated_at=member.deactivated_at,
        )
        for member in members
    ]


def _clock(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"


def show_member(member: models.Member, actor: Actor) -> MemberDetail:
    """One member with the actions, which need the roles of the member."""
    return MemberDetail(
        **show_members([member])[0].model_dump(), **actions_of(_of_member(member, actor))
    )


def show_hand_over(member: models.Member, found: HandOver) -> HandOverShown:
    """Everything that hangs on a member, each by the id with which it is reached."""
    return HandOverShown(
        member=member.pk,
        is_empty=found.is_empty,
        carts=_named(found.carts),
        steps=[
            Named(id=seat.step_id, name=seat.requisition.number or seat.requisition_id)
            for seat in found.steps
        ],
        units=_named(found.units),
        cost_centers=_named(found.cost_centers),
        budgets=_named(found.budgets),
        categories=[Named(id=one.category_id, name=one.category.name) for one in found.categories],
        delegations=[
            Named(id=one.pk, name=f"{one.principal.user.name} → {one.delegate.user.name}")
            for one in found.delegations
        ],
        reports=[Named(id=one.pk, name=person(one).name) for one in found.reports],
        customers=_named(found.customers),
        rulebooks=_named(found.rulebooks),
        own_purchases=[Named(id=one.pk, name=one.number) for one in found.own_purchases],
    )


def _named(rows: Sequence[HasName]) -> list[Named]:
    return [Named(id=row.pk, name=row.name) for row in rows]


def _of_member(member: models.Member, actor: Actor) -> dict[str, Refusal | None]:
    change = can_manage_member(actor, member)
    deactivate = reactivate = change
    if member.status == models.Member.Status.ACTIVE:
        reactivate = Refusal("active", _("This member is active."))
    else:
        deactivate = Refusal("deactivated", _("This member was deactivated already."))
    invite = can_do(actor, MEMBER_MANAGE, member.unit.path)
    if member.user.has_usable_password() or member.status != models.Member.Status.ACTIVE:
        invite = Refusal("come", _("There is nobody to invite: they have come, or have left."))
    limit = can_do(actor, LIMIT_MANAGE, member.unit.path)
    if actor.is_oneself(member.user_id):
        limit = change
    return {
        "change": change,
        "deactivate": deactivate,
        "reactivate": reactivate,
        "invite_again": invite,
        "set_limit": limit,
    }

"""Documents about who is away, and who decides for whom meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Named,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
    person,
)
from placet.companies import models
from placet.companies.permissions import can_manage_member
from placet.companies.refusals import Refusal
from placet.companies.standing_in import StandIn
from placet.core.actor import Actor


class Span(Answer):
    """From an instant to another, which is exclusive."""

    starts_at: datetime
    ends_at: datetime


class Delegation(Resourceful):
    """`delegate` decides for `principal`: up to a cap an order, for a unit and below.

    `delegate_is_away` warns: within these spans somebody above is asked.
    """

    object: Literal["delegation"] = "delegation"
    principal: Person
    delegate: Person
    starts_at: datetime
    ends_at: datetime
    cap: Money | None
    unit: Named | None
    revoked_at: datetime | None
    delegate_is_away: list[Span]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class Absence(Resourceful):
    """A member is away between two instants."""

    object: Literal["absence"] = "absence"
    member: Person
    starts_at: datetime
    ends_at: datetime
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class AbsenceEnding(Answer):
    """Somebody is back before the time; an absence that had not begun is gone."""

    object: Literal["absence_ending"] = "absence_ending"
    absence: str
    member: Person
    ended_at: datetime


class Deputy(Answer):
    """Somebody who decides in a member's place, by which delegation."""

    delegation: str
    member: Person
    is_away: bool


class StandInShown(Answer):
    """Who would get what a member is asked, at an instant; `goes_up`: somebody above is asked."""

    object: Literal["stand_in"] = "stand_in"
    member: Person
    at: datetime
    is_away: bool
    goes_up: bool
    deputies: list[Deputy]
    asked: list[Person]


Away = dict[str, list[tuple[datetime, datetime]]]


def show_delegations(
    rows: Sequence[models.Delegation], away: Away, actor: Actor, now: datetime
) -> list[Delegation]:
    """Delegations with both people, their company and unit loaded; ``away`` is by delegation."""
    return [
        Delegation(
            **frame(row),
            principal=person(row.principal),
            delegate=person(row.delegate),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            cap=None if row.cap_minor is None else money(row.cap_minor, row.company.currency),
            unit=Named(id=row.unit.id, name=row.unit.name) if row.unit else None,
            revoked_at=row.revoked_at,
            delegate_is_away=[
                Span(starts_at=starts_at, ends_at=ends_at)
                for starts_at, ends_at in away.get(row.pk, ())
            ],
            **actions_of({"end": _ending_delegation(row, actor, now)}),
        )
        for row in rows
    ]


def show_absences(rows: Sequence[models.Absence], actor: Actor, now: datetime) -> list[Absence]:
    """Absences with their members loaded."""
    return [
        Absence(
            **frame(row),
            member=person(row.member),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            **actions_of({"end": _ending_absence(row, actor, now)}),
        )
        for row in rows
    ]


def show_stand_in(found: StandIn, at: datetime) -> StandInShown:
    """The preview of a member's deputies."""
    return StandInShown(
        member=person(found.member),
        at=at,
        is_away=found.is_away,
        goes_up=found.goes_up,
        deputies=[
            Deputy(delegation=one.delegation.pk, member=person(one.member), is_away=one.is_away)
            for one in found.deputies
        ],
        asked=[person(one) for one in found.asked],
    )


def _ending_delegation(row: models.Delegation, actor: Actor, now: datetime) -> Refusal | None:
    if row.revoked_at is not None or row.ends_at <= now:
        return Refusal("ended", _("This delegation has ended already."))
    if actor.member_id in {row.principal_id, row.delegate_id}:
        return None
    return can_manage_member(actor, row.principal)


def _ending_absence(row: models.Absence, actor: Actor, now: datetime) -> Refusal | None:
    if row.ends_at <= now:
        return Refusal("ended", _("This absence has ended already."))
    if actor.member_id == row.member_id:
        return None
    return can_manage_member(actor, row.member)

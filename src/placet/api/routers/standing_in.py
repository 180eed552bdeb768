"""Who is away, who decides for whom meanwhile, and who would be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf, Wish, person
from placet.api.schemas.standing_in import (
    Absence,
    AbsenceEnding,
    Delegation,
    StandInShown,
    show_absences,
    show_delegations,
    show_stand_in,
)
from placet.api.schemas.words import Amount, Moment, near
from placet.api.versions import tag
from placet.companies import directory, models, queries
from placet.companies.refusals import refuse
from placet.companies.standing_in import who_would_get
from placet.requisitions import actions

router = Router(tags=["standing in"])


class StandingInFilters(Page):
    """Those of one member (as either side of a delegation); by default also what is over."""

    member: Annotated[str, Field(max_length=40)] = ""
    running: Annotated[bool, Field(description="only what is not over")] = False


class At(BaseModel):
    """An instant; by default now."""

    at: Annotated[AwareDatetime, AfterValidator(near)] | None = None


class NewDelegation(Wish):
    """Who decides for whom, from when until when, up to how much an order, for which unit."""

    principal: Identifier
    delegate: Identifier
    starts_at: Moment
    ends_at: Moment
    cap_minor: Amount | None = None
    unit: Identifier | None = None


class NewAbsence(Wish):
    """Who is away, from when until when (exclusive)."""

    member: Identifier
    starts_at: Moment
    ends_at: Moment


@router.get("/delegations", response=ListOf[Delegation])
def list_delegations(request: ApiRequest, page: Query[StandingInFilters]) -> ListOf[Delegation]:
    """One's own delegations and those of the people whom one manages or audits."""
    found = directory.list_delegations(request.actor)
    if page.member:
        mine = found.filter(principal_id=page.member) | found.filter(delegate_id=page.member)
        found = mine.order_by("id")
    if page.running:
        found = found.filter(revoked_at=None, ends_at__gt=request.now)
    return page_of(request, found, page, lambda rows: _shown(request, rows))


@router.post("/delegations", response={201: Delegation})
def delegate_to(request: ApiRequest, body: NewDelegation) -> Status[Delegation]:
    """Let somebody decide for somebody else; open steps follow when it begins."""
    delegation = actions.delegate_to(
        queries.get_member(request.actor, body.principal),
        delegate=queries.get_member(request.actor, body.delegate),
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        cap_minor=body.cap_minor,
        unit=queries.get_unit(request.actor, body.unit) if body.unit else None,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, get_delegation(request, delegation.pk))


@router.get("/delegations/{delegation_id}", response=Delegation)
def get_delegation(request: ApiRequest, delegation_id: str) -> Delegation:
    """One delegation, ended ones too."""
    delegation = directory.get_delegation(request.actor, delegation_id)
    tag(request, delegation.version)
    return _shown(request, [delegation])[0]


@router.post("/delegations/{delegation_id}/endings", response={201: Delegation})
def end_delegation(request: ApiRequest, delegation_id: str) -> Status[Delegation]:
    """End a delegation at once; either side may."""
    delegation = directory.get_delegation(request.actor, delegation_id)
    actions.end_delegation(delegation, actor=request.actor, now=request.now)
    return Status(201, get_delegation(request, delegation_id))


@router.get("/absences", response=ListOf[Absence])
def list_absences(request: ApiRequest, page: Query[StandingInFilters]) -> ListOf[Absence]:
    """One's own absences and those of the people whom one manages or audits."""
    found = directory.list_absences(request.actor)
    if page.member:
        found = found.filter(member_id=page.member)
    if page.running:
        found = found.filter(ends_at__gt=request.now)
    actor, now = request.actor, request.now
    return page_of(request, found, page, lambda rows: show_absences(rows, actor, now))


@router.post("/absences", response={201: Absence})
def set_absence(request: ApiRequest, body: NewAbsence) -> Status[Absence]:
    """Say that a member is away; open steps go to who stands in when it begins."""
    absence = actions.set_absence(
        queries.get_member(request.actor, body.member),
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, get_absence(request, absence.pk))


@router.get("/absences/{absence_id}", response=Absence)
def get_absence(request: ApiRequest, absence_id: str) -> Absence:
    """One absence."""
    absence = directory.get_absence(request.actor, absence_id)
    tag(request, absence.version)
    return show_absences([absence], request.actor, request.now)[0]


@router.post("/absences/{absence_id}/endings", response={201: AbsenceEnding})
def end_absence(request: ApiRequest, absence_id: str) -> Status[AbsenceEnding]:
    """Be back before the time; an absence that has not begun is taken away."""
    absence = directory.get_absence(request.actor, absence_id)
    actions.end_absence(absence, actor=request.actor, now=request.now)
    who = person(absence.member)
    return Status(201, AbsenceEnding(absence=absence_id, member=who, ended_at=request.now))


@router.get("/members/{member_id}/stand_in", response=StandInShown)
def get_stand_in(request: ApiRequest, member_id: str, query: Query[At]) -> StandInShown:
    """Who would get what this member is asked, at an instant: a preview of a holiday."""
    member = queries.get_member(request.actor, member_id)
    refuse(directory.can_see_rights(request.actor, member))
    at = query.at or request.now
    return show_stand_in(who_would_get(member, at=at), at)


def _shown(request: ApiRequest, rows: Sequence[models.Delegation]) -> list[Delegation]:
    away = directory.list_absences_of_delegates(rows)
    return show_delegations(rows, away, request.actor, request.now)

"""People: invited, changed, away for good, and back."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.member import (
    HandOverShown,
    Member,
    MemberDetail,
    show_hand_over,
    show_member,
    show_members,
)
from placet.api.schemas.words import (
    Clock,
    Code,
    Days,
    ExternalId,
    Labels,
    Name,
    Text,
    wished,
    with_times,
)
from placet.api.versions import require_version, tag
from placet.companies import directory, queries
from placet.companies.permissions import MEMBER_MANAGE, can_manage_member, require
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.policy.reading import Fault
from placet.quotes.actions.hand_over_colleague import hand_over_colleague
from placet.requisitions import actions
from placet.requisitions.actions.invite_members import Invitation, InvitationsRefused, Place
from placet.requisitions.handing_over import list_hand_over

router = Router(tags=["members"])
Title = Annotated[str, Field(max_length=120)]
HOURS: Final = frozenset({"working_days", "work_starts", "work_ends"})


class MemberFilters(Page):
    """Members in one state (by default the active ones), of one unit, with one address or id."""

    status: Literal["active", "deactivated", "all"] = "active"
    unit: Annotated[str, Field(max_length=40, description="of this unit or below it")] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    external_id: Annotated[ExternalId, Field(description="id of another system")] = ""


class RolePlace(Wish):
    """A role (its id) for a unit and below, or for the whole company."""

    role: Identifier
    unit: Identifier | None = None


class NewMember(Labels):
    """Who is invited, and where they belong; empty language and zone are the company's."""

    email: Text
    name: Name
    unit: Identifier
    roles: Annotated[list[RolePlace], Field(max_length=20)] = []
    title: Title = ""
    manager: Identifier | None = None
    language: Code = ""
    time_zone: Text = ""


class NewInvitations(Wish):
    """Up to a thousand people, of whom all come or none."""

    members: Annotated[list[NewMember], Field(min_length=1, max_length=1000)]


class MemberChange(Labels):
    """What is named is changed; `"manager": null` is nobody, hours that are null the company's."""

    unit: Identifier | None = None
    manager: Identifier | None = None
    title: Title | None = None
    language: Code | None = None
    time_zone: Text | None = None
    working_days: Days | None = None
    work_starts: Clock | None = None
    work_ends: Clock | None = None


class Deactivation(Wish):
    """Who takes over what hangs on the member; null leaves it where it is."""

    hand_over_to: Identifier | None = None


@router.get("/members", response=ListOf[Member])
def list_members(request: ApiRequest, page: Query[MemberFilters]) -> ListOf[Member]:
    """The people of the company by name."""
    found = queries.list_members(request.actor, with_deactivated=page.status != "active")
    if page.status == "deactivated":
        found = found.filter(status="deactivated")
    if page.unit:
        unit = queries.get_unit(request.actor, page.unit)
        found = found.filter(unit__path__startswith=unit.path)
    if page.email:
        found = found.filter(user__email=page.email.lower())
    if page.external_id:
        found = found.filter(external_id=page.external_id)
    return page_of(request, found, page, show_members)


@router.post("/members", response={201: MemberDetail})
def invite_member(request: ApiRequest, body: NewMember) -> Status[MemberDetail]:
    """Make somebody a member with their roles; a mail tells them the way in."""
    company = queries.get_company(request.actor)
    member = actions.invite_member(
        company, invitation=_invitation(request.actor, body), actor=request.actor, now=request.now
    )
    label(request, member, body)
    return Status(201, _show(request, member.pk))


@router.post("/members/invitations", response={201: ListOf[Member]})
def invite_members(request: ApiRequest, body: NewInvitations) -> Status[ListOf[Member]]:
    """Invite all of these, or nobody: a 422 names every row that cannot be."""
    if not request.actor.holds_anywhere(MEMBER_MANAGE):
        require(request.actor, MEMBER_MANAGE)
    try:
        members = actions.invite_members(
            queries.get_company(request.actor),
            invitations=[_invitation(request.actor, one) for one in body.members],
            actor=request.actor,
            now=request.now,
        )
    except InvitationsRefused as error:
        faults = [_fault(row) for row in error.facts["rows"]]
        raise InvalidInput("members", error.code, error.detail, faults=faults) from error
    for member, said in zip(members, body.members, strict=True):
        label(request, member, said)
    return Status(201, ListOf(data=show_members(members), has_more=False, next_cursor=None))


@router.get("/members/{member_id}", response=MemberDetail)
def get_member(request: ApiRequest, member_id: str) -> MemberDetail:
    """One member, deactivated ones too."""
    return _show(request, member_id)


@router.patch("/members/{member_id}", response=MemberDetail)
def change_member(request: ApiRequest, member_id: str, body: MemberChange) -> MemberDetail:
    """Change a membership; needs If-Match. Another manager is asked at open steps."""
    member = queries.get_member(request.actor, member_id)
    require_version(request, member.version)
    label(request, member, body)
    changes = with_times(
        {
            name: value
            for name, value in wished(body, "unit", "manager").items()
            if value is not None or name in HOURS
        }
    )
    if body.unit is not None:
        changes["unit"] = queries.get_unit(request.actor, body.unit)
    if "manager" in body.model_fields_set:
        found = queries.get_member(request.actor, body.manager) if body.manager else None
        changes["manager"] = found
    if changes:
        actions.change_member(
            member, version=member.version, actor=request.actor, now=request.now, **changes
        )
    return _show(request, member.pk)


@router.post("/members/{member_id}/invitations", response={201: MemberDetail})
def invite_again(request: ApiRequest, member_id: str) -> Status[MemberDetail]:
    """Send the way in once more, to somebody who has not come yet."""
    member = queries.get_member(request.actor, member_id)
    actions.invite_again(member, actor=request.actor, now=request.now)
    return Status(201, _show(request, member.pk))


@router.get("/members/{member_id}/hand_over", response=HandOverShown)
def get_hand_over(request: ApiRequest, member_id: str) -> HandOverShown:
    """What somebody else takes over when this member leaves; for whoever may end the membership."""
    member = queries.get_member(request.actor, member_id)
    refuse(can_manage_member(request.actor, member))
    return show_hand_over(member, list_hand_over(member))


@router.post("/members/{member_id}/deactivations", response={201: MemberDetail})
def deactivate_member(
    request: ApiRequest, member_id: str, body: Deactivation
) -> Status[MemberDetail]:
    """End a membership by every channel; a 409 where an open step would have nobody."""
    member = queries.get_member(request.actor, member_id)
    if body.hand_over_to is None:
        actions.deactivate_member(member, actor=request.actor, now=request.now)
    else:
        heir = queries.get_member(request.actor, body.hand_over_to)
        hand_over_colleague(member, to=heir, actor=request.actor, now=request.now)
    return Status(201, _show(request, member.pk))


@router.post("/members/{member_id}/reactivations", response={201: MemberDetail})
def reactivate_member(request: ApiRequest, member_id: str) -> Status[MemberDetail]:
    """Let somebody come back, with the roles that they had."""
    member = queries.get_member(request.actor, member_id)
    actions.reactivate_member(member, actor=request.actor, now=request.now)
    return Status(201, _show(request, member.pk))


def _invitation(actor: Actor, body: NewMember) -> Invitation:
    """The invitation with its unit, roles and manager found; raises ``NotFound``."""
    return Invitation(
        email=body.email,
        name=body.name,
        unit=queries.get_unit(actor, body.unit),
        roles=tuple(
            Place(
                directory.get_role(actor, place.role),
                queries.get_unit(actor, place.unit) if place.unit else None,
            )
            for place in body.roles
        ),
        title=body.title,
        manager=queries.get_member(actor, body.manager) if body.manager else None,
        language=body.language,
        time_zone=body.time_zone,
    )


def _fault(row: dict[str, Any]) -> Fault:
    """What is wrong with one of many, with the place where it stands in the body."""
    path = f"/{row['path']}" if row["path"] else ""
    return Fault(f"/members/{row['row'] - 1}{path}", row["code"], row["detail"])


def _show(request: ApiRequest, member_id: str) -> MemberDetail:
    member = queries.get_member(request.actor, member_id)
    tag(request, member.version)
    return show_member(member, request.actor)

"""People are invited: one, or a list of which all come or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from placet.companies.actions import add_member
from placet.companies.holding import change_company_alone
from placet.companies.models import Company, Member, Role, Unit
from placet.companies.permissions import MEMBER_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, PlacetError
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.rights import grant_role

MOST_INVITED: Final = 1_000


class Place(NamedTuple):
    """A role that an invited person gets, for the company or for a unit and below."""

    role: Role
    unit: Unit | None = None


class Invitation(NamedTuple):
    """Who is invited, and where they belong. Empty language and zone are the company's."""

    email: str
    name: str
    unit: Unit
    roles: tuple[Place, ...] = ()
    title: str = ""
    manager: Member | None = None
    language: str = ""
    time_zone: str = ""
    external_id: str = ""


class InvitationsRefused(InvalidInput):
    """Nobody was invited; ``facts['rows']`` has number, path, code and sentence of each fault."""


@transaction
def invite_member(
    company: Company, *, invitation: Invitation, actor: Actor, now: datetime
) -> Member:
    """Make somebody a member with their roles, and send them a mail with the way in.

    Whoever has no password yet sets one by that mail. Nobody invites with rights that are not
    theirs to give. Raises what ``add_member`` and ``grant_role`` raise.
    """
    change_company_alone(company.pk, actor=actor)
    _check(invitation)
    member = add_member(
        company,
        email=invitation.email.strip(),
        name=invitation.name.strip(),
        unit=invitation.unit,
        title=invitation.title,
        manager=invitation.manager,
        language=invitation.language,
        time_zone=invitation.time_zone,
        actor=actor,
        now=now,
    )
    Member.objects.filter(pk=member.pk).update(invited_at=now, external_id=invitation.external_id)
    member.refresh_from_db()
    for place in invitation.roles:
        grant_role(member, role=place.role, unit=place.unit, actor=actor, now=now)
    _record(member, actor=actor, now=now)
    return member


@transaction
def invite_members(
    company: Company, *, invitations: Sequence[Invitation], actor: Actor, now: datetime
) -> list[Member]:
    """Invite all of these, or nobody.

    Raises ``InvitationsRefused`` with every row that cannot be, so that a list is mended at once.
    """
    if not 0 < len(invitations) <= MOST_INVITED:
        raise InvalidInput("rows", "range", _("Between one and a thousand people at a time."))
    invited: list[Member] = []
    faults: list[dict[str, Any]] = []
    for number, invitation in enumerate(invitations, start=1):
        try:
            invited.append(invite_member(company, invitation=invitation, actor=actor, now=now))
        except PlacetError as error:
            path = error.path if isinstance(error, InvalidInput) else ""
            faults.append({"row": number, "path": path, "code": error.code, "detail": error.detail})
    if faults:
        raise InvitationsRefused(
            "rows", "rows", _("Nobody was invited: some rows cannot be."), rows=faults
        )
    return invited


@transaction
def invite_again(member: Member, *, actor: Actor, now: datetime) -> Member:
    """Send the way in once more; raises ``Conflict`` for somebody who has come already."""
    refuse_foreign(actor, member.company_id)
    require(actor, MEMBER_MANAGE, member.unit.path)
    if member.status != Member.Status.ACTIVE or member.user.has_usable_password():
        raise Conflict(_("There is nobody to invite: they have come, or have left."))
    Member.objects.filter(pk=member.pk).update(invited_at=now)
    member.refresh_from_db(fields=["invited_at"])
    _record(member, actor=actor, now=now)
    return member


def _check(invitation: Invitation) -> None:
    if not invitation.name.strip() or len(invitation.name) > 120:
        raise InvalidInput("name", "required", _("A name has at most 120 characters."))
    if len(invitation.title) > 120 or len(invitation.external_id) > 100:
        raise InvalidInput("title", "too_long", _("This is too long."))
    if invitation.language and invitation.language not in dict(settings.LANGUAGES):
        raise InvalidInput("language", "language", _("This language is not offered."))


def _record(member: Member, *, actor: Actor, now: datetime) -> None:
    record(
        "member.invited",
        member.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        user=member.user_id,
    )

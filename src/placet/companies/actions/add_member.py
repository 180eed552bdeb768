"""People come to a company, and leave it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from placet.companies.models import Company, Member, Unit, User
from placet.companies.permissions import MEMBER_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def add_member(
    company: Company,
    *,
    email: str,
    name: str,
    unit: Unit,
    actor: Actor,
    now: datetime,
    title: str = "",
    manager: Member | None = None,
    language: str = "",
    time_zone: str = "",
) -> Member:
    """Make somebody a member, without any role yet; the user is made when the address is new.

    A user who exists keeps the name and password that they have: membership changes nothing there.
    Raises ``Conflict`` when they are a member already, deactivated ones included.
    """
    refuse_foreign(actor, company.id)
    require(actor, MEMBER_MANAGE, unit.path)
    _validate(company, email, unit, manager)
    user = _user(email, name, language or company.language, now)
    if Member.objects.filter(company=company, user=user).exists():
        raise Conflict(_("%(email)s is a member of this company already.") % {"email": email})
    member = Member.objects.create(
        created_at=now,
        company=company,
        user=user,
        unit=unit,
        manager=manager,
        title=title,
        language=language or company.language,
        time_zone=time_zone or company.time_zone,
    )
    record(
        "member.added",
        member.id,
        actor=actor,
        now=now,
        company_id=company.id,
        user=user.id,
        unit=unit.id,
        private={"name": user.name, "email": user.email},
    )
    return member


def _user(email: str, name: str, language: str, now: datetime) -> User:
    address = User.objects.normalize_email(email).lower()
    found: User | None = User.objects.filter(email=address).first()
    if found is not None:
        return found
    made: User = User.objects.create_user(address, name=name, language=language, created_at=now)
    return made


def _validate(company: Company, email: str, unit: Unit, manager: Member | None) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput("email", "email", _("This is not an e-mail address.")) from error
    if unit.company_id != company.id or unit.closed_at is not None:
        raise InvalidInput("unit", "foreign", _("The unit is not one of this company."))
    if manager is not None and manager.company_id != company.id:
        raise InvalidInput("manager", "foreign", _("The manager is not of this company."))

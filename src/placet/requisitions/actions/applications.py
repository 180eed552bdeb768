"""Somebody wants to buy here: they apply, the merchant answers; a household signs up by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from placet.companies.actions import add_member, create_company
from placet.companies.models import Company, CompanyApplication, Member, Role, Unit
from placet.companies.organisation.role_grants import grant_role
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.queries import get_merchant
from placet.companies.refusals import Refusal, refuse
from placet.companies.validity import check_settings
from placet.core.actor import Actor, system_actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.rulebooks.actions import start_rulebook

LONGEST: Final = {"name": 120, "applicant_name": 120, "tax_number": 40, "message": 1000}
FOUNDERS: Final = {
    Company.Kind.BUSINESS: ("company_admin", "buyer", "approver"),
    Company.Kind.HOUSEHOLD: ("parent",),
}
"""The first person of a company runs it, and orders and approves until others have come."""


@transaction
def apply_for_company(
    name: str,
    *,
    applicant_name: str,
    email: str,
    actor: Actor,
    now: datetime,
    tax_number: str = "",
    message: str = "",
    currency: str = "",
    language: str = "en",
    time_zone: str = "UTC",
) -> CompanyApplication:
    """Ask the merchant to buy here as a business. Anybody may; nothing exists before the answer.

    The same address has one application waiting at most: a second one changes the first.
    """
    merchant = get_merchant()
    texts = {
        "name": name.strip(),
        "applicant_name": applicant_name.strip(),
        "tax_number": tax_number.strip(),
        "message": message.strip(),
    }
    _check(texts, email)
    given = {
        **texts,
        "currency": currency or merchant.currency,
        "language": language,
        "time_zone": time_zone,
    }
    check_settings(given)
    application, _is_new = CompanyApplication.objects.update_or_create(
        email=email.strip().lower(),
        kind=Company.Kind.BUSINESS,
        status=CompanyApplication.Status.WAITING,
        defaults=given,
        create_defaults={**given, "created_at": now},
    )
    record(
        "application.received",
        application.id,
        actor=actor,
        now=now,
        company_id=merchant.id,
        private={"name": application.name, "email": application.email},
    )
    return application


@transaction
def accept_application(
    application: CompanyApplication,
    *,
    slug: str,
    payment_terms: str,
    actor: Actor,
    now: datetime,
) -> Company:
    """Let a business buy here, on these terms; its applicant runs it and is invited by mail.

    Raises ``Conflict`` for one that was answered, or whose slug is taken.
    """
    _require_merchant(actor)
    _answer(application, CompanyApplication.Status.ACCEPTED, "", now)
    company = create_company(
        application.name,
        slug=slug,
        kind=application.kind,
        currency=application.currency,
        language=application.language,
        time_zone=application.time_zone,
        tax_number=application.tax_number,
        payment_terms=payment_terms,
        actor=actor,
        now=now,
    )
    CompanyApplication.objects.filter(pk=application.pk).update(company=company)
    application.company = company
    found_company(
        company,
        email=application.email,
        name=application.applicant_name,
        now=now,
        actor=_system_of(company),
    )
    _record("application.accepted", application, actor=actor, now=now)
    return company


@transaction
def decline_application(
    application: CompanyApplication, *, answer: str, actor: Actor, now: datetime
) -> CompanyApplication:
    """Say no, with a reason; raises ``Conflict`` for one that was answered."""
    _require_merchant(actor)
    if not answer.strip() or len(answer) > LONGEST["message"]:
        raise InvalidInput("answer", "required", _("Say why, in at most 1,000 characters."))
    _answer(application, CompanyApplication.Status.DECLINED, answer.strip(), now)
    _record("application.declined", application, actor=actor, now=now)
    return application


@transaction
def sign_up_household(
    name: str,
    *,
    person_name: str,
    email: str,
    actor: Actor,
    now: datetime,
    language: str = "en",
    time_zone: str = "UTC",
) -> Company:
    """A lone shopper becomes a household of one, who orders freely; the mail leads in.

    The address proves itself by that mail: nobody gets in without it. Raises ``InvalidInput``.
    """
    merchant = get_merchant()
    _check({"name": name.strip(), "applicant_name": person_name.strip()}, email)
    company = create_company(
        name.strip(),
        slug=_free_slug(name),
        kind=Company.Kind.HOUSEHOLD,
        currency=merchant.currency,
        language=language,
        time_zone=time_zone,
        actor=_system_of(merchant),
        now=now,
    )
    found_company(
        company, email=email, name=person_name.strip(), actor=_system_of(company), now=now
    )
    return company


@transaction
def found_company(
    company: Company, *, email: str, name: str, actor: Actor, now: datetime
) -> Member:
    """Make somebody the first member of a company, who runs it, and invite them.

    The company starts with the rules of a simple organisation, so that it can buy at once.
    """
    start_rulebook(actor=actor, now=now)
    member = add_member(
        company,
        email=email.strip(),
        name=name,
        unit=Unit.objects.get(company=company, parent=None),
        actor=actor,
        now=now,
    )
    for key in FOUNDERS[Company.Kind(company.kind)]:
        role = Role.objects.get(company=company, key=key)
        grant_role(member, role=role, actor=actor, now=now)
    Member.objects.filter(pk=member.pk).update(invited_at=now)
    record(
        "member.invited",
        member.id,
        actor=actor,
        now=now,
        company_id=company.id,
        user=member.user_id,
    )
    return member


def _check(texts: dict[str, str], email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise InvalidInput("email", "email", _("This is not an e-mail address.")) from error
    for name in ("name", "applicant_name"):
        if not texts[name]:
            raise InvalidInput(name, "required", _("Please fill this in."))
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            raise InvalidInput(name, "too_long", _("This is too long."))


def _answer(application: CompanyApplication, status: str, answer: str, now: datetime) -> None:
    """Whoever writes the answer first has given it."""
    waiting = CompanyApplication.objects.filter(
        pk=application.pk, status=CompanyApplication.Status.WAITING
    )
    if not waiting.update(status=status, answer=answer, answered_at=now, version=F("version") + 1):
        raise Conflict(_("This application was answered already."))
    application.refresh_from_db()


def _record(what: str, application: CompanyApplication, *, actor: Actor, now: datetime) -> None:
    record(
        what,
        application.id,
        actor=actor,
        now=now,
        company_id=get_merchant().id,
        company=application.company_id or "",
        private={"answer": application.answer} if application.answer else None,
    )


def _require_merchant(actor: Actor) -> None:
    if not (actor.is_merchant or actor.is_system):
        refuse(Refusal("merchant_only", _("Only the supplier answers applications.")))
    require(actor, COMPANY_MANAGE)


def _free_slug(name: str) -> str:
    """The name as an address, numbered where it is taken."""
    wished = slugify(name)[:50] or "household"
    taken = set(Company.objects.filter(slug__startswith=wished).values_list("slug", flat=True))
    numbered = (f"{wished}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wished, *numbered) if slug not in taken)


def _system_of(company: Company) -> Actor:
    return system_actor(company.id, company.slug, company.kind, company.currency)

"""Documents about who calls, about companies, and about those who want to become one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from placet.api.call import ApiRequest
from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
)
from placet.companies import models
from placet.companies.permissions import COMPANY_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor, Grant


class KeyShown(Answer):
    """The key that calls; its secret is never shown again."""

    id: str
    name: str
    scopes: list[str]
    expires_at: datetime | None


class CompanyShown(Answer):
    """The company for which the key works."""

    id: str
    slug: str
    name: str
    kind: str
    currency: str


class PermissionShown(Answer):
    """Something that the caller may do, for a unit and below, or (no unit) for the company."""

    permission: str
    unit: str | None


class Me(Answer):
    """Who calls, and what they may do."""

    object: Literal["me"] = "me"
    key: KeyShown
    company: CompanyShown
    member: Person | None
    permissions: list[PermissionShown]


class WorkingTime(Answer):
    """When its people work: times to answer count these, in each approver's own zone."""

    working_days: list[int]
    work_starts: str
    work_ends: str
    holiday_country: str
    holiday_region: str
    closed_days: list[str]
    answer_hours: int
    expire_days: int


class Company(Resourceful):
    """A company; its periods follow its zone and its fiscal year."""

    object: Literal["company"] = "company"
    kind: str
    slug: str
    name: str
    status: str
    currency: str
    language: str
    time_zone: str
    fiscal_year_month: int
    tax_number: str
    payment_terms: str
    offered_terms: list[str]
    po_pattern: str
    po_hint: str
    mail_decisions: str
    mail_decisions_up_to: Money
    allows_on_behalf: bool
    working_time: WorkingTime
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class CompanyApplication(Resourceful):
    """Somebody wants to buy here, and what the merchant answered."""

    object: Literal["company_application"] = "company_application"
    kind: str
    name: str
    tax_number: str
    applicant_name: str
    email: str
    message: str
    currency: str
    language: str
    time_zone: str
    status: str
    answered_at: datetime | None
    answer: str
    company: str | None
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


def show_me(request: ApiRequest) -> Me:
    """The caller of this request."""
    actor, key = request.actor, request.key
    return Me(
        key=KeyShown(id=key.id, name=key.name, scopes=key.scopes, expires_at=key.expires_at),
        company=CompanyShown(
            id=actor.company_id,
            slug=actor.company_slug,
            name=actor.company_name,
            kind=actor.company_kind,
            currency=actor.currency,
        ),
        member=Person(member=actor.member_id, name=actor.name) if actor.member_id else None,
        permissions=[
            _permission(grant)
            for grant in sorted(actor.grants, key=lambda grant: (grant.permission, grant.unit_path))
        ],
    )


def show_companies(companies: Sequence[models.Company], actor: Actor) -> list[Company]:
    """Companies with what the actor may do with each."""
    return [
        Company(
            **frame(company),
            kind=company.kind,
            slug=company.slug,
            name=company.name,
            status=company.status,
            currency=company.currency,
            language=company.language,
            time_zone=company.time_zone,
            fiscal_year_month=company.fiscal_year_month,
            tax_number=company.tax_number,
            payment_terms=company.payment_terms,
            offered_terms=company.offered_terms,
            po_pattern=company.po_pattern,
            po_hint=company.po_hint,
            mail_decisions=company.mail_decisions,
            mail_decisions_up_to=money(company.mail_decisions_up_to_minor, company.currency),
            allows_on_behalf=company.allows_on_behalf,
            working_time=_working_time(company),
            **actions_of(_of_company(company, actor)),
        )
        for company in companies
    ]


def show_applications(
    applications: Sequence[models.CompanyApplication], actor: Actor
) -> list[CompanyApplication]:
    """Applications with what the actor may answer."""
    return [
        CompanyApplication(
            **frame(row),
            kind=row.kind,
            name=row.name,
            tax_number=row.tax_number,
            applicant_name=row.applicant_name,
            email=row.email,
            message=row.message,
            currency=row.currency,
            language=row.language,
            time_zone=row.time_zone,
            status=row.status,
            answered_at=row.answered_at,
            answer=row.answer,
            company=row.company_id,
            **actions_of(dict.fromkeys(("accept", "decline"), _answering(row, actor))),
        )
        for row in applications
    ]


def _working_time(company: models.Company) -> WorkingTime:
    return WorkingTime(
        working_days=company.working_days,
        work_starts=f"{company.work_starts:%H:%M}",
        work_ends=f"{company.work_ends:%H:%M}",
        holiday_country=company.holiday_country,
        holiday_region=company.holiday_region,
        closed_days=company.closed_days,
        answer_hours=company.answer_hours,
        expire_days=company.expire_days,
    )


def _of_company(company: models.Company, actor: Actor) -> dict[str, Refusal | None]:
    change = can_do(actor, COMPANY_MANAGE)
    suspend = resume = change
    if not actor.is_merchant:
        suspend = resume = Refusal(
            "merchant_only", _("Only the supplier suspends and resumes companies.")
        )
    elif company.kind == models.Company.Kind.MERCHANT:
        suspend = resume = Refusal("merchant_itself", _("The supplier cannot suspend itself."))
    elif company.status == models.Company.Status.ACTIVE:
        resume = Refusal("active", _("The company is not suspended."))
    else:
        suspend = Refusal("suspended", _("The company is suspended already."))
    return {"change": change, "suspend": suspend, "resume": resume}


def _answering(row: models.CompanyApplication, actor: Actor) -> Refusal | None:
    if row.status != models.CompanyApplication.Status.WAITING:
        return Refusal("answered", _("This application was answered already."))
    return can_do(actor, COMPANY_MANAGE)


def _permission(grant: Grant) -> PermissionShown:
    unit = grant.unit_path.strip("/").rpartition("/")[2]
    return PermissionShown(permission=grant.permission, unit=unit or None)

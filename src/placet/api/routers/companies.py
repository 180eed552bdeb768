"""Companies: one's own, and for the merchant those of its customers."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.labels import label
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.company import Company, show_companies
from placet.api.schemas.words import (
    LABELS,
    Amount,
    Clock,
    Code,
    Currency,
    Days,
    ExternalId,
    Labels,
    Month,
    Name,
    Text,
    wished,
    with_times,
)
from placet.api.versions import require_version, tag
from placet.companies import actions, directory, queries
from placet.core.errors import InvalidInput
from placet.requisitions.actions.register_company import Founder, register_company

router = Router(tags=["companies"])

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,58}$")]
Pattern = Annotated[str, StringConstraints(max_length=100)]


class CompanyFilters(Page):
    """Companies of one kind, in one state, or with one id of another system."""

    kind: Literal["business", "household", "merchant"] | None = None
    status: Literal["active", "suspended"] | None = None
    external_id: Annotated[ExternalId, Field(description="id of another system")] = ""


class NewFounder(Wish):
    """The first member, who runs the company and is invited by mail."""

    name: Name
    email: Text


class NewCompany(Labels):
    """A customer, and the person who will run it."""

    name: Name
    slug: Slug
    kind: Literal["business", "household"] = "business"
    currency: Currency
    founder: NewFounder
    language: Code = "en"
    time_zone: Text = "UTC"
    fiscal_year_month: Month = 1
    tax_number: Code = ""
    payment_terms: Code = "net_30"
    po_pattern: Pattern = ""
    po_hint: Pattern = ""


class CompanyChange(Labels):
    """What is named is changed; terms, currency and labels are the merchant's to say."""

    name: Name | None = None
    tax_number: Code | None = None
    language: Code | None = None
    time_zone: Text | None = None
    fiscal_year_month: Month | None = None
    po_pattern: Pattern | None = None
    po_hint: Pattern | None = None
    mail_decisions: Literal["sign_in", "up_to", "off"] | None = None
    mail_decisions_up_to_minor: Amount | None = None
    payment_terms: Code | None = None
    offered_terms: Annotated[list[Code], Field(max_length=10)] | None = None
    currency: Currency | None = None
    working_days: Days | None = None
    work_starts: Clock | None = None
    work_ends: Clock | None = None
    holiday_country: Code | None = None
    holiday_region: Code | None = None
    closed_days: Annotated[list[Code], Field(max_length=400)] | None = None
    answer_hours: Annotated[int, Field(ge=1, le=400)] | None = None
    expire_days: Annotated[int, Field(ge=1, le=365)] | None = None
    allows_on_behalf: bool | None = None


class Suspension(Wish):
    """Why, for the merchant's own people."""

    reason: Annotated[str, StringConstraints(max_length=400)] = ""


@router.get("/companies", response=ListOf[Company])
def list_companies(request: ApiRequest, page: Query[CompanyFilters]) -> ListOf[Company]:
    """One's own company and, for the merchant who sees customers, these, by name."""
    found = directory.list_known_companies(request.actor)
    for name in ("kind", "status", "external_id"):
        if getattr(page, name):
            found = found.filter(**{name: getattr(page, name)})
    return page_of(request, found, page, lambda rows: show_companies(rows, request.actor))


@router.post("/companies", response={201: Company})
def create_company(request: ApiRequest, body: NewCompany) -> Status[Company]:
    """Register a customer that can buy at once; its founder gets a mail with the way in."""
    try:
        company = register_company(
            founder=Founder(body.founder.name, body.founder.email),
            actor=request.actor,
            now=request.now,
            **body.model_dump(exclude={"founder", *LABELS}),
        )
    except InvalidInput as error:
        path = "founder/email" if error.path == "email" else error.path
        raise InvalidInput(path, error.code, error.detail) from error
    label(request, company, body)
    return Status(201, _show(request, company.pk))


@router.get("/companies/{company_id}", response=Company)
def get_company(request: ApiRequest, company_id: str) -> Company:
    """One company."""
    return _show(request, company_id)


@router.patch("/companies/{company_id}", response=Company)
def change_company(request: ApiRequest, company_id: str, body: CompanyChange) -> Company:
    """Change a company's settings; needs If-Match."""
    company = queries.get_company(request.actor, company_id)
    require_version(request, company.version)
    label(request, company, body)
    named = {name: value for name, value in wished(body).items() if value is not None}
    changes = with_times(named)
    if changes:
        actions.change_company(
            company, version=company.version, actor=request.actor, now=request.now, **changes
        )
    return _show(request, company.pk)


@router.post("/companies/{company_id}/suspensions", response={201: Company})
def suspend_company(
    request: ApiRequest, company_id: str, body: Suspension | None = None
) -> Status[Company]:
    """Stop everybody in a company by every channel, from now on; only the merchant does.

    The reason is for the merchant's own people.
    """
    company = queries.get_company(request.actor, company_id)
    reason = body.reason if body else ""
    actions.suspend_company(company, reason=reason, actor=request.actor, now=request.now)
    return Status(201, _show(request, company.pk))


@router.post("/companies/{company_id}/resumptions", response={201: Company})
def resume_company(request: ApiRequest, company_id: str) -> Status[Company]:
    """End the suspension of a company."""
    company = queries.get_company(request.actor, company_id)
    actions.resume_company(company, actor=request.actor, now=request.now)
    return Status(201, _show(request, company.pk))


def _show(request: ApiRequest, company_id: str) -> Company:
    company = queries.get_company(request.actor, company_id)
    tag(request, company.version)
    return show_companies([company], request.actor)[0]

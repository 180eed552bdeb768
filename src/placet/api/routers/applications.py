"""Applications: who wants to buy here, and the merchant's answer."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.company import (
    Company,
    CompanyApplication,
    show_applications,
    show_companies,
)
from placet.api.schemas.words import Code, LongText
from placet.api.versions import tag
from placet.catalog.kept import get_price_list
from placet.companies import directory
from placet.requisitions import actions

router = Router(tags=["companies"])


class ApplicationFilters(Page):
    """Applications in one state."""

    status: Literal["waiting", "accepted", "declined"] | None = None


class Acceptance(Wish):
    """The company's place in addresses, and the terms on which it buys."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,58}$")]
    payment_terms: Code = "net_30"
    price_lists: Annotated[list[Identifier], Field(max_length=20)] = []
    reps: Annotated[list[Identifier], Field(max_length=100)] = []


class Declination(Wish):
    """The reason, which the applicant is told."""

    answer: LongText


@router.get("/company_applications", response=ListOf[CompanyApplication])
def list_applications(
    request: ApiRequest, page: Query[ApplicationFilters]
) -> ListOf[CompanyApplication]:
    """Who wants to buy here, the first first; for the merchant."""
    found = directory.list_applications(request.actor)
    if page.status:
        found = found.filter(status=page.status)
    return page_of(request, found, page, lambda rows: show_applications(rows, request.actor))


@router.get("/company_applications/{application_id}", response=CompanyApplication)
def get_application(request: ApiRequest, application_id: str) -> CompanyApplication:
    """One application with its answer."""
    return _show(request, application_id)


@router.post("/company_applications/{application_id}/acceptances", response={201: Company})
def accept_application(
    request: ApiRequest, application_id: str, body: Acceptance
) -> Status[Company]:
    """Let them buy here; the answer is the new company, which its applicant runs."""
    application = directory.get_application(request.actor, application_id)
    company = actions.accept_on_terms(
        application,
        slug=body.slug,
        payment_terms=body.payment_terms,
        price_lists=[get_price_list(request.actor, one) for one in body.price_lists],
        rep_ids=body.reps,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_companies([company], request.actor)[0])


@router.post(
    "/company_applications/{application_id}/declinations", response={201: CompanyApplication}
)
def decline_application(
    request: ApiRequest, application_id: str, body: Declination
) -> Status[CompanyApplication]:
    """Say no, with a reason."""
    application = directory.get_application(request.actor, application_id)
    actions.decline_application(
        application, answer=body.answer, actor=request.actor, now=request.now
    )
    return Status(201, _show(request, application_id))


def _show(request: ApiRequest, application_id: str) -> CompanyApplication:
    application = directory.get_application(request.actor, application_id)
    tag(request, application.version)
    return show_applications([application], request.actor)[0]

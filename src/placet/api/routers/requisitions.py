"""Requisitions: where they stand, what was frozen, what was decided, the proof of it."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.files import file_answer
from placet.api.paging import Page, page_of, whole_list
from placet.api.plans import show_posted_member_plan
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.evidence import Evidence, show_evidence
from placet.api.schemas.plan import PlanShown
from placet.api.schemas.posting import (
    DryRun,
    NewPurchase,
    PostedPlanShown,
    read_purchase,
    show_posted_plan,
)
from placet.api.schemas.requisition import (
    DecisionShown,
    Requisition,
    RequisitionSummary,
    show_decisions,
    show_requisition,
    show_summaries,
)
from placet.api.versions import tag
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.documents.typeset import PDF
from placet.documents.writing import write_evidence
from placet.notices.addresses import shop_plan_address
from placet.requisitions import models, queries
from placet.requisitions.actions import retry_placement
from placet.requisitions.actions import withdraw_requisition as withdraw
from placet.requisitions.actions.post_purchase import post_purchase as post
from placet.requisitions.evidence import collect_evidence, evidence_for
from placet.requisitions.posting.acting import get_shopper
from placet.requisitions.posting.planning import plan_posted
from placet.requisitions.posting.showing import token_of_plan
from placet.requisitions.timeline import read_timeline

router = Router(tags=["requisitions"])
State = Literal[
    "pending", "changes_requested", "approved", "ordered", "rejected", "withdrawn", "expired",
    "placement_failed",
]  # fmt: skip


class RequisitionFilters(Page):
    """Requisitions in one state, or the one with a number."""

    status: State | None = None
    number: Annotated[str, Field(max_length=20)] = ""


class NewWithdrawal(Wish):
    """Nothing needs to be said."""


class NewPlacement(Wish):
    """Nothing needs to be said."""


@router.get("/requisitions", response=ListOf[RequisitionSummary])
def list_requisitions(
    request: ApiRequest, page: Query[RequisitionFilters]
) -> ListOf[RequisitionSummary]:
    """Requisitions within reach, newest first. The merchant sees those that wait for a customer."""
    found = queries.list_requisitions(request.actor)
    if page.status:
        found = found.filter(status=page.status)
    if page.number:
        found = found.filter(number=page.number)
    return page_of(request, found, page, lambda rows: show_summaries(rows, request.actor))


@router.post("/requisitions", response={200: PostedPlanShown | PlanShown, 201: Requisition})
def post_purchase(
    request: ApiRequest, body: NewPurchase, wanted: Query[DryRun]
) -> Status[PostedPlanShown] | Status[PlanShown] | Status[Requisition]:
    """Submit lines that are in no cart; first as a dry run, which answers the plan and its hash.

    A shop of the supplier's (a key of the store with `order.from_shop`) states its own lines and
    prices; a customer's key names SKUs of the catalog. Another plan or content than was shown is a
    409 with the new plan; an `external_id` that is there already one with the `requisition`.
    """
    if not body.lines:
        raise InvalidInput("lines", "empty", _("A purchase has 1 to 500 lines."))
    member = get_shopper(request.actor, member=body.member, customer=body.customer)
    posted = read_purchase(body)
    actor, now = request.actor, request.now
    if wanted.dry_run:
        plan = plan_posted(
            posted,
            member=member,
            shop_url=body.shop_url,
            return_url=body.return_url,
            actor=actor,
            now=now,
        )
        if plan.told is not None:
            token = token_of_plan(posted, member, back=plan.back, now=now) if plan.planned else ""
            address = shop_plan_address(member.company.slug, token) if token else ""
            return Status(200, show_posted_plan(plan.told, plan.made, plan_url=address))
        assert plan.planned is not None
        return Status(200, show_posted_member_plan(plan.made, plan.planned, actor=actor, now=now))
    made = post(
        posted,
        member=member,
        external_id=body.external_id,
        shop_url=body.shop_url,
        plan_hash=body.plan_hash,
        warnings_read=body.warnings_read,
        actor=actor,
        now=now,
    )
    return Status(201, _show(request, _get(request, made.pk)))


@router.get("/requisitions/{requisition_id}", response=Requisition)
def get_requisition(request: ApiRequest, requisition_id: str) -> Requisition:
    """One requisition with its steps, its content, and what the caller may do."""
    return _show(request, _get(request, requisition_id))


@router.get("/requisitions/{requisition_id}/decisions", response=ListOf[DecisionShown])
def list_decisions(request: ApiRequest, requisition_id: str) -> ListOf[DecisionShown]:
    """Every decision with what became of it, oldest first."""
    found = queries.list_decisions(_get(request, requisition_id))
    return whole_list(show_decisions(list(found), request.actor))


@router.post("/requisitions/{requisition_id}/withdrawals", response={201: Requisition})
def withdraw_requisition(
    request: ApiRequest, requisition_id: str, body: NewWithdrawal
) -> Status[Requisition]:
    """Take it back before it is ordered: the budget is free, the cart is open again."""
    requisition = _get(request, requisition_id)
    withdraw(requisition, actor=request.actor, now=request.now)
    return Status(201, _show(request, _get(request, requisition_id)))


@router.post("/requisitions/{requisition_id}/placements", response={201: Requisition})
def place_requisition(
    request: ApiRequest, requisition_id: str, body: NewPlacement
) -> Status[Requisition]:
    """Place again what was approved and could not be ordered; a 409 names what is in the way."""
    requisition = _get(request, requisition_id)
    retry_placement(requisition, actor=request.actor, now=request.now)
    return Status(201, _show(request, _get(request, requisition_id)))


@router.get("/requisitions/{requisition_id}/evidence", response=Evidence)
def get_evidence(request: ApiRequest, requisition_id: str) -> Evidence:
    """The proof: who, when, by which channel, which rules, every hash recomputed."""
    requisition = _get(request, requisition_id)
    if requisition.company_id != request.actor.company_id:
        raise Forbidden(_("The evidence is the company's own; ask its people for it."))
    found = evidence_for(collect_evidence(requisition), request.actor)
    return show_evidence(found, request.actor)


@router.get("/requisitions/{requisition_id}/evidence.pdf", openapi_extra=file_answer(PDF))
def get_evidence_paper(request: ApiRequest, requisition_id: str) -> HttpResponse:
    """The same proof as a PDF, in the caller's language."""
    requisition = _get(request, requisition_id)
    if requisition.company_id != request.actor.company_id:
        raise Forbidden(_("The evidence is the company's own; ask its people for it."))
    written = write_evidence(requisition, reader=request.actor, now=request.now)
    return HttpResponse(written, content_type=PDF)


def _get(request: ApiRequest, requisition_id: str) -> models.Requisition:
    """By id only: human numbers repeat from company to company, which the merchant would mix up."""
    if not requisition_id.startswith("req_"):
        raise NotFound(_("There is no such requisition."))
    return queries.get_requisition(request.actor, requisition_id)


def _show(request: ApiRequest, requisition: models.Requisition) -> Requisition:
    tag(request, requisition.version)
    timeline = read_timeline(requisition, reader=request.actor, now=request.now)
    return show_requisition(requisition, timeline, request.actor)

"""From a requisition back to its cart, and an admin's new plan under the rules of today."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.carts.models import Cart
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.plans.describe import PlanDescription, describe_plan
from placet.requisitions.actions import edit_requisition, rebuild_cart, replan_requisition
from placet.requisitions.actions.replan_requisition import preview_replan
from placet.requisitions.fates import Fate, list_fates
from placet.requisitions.models import Requisition
from placet.requisitions.next_revision import NextRevision
from placet.requisitions.permissions import (
    can_edit_requisition,
    can_rebuild_cart,
    can_replan_requisition,
)
from placet.requisitions.queries import get_requisition
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.timeline import StepRow, rows_of_plan


class RevisingActs(NamedTuple):
    """What the reader may do with a requisition beside deciding; ``edited`` is the open cart."""

    may_edit: bool
    may_rebuild: bool
    may_replan: bool
    edited: Cart | None


class ReplanPage(NamedTuple):
    """What planning it again would mean; without ``plan_hash`` it cannot be done."""

    requisition: Requisition
    fates: tuple[Fate, ...]
    steps: list[StepRow]
    plan: PlanDescription
    plan_hash: str
    is_same: bool


def read_acts(actor: Actor, requisition: Requisition, edited: Cart | None) -> RevisingActs:
    """Which buttons there are; one query at most. ``edited`` is the cart of an open edit."""
    may_edit = can_edit_requisition(actor, requisition) is None
    return RevisingActs(
        may_edit=may_edit,
        may_rebuild=can_rebuild_cart(actor, requisition) is None,
        may_replan=can_replan_requisition(actor, requisition) is None,
        edited=edited if may_edit else None,
    )


@require_POST
@company_page
def requisition_edit(request: PageRequest, number: str) -> HttpResponse:
    """Open its cart again with what is asked for now."""
    requisition = get_requisition(request.actor, number)
    try:
        cart = edit_requisition(requisition, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "requisition", requisition.number))
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_POST
@company_page
def requisition_rebuild(request: PageRequest, number: str) -> HttpResponse:
    """Another try of what ended without an order."""
    requisition = get_requisition(request.actor, number)
    try:
        cart = rebuild_cart(requisition, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "requisition", requisition.number))
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_http_methods(["GET", "POST"])
@company_page
def requisition_replan(request: PageRequest, number: str) -> HttpResponse:
    """What the rules of today would ask; then, with a reason, that it is so."""
    requisition = get_requisition(request.actor, number)
    reason = request.POST.get("reason", "")
    error: PlacetError | None = None
    if request.method == "POST":
        try:
            _replan(request, requisition, reason)
        except (Conflict, InvalidInput) as refusal:
            error = refusal
        else:
            return redirect(company_url(request.actor, "requisition", requisition.number))
    try:
        page = _read_replan(request.actor, requisition, now=request.now)
    except Conflict as refusal:
        messages.error(request, refusal.detail)
        return redirect(company_url(request.actor, "requisition", requisition.number))
    status = error.status if error else 200
    context = {"page": page, "reason": reason, "error": error}
    return render(request, "web/requisitions/replan.html", context, status=status)


def _replan(request: PageRequest, requisition: Requisition, reason: str) -> None:
    replan_requisition(
        requisition,
        reason=reason,
        plan_hash=request.POST.get("plan_hash", ""),
        actor=request.actor,
        now=request.now,
    )
    said = _("%(number)s is planned again by the rules of today.")
    messages.success(request, said % {"number": requisition.number})


def _read_replan(actor: Actor, requisition: Requisition, *, now: datetime) -> ReplanPage:
    following = preview_replan(requisition, actor=actor, now=now)
    plan = _described(following, requisition, actor, now)
    described = {step.key: step for step in plan.steps}
    fates = list_fates(following.carried, described, following.content, reader=actor)
    return ReplanPage(
        requisition=requisition,
        fates=fates,
        steps=rows_of_plan(plan),
        plan=plan,
        plan_hash="" if plan.outcome == "blocked" else following.planned.hash,
        is_same=not any(fate.fate != "kept" for fate in fates),
    )


def _described(
    following: NextRevision, requisition: Requisition, actor: Actor, now: datetime
) -> PlanDescription:
    return describe_plan(
        following.plan,
        company_id=requisition.company_id,
        plan_hash=following.planned.hash,
        language=actor.language,
        time_zone=requisition.company.time_zone,
        now=now,
    )

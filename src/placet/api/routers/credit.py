"""A customer's credit: the merchant's programs set it and enter what was paid."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import LARGEST, Wish
from placet.api.schemas.budget import Credit, show_credit
from placet.api.versions import require_version, tag
from placet.budgets import actions, models, queries
from placet.budgets.permissions import can_manage_credit
from placet.companies.queries import get_company
from placet.companies.refusals import refuse
from placet.core.errors import NotFound

router = Router(tags=["credit"])

Amount = Annotated[int, Field(ge=0, le=LARGEST)]
Reason = Annotated[str, StringConstraints(max_length=400)]


class CreditChange(Wish):
    """The whole of it, in the customer's currency: beyond the limit, warn, ask us, or block."""

    limit_minor: Amount
    mode: Literal["warn", "approve", "block"] = "approve"
    overdue_minor: Amount = 0
    reason: Reason = ""


class Payment(Wish):
    """What was paid; the reason names the invoice or the bank's reference."""

    amount_minor: Annotated[int, Field(ge=1, le=LARGEST)]
    reason: Reason


@router.get("/companies/{customer_id}/credit", response=Credit)
def get_credit(request: ApiRequest, customer_id: str) -> Credit:
    """How far the customer may owe, and how much is open; 404 where no limit is set."""
    company = get_company(request.actor, customer_id)
    account = queries.get_credit(request.actor, company)
    if account is None:
        raise NotFound(_("This customer has no credit limit."))
    return _show(request, account)


@router.put("/companies/{customer_id}/credit", response=Credit)
def set_credit(request: ApiRequest, customer_id: str, body: CreditChange) -> Credit:
    """Set the credit; needs If-Match where there is one already."""
    company = get_company(request.actor, customer_id)
    refuse(can_manage_credit(request.actor))
    account = queries.get_credit(request.actor, company)
    if account is not None:
        require_version(request, account.version)
    changed = actions.set_credit(
        company,
        version=account.version if account else None,
        actor=request.actor,
        now=request.now,
        **body.model_dump(),
    )
    return _show(request, changed)


@router.delete("/companies/{customer_id}/credit", response={204: None})
def end_credit(request: ApiRequest, customer_id: str) -> Status[None]:
    """The customer has no limit any more; needs If-Match."""
    company = get_company(request.actor, customer_id)
    refuse(can_manage_credit(request.actor))
    account = queries.get_credit(request.actor, company)
    if account is None:
        raise NotFound(_("This customer has no credit limit."))
    require_version(request, account.version)
    actions.end_credit(company, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/companies/{customer_id}/credit/payments", response={201: Credit})
def enter_payment(request: ApiRequest, customer_id: str, body: Payment) -> Status[Credit]:
    """The customer paid: what is open falls by as much."""
    company = get_company(request.actor, customer_id)
    entry = actions.enter_payment(
        company,
        amount_minor=body.amount_minor,
        reason=body.reason,
        actor=request.actor,
        now=request.now,
    )
    account = models.Budget.objects.get(pk=entry.budget_id)
    return Status(201, _show(request, account))


def _show(request: ApiRequest, account: models.Budget) -> Credit:
    tag(request, account.version)
    return show_credit(account)

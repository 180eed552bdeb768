"""Budgets: their definition, their ledger, and moving what is left between them."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.budget import (
    Budget,
    BudgetCheck,
    BudgetEntry,
    BudgetTransfer,
    show_budgets,
    show_check,
    show_entries,
    show_transfer,
)
from placet.api.versions import require_version, tag
from placet.budgets import actions, models, queries
from placet.budgets.fitting import list_fits

router = Router(tags=["budgets"])

Amount = Annotated[int, Field(ge=0, le=LARGEST)]
Positive = Annotated[int, Field(ge=1, le=LARGEST)]
Change = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Name = Annotated[str, StringConstraints(max_length=120)]
Reason = Annotated[str, StringConstraints(max_length=400)]
ExternalId = Annotated[str, StringConstraints(max_length=100)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
OptionalId = Annotated[str, StringConstraints(max_length=40)]
Moment = Annotated[datetime, Field(strict=False)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(9000, 1, 1))]
Percents = Annotated[list[int], Field(max_length=8)]
Mode = Literal["warn", "approve", "block"]
Basis = Literal["net", "with_shipping", "gross"]
Rollover = Literal["none", "left", "all"]


class EntryFilters(Page):
    """Postings of one member, or of some days; days are those of the caller's time zone."""

    member: Annotated[str, Field(max_length=40, description="whose purchase or change")] = ""
    since: Annotated[Day | None, Field(description="the first day")] = None
    until: Annotated[Day | None, Field(description="the last day")] = None


class NewBudget(Wish):
    """Of whom, how much, how often. A recurring one begins with the running period.

    One of `once` names `starts_at` and `ends_at`.
    """

    name: Name
    owner_kind: Literal["company", "unit", "member", "cost_center", "category"]
    owner: OptionalId = ""
    responsible: OptionalId = ""
    amount_minor: Amount
    currency: Currency
    period: Literal["once", "week", "month", "quarter", "year"] = "once"
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    mode: Mode = "approve"
    basis: Basis = "net"
    rollover: Rollover = "none"
    alert_percents: Percents = [80, 100]
    external_id: ExternalId = ""


class BudgetChange(Wish):
    """What is named is changed; the running period's amount is changed by an adjustment."""

    name: Name | None = None
    responsible: OptionalId | None = None
    next_amount_minor: Amount | None = None
    mode: Mode | None = None
    basis: Basis | None = None
    rollover: Rollover | None = None
    alert_percents: Percents | None = None
    ends_at: Moment | None = None
    external_id: ExternalId | None = None


class Adjustment(Wish):
    """The amount by which this period's budget is raised, or lowered below zero, and why."""

    amount_minor: Change
    reason: Reason


class Transfer(Wish):
    """How much of what is left goes to which budget, and why."""

    target: Identifier
    amount_minor: Positive
    reason: Reason


class Check(Wish):
    """A purchase that does not exist: by whom (the caller), on which cost centre, of what."""

    amount_minor: Amount
    currency: Currency
    member: OptionalId = ""
    cost_center: OptionalId = ""
    category: OptionalId = ""


@router.get("/budgets", response=ListOf[Budget])
def list_budgets(request: ApiRequest, page: Query[Page]) -> ListOf[Budget]:
    """The running budgets that the caller may see."""
    found = queries.list_budgets(request.actor, now=request.now)
    return page_of(request, found, page, partial(show_budgets, actor=request.actor))


@router.post("/budgets", response={201: Budget})
def create_budget(request: ApiRequest, body: NewBudget) -> Status[Budget]:
    """Make a budget with its first posting."""
    wished = body.model_dump(exclude={"owner", "responsible"})
    budget = actions.create_budget(
        owner_ref=body.owner,
        responsible_id=body.responsible or None,
        actor=request.actor,
        now=request.now,
        **wished,
    )
    return Status(201, _show(request, budget.id))


@router.post("/budgets/checks", response={201: BudgetCheck})
def check_budgets(request: ApiRequest, body: Check) -> Status[BudgetCheck]:
    """Whether an amount would fit; nothing is reserved."""
    fits = list_fits(
        request.actor,
        amount_minor=body.amount_minor,
        currency=body.currency,
        member_id=body.member,
        cost_center_id=body.cost_center,
        category_id=body.category,
        now=request.now,
    )
    return Status(201, show_check(fits, body.amount_minor))


@router.get("/budgets/{budget_id}", response=Budget)
def get_budget(request: ApiRequest, budget_id: str) -> Budget:
    """One budget of one period, also one that is over."""
    return _show(request, budget_id)


@router.patch("/budgets/{budget_id}", response=Budget)
def change_budget(request: ApiRequest, budget_id: str, body: BudgetChange) -> Budget:
    """Change what a budget is from now on; needs If-Match."""
    budget = queries.get_budget(request.actor, budget_id)
    require_version(request, budget.version)
    wished: dict[str, Any] = {
        key: value
        for key, value in body.model_dump(exclude_unset=True).items()
        if value is not None
    }
    for said, meant in (("responsible", "responsible_id"), ("next_amount_minor", "base_minor")):
        if said in wished:
            wished[meant] = wished.pop(said)
    actions.change_budget(
        budget.id, version=budget.version, actor=request.actor, now=request.now, **wished
    )
    return _show(request, budget.id)


@router.post("/budgets/{budget_id}/closures", response={201: Budget})
def close_budget(request: ApiRequest, budget_id: str) -> Status[Budget]:
    """No purchase draws on it from now on; what waits is still settled there."""
    budget = queries.get_budget(request.actor, budget_id)
    actions.close_budget(budget.id, actor=request.actor, now=request.now)
    return Status(201, _show(request, budget.id))


@router.post("/budgets/{budget_id}/adjustments", response={201: Budget})
def adjust_budget(request: ApiRequest, budget_id: str, body: Adjustment) -> Status[Budget]:
    """Raise or lower the amount of this period."""
    budget = queries.get_budget(request.actor, budget_id)
    actions.adjust_budget(
        budget.id,
        change_minor=body.amount_minor,
        reason=body.reason,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _show(request, budget.id))


@router.post("/budgets/{budget_id}/transfers", response={201: BudgetTransfer})
def transfer_budget(request: ApiRequest, budget_id: str, body: Transfer) -> Status[BudgetTransfer]:
    """Give a part of what is left to another budget."""
    source = queries.get_budget(request.actor, budget_id)
    target = queries.get_budget(request.actor, body.target)
    transfer = actions.transfer_budget(
        source.id,
        target_id=target.id,
        amount_minor=body.amount_minor,
        reason=body.reason,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_transfer(transfer))


@router.get("/budgets/{budget_id}/entries", response=ListOf[BudgetEntry])
def list_budget_entries(
    request: ApiRequest, budget_id: str, page: Query[EntryFilters]
) -> ListOf[BudgetEntry]:
    """The postings of a budget, newest first: all, or one member's, or those of some days."""
    budget = queries.get_budget(request.actor, budget_id)
    entries = queries.list_entries(
        request.actor, budget, member_id=page.member, since=page.since, until=page.until
    )
    return page_of(request, entries, page, show_entries)


def _show(request: ApiRequest, budget_id: str) -> Budget:
    budget: models.Budget = queries.get_budget(request.actor, budget_id)
    tag(request, budget.version)
    return show_budgets([budget], request.actor)[0]

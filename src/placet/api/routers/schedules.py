"""Schedules of lists, what came of them, and ordering earlier purchases again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.routers.purchase_lists import OptionalId, Quantity, Text
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.purchase_list import Reordered, show_again
from placet.api.schemas.schedule import (
    Occurrence,
    Schedule,
    show_occurrences,
    show_schedule,
    show_schedules,
)
from placet.api.versions import require_version, tag
from placet.carts import models
from placet.carts.actions.order_again import order_again
from placet.carts.lists.queries import get_list
from placet.carts.queries import get_cart
from placet.carts.schedules import actions, queries
from placet.carts.schedules.values import ScheduleValues
from placet.companies.refusals import refuse
from placet.orders.content import read_content
from placet.requisitions.actions import withdraw_envelope
from placet.requisitions.occurrences import list_occurrences
from placet.requisitions.permissions import can_change_here
from placet.requisitions.queries import get_requisition
from placet.requisitions.reordering import chosen_again, read_reorder

router = Router(tags=["schedules"])
Day = Annotated[date, Field(strict=False)]
Reference = Annotated[str, StringConstraints(max_length=200)]


class EnvelopeWish(Wish):
    """The most that one occurrence may cost for approvals to cover it, and until when."""

    total_minor: Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
    until_on: Day


class ScheduleWish(Wish):
    """When and how a list is bought again; everything that is left out is empty."""

    kind: Literal["reminder", "standing"]
    every: Literal["day", "week", "month"]
    every_count: Annotated[int, Field(ge=-1000, le=1000)] = 1
    starts_on: Day
    ends_on: Day | None = None
    ship_to: OptionalId = ""
    bill_to: OptionalId = ""
    cost_center: OptionalId = ""
    po_number: Reference = ""
    references: dict[str, Reference] = Field(default_factory=dict, max_length=100)
    justification: Text = ""
    rise_basis_points: Annotated[int, Field(ge=-LARGEST, le=LARGEST)] = 0
    envelope: EnvelopeWish | None = None

    def values(self) -> ScheduleValues:
        """What the action takes."""
        return ScheduleValues(
            kind=self.kind,
            every=self.every,
            every_count=self.every_count,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            ship_to_id=self.ship_to,
            bill_to_id=self.bill_to,
            cost_center_id=self.cost_center,
            po_number=self.po_number,
            references=self.references,
            justification=self.justification,
            rise_basis_points=self.rise_basis_points,
            envelope_total_minor=self.envelope.total_minor if self.envelope else None,
            envelope_until_on=self.envelope.until_on if self.envelope else None,
        )


class NoWords(Wish):
    """NoWords needs to be said."""


class Resumption(Wish):
    """The warnings that were read, as `rulebook:version:rule:code`."""

    warnings_read: Annotated[list[Reference], Field(max_length=100)] = Field(default_factory=list)


class ReorderWish(Wish):
    """How many of which product, by default all that can be ordered; into a new cart or one."""

    cart: OptionalId = ""
    quantities: dict[Identifier, Quantity] | None = None


@router.get("/schedules", response=ListOf[Schedule])
def list_schedules(request: ApiRequest, page: Query[Page]) -> ListOf[Schedule]:
    """What is scheduled of the lists that the member may see, the next one first."""
    rows = queries.list_schedules(request.actor)
    return page_of(request, rows, page, lambda found: show_schedules(found, request.actor))


@router.post("/purchase_lists/{list_id}/schedules", response={201: Schedule})
def create_schedule(request: ApiRequest, list_id: str, body: ScheduleWish) -> Status[Schedule]:
    """Be reminded of a list, or have it bought again in the member's name."""
    wanted = get_list(request.actor, list_id)
    made = actions.create_schedule(
        wanted, values=body.values(), actor=request.actor, now=request.now
    )
    return Status(201, _show(request, made.pk))


@router.get("/schedules/{schedule_id}", response=Schedule)
def get_schedule(request: ApiRequest, schedule_id: str) -> Schedule:
    """One schedule."""
    return _show(request, schedule_id)


@router.put("/schedules/{schedule_id}", response=Schedule)
def change_schedule(request: ApiRequest, schedule_id: str, body: ScheduleWish) -> Schedule:
    """Say it all anew; needs If-Match."""
    schedule = _seen(request, schedule_id)
    require_version(request, schedule.version)
    actions.change_schedule(schedule, values=body.values(), actor=request.actor, now=request.now)
    return _show(request, schedule_id)


@router.delete("/schedules/{schedule_id}", response={204: None})
def end_schedule(request: ApiRequest, schedule_id: str) -> Status[None]:
    """Let nothing happen any more; needs If-Match."""
    schedule = _seen(request, schedule_id)
    require_version(request, schedule.version)
    actions.end_schedule(schedule, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/schedules/{schedule_id}/pauses", response={201: Schedule})
def pause_schedule(request: ApiRequest, schedule_id: str, body: NoWords) -> Status[Schedule]:
    """Let nothing happen for now."""
    actions.pause_schedule(_seen(request, schedule_id), actor=request.actor, now=request.now)
    return Status(201, _show(request, schedule_id))


@router.post("/schedules/{schedule_id}/resumptions", response={201: Schedule})
def resume_schedule(request: ApiRequest, schedule_id: str, body: Resumption) -> Status[Schedule]:
    """Let it go on, with the list and its prices as they are now."""
    actions.resume_schedule(
        _seen(request, schedule_id),
        warnings_read=body.warnings_read,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _show(request, schedule_id))


@router.post("/schedules/{schedule_id}/skips", response={201: Schedule})
def skip_occurrence(request: ApiRequest, schedule_id: str, body: NoWords) -> Status[Schedule]:
    """Leave the next one out."""
    actions.skip_occurrence(_seen(request, schedule_id), actor=request.actor, now=request.now)
    return Status(201, _show(request, schedule_id))


@router.post("/schedules/{schedule_id}/envelope_withdrawals", response={201: Schedule})
def withdraw_schedule_envelope(
    request: ApiRequest, schedule_id: str, body: NoWords
) -> Status[Schedule]:
    """Let no approval that was given so far cover a later occurrence."""
    withdraw_envelope(_seen(request, schedule_id), actor=request.actor, now=request.now)
    return Status(201, _show(request, schedule_id))


@router.get("/schedules/{schedule_id}/occurrences", response=ListOf[Occurrence])
def list_schedule_occurrences(
    request: ApiRequest, schedule_id: str, page: Query[Page]
) -> ListOf[Occurrence]:
    """What came of it, the last one first."""
    rows = list_occurrences(_seen(request, schedule_id)).order_by("-number", "-id")
    return page_of(request, rows, page, show_occurrences)


@router.post("/requisitions/{requisition_id}/reorders", response={201: Reordered})
def reorder_requisition(
    request: ApiRequest, requisition_id: str, body: ReorderWish
) -> Status[Reordered]:
    """Put an earlier purchase, or some of its products, into a cart at the prices of today."""
    requisition = get_requisition(request.actor, requisition_id)
    refuse(can_change_here(requisition))
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    lines = read_reorder(content, actor=request.actor, now=request.now)
    quantities = body.quantities
    if quantities is None:
        quantities = {line.product: line.quantity for line in content.lines}
    cart, rows = order_again(
        chosen_again(lines, quantities),
        name=requisition.name,
        origin=requisition.pk,
        cart=get_cart(request.actor, body.cart) if body.cart else None,
        actor=request.actor,
        now=request.now,
    )
    shown = [show_again(row, cart.currency) for row in rows]
    return Status(201, Reordered(cart=cart.pk, rows=shown))


def _seen(request: ApiRequest, schedule_id: str) -> models.Schedule:
    return queries.get_schedule(request.actor, schedule_id)


def _show(request: ApiRequest, schedule_id: str) -> Schedule:
    schedule = _seen(request, schedule_id)
    tag(request, schedule.version)
    return show_schedule(schedule, request.actor)

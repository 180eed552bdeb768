"""Purchase lists: keep, fill, share, and put into a cart."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.purchase_list import (
    ListReport,
    PurchaseList,
    PurchaseListSummary,
    Reordered,
    show_again,
    show_list,
    show_list_report,
    show_list_summaries,
)
from placet.api.versions import require_version, tag
from placet.carts import models
from placet.carts.lists import actions, queries
from placet.carts.lists.actions import ListRow
from placet.carts.lists.lines import read_lines
from placet.carts.queries import get_cart
from placet.companies.queries import get_member, get_unit

router = Router(tags=["purchase lists"])
Quantity = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Name = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=5000)]
OptionalId = Annotated[str, StringConstraints(max_length=40)]


class ListFilters(Page):
    """Lists of one scope; those that were put away are asked for."""

    scope: Literal["personal", "unit", "company"] | None = None
    is_archived: bool = False


class NewList(Wish):
    """A list begins with a name; `unit` says whose it is where the scope is `unit`."""

    name: Name
    scope: Literal["personal", "unit", "company"] = "personal"
    unit: OptionalId = ""
    note: Text = ""


class ListChange(Wish):
    """What is named is changed."""

    name: Name | None = None
    note: Text | None = None
    owner: OptionalId | None = None
    is_archived: bool | None = None


class ListLineWish(Wish):
    """A product, how many are usually ordered, and how many should always be there."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    quantity: Quantity
    par_quantity: Quantity | None = None
    note: Text = ""


class ListLineChange(Wish):
    """What is named is changed; a par level of null takes it away."""

    quantity: Quantity | None = None
    par_quantity: Quantity | None = None
    note: Text | None = None


class ListRows(Wish):
    """Many rows at once: what is on the list already gets the values of its row."""

    rows: Annotated[list[ListLineWish], Field(min_length=1, max_length=500)]


class NewListGrant(Wish):
    """One of member and unit."""

    member: OptionalId = ""
    unit: OptionalId = ""
    level: Literal["view", "edit"]


class ListOrder(Wish):
    """Which lines and how many of each, by default all; into `cart`, by default a new one."""

    cart: OptionalId = ""
    quantities: dict[Identifier, Quantity] | None = None


@router.get("/purchase_lists", response=ListOf[PurchaseListSummary])
def list_purchase_lists(
    request: ApiRequest, page: Query[ListFilters]
) -> ListOf[PurchaseListSummary]:
    """The lists that the member may see, last changed first."""
    rows = queries.list_lists(request.actor, scope=page.scope or "", is_archived=page.is_archived)
    return page_of(request, rows, page, show_list_summaries)


@router.post("/purchase_lists", response={201: PurchaseList})
def create_purchase_list(request: ApiRequest, body: NewList) -> Status[PurchaseList]:
    """Begin a list."""
    unit = get_unit(request.actor, body.unit) if body.unit else None
    made = actions.create_list(
        body.name, scope=body.scope, unit=unit, note=body.note, actor=request.actor, now=request.now
    )
    return Status(201, _show(request, made.pk))


@router.get("/purchase_lists/{list_id}", response=PurchaseList)
def get_purchase_list(request: ApiRequest, list_id: str) -> PurchaseList:
    """A list at the member's prices of this moment."""
    return _show(request, list_id)


@router.patch("/purchase_lists/{list_id}", response=PurchaseList)
def change_purchase_list(request: ApiRequest, list_id: str, body: ListChange) -> PurchaseList:
    """Another name, note or owner; putting it away and taking it out again. Needs If-Match."""
    wanted = queries.get_list(request.actor, list_id)
    require_version(request, wanted.version)
    _change(request, wanted, body)
    return _show(request, list_id)


@router.post("/purchase_lists/{list_id}/lines", response={201: PurchaseList})
def add_purchase_list_line(
    request: ApiRequest, list_id: str, body: ListLineWish
) -> Status[PurchaseList]:
    """Put a product on the list."""
    wanted = queries.get_list(request.actor, list_id)
    actions.add_list_line(wanted, **body.model_dump(), actor=request.actor, now=request.now)
    return Status(201, _show(request, list_id))


@router.patch("/purchase_lists/{list_id}/lines/{line_id}", response=PurchaseList)
def change_purchase_list_line(
    request: ApiRequest, list_id: str, line_id: str, body: ListLineChange
) -> PurchaseList:
    """Another quantity, par level or note; needs If-Match with the line's own version."""
    line = queries.get_list_line(request.actor, list_id, line_id)
    require_version(request, line.version)
    kept = {"quantity": line.quantity, "par_quantity": line.par_quantity, "note": line.note}
    wished = {**kept, **body.model_dump(exclude_unset=True)}
    actions.change_list_line(line, **wished, actor=request.actor, now=request.now)
    return _show(request, list_id)


@router.delete("/purchase_lists/{list_id}/lines/{line_id}", response={204: None})
def remove_purchase_list_line(request: ApiRequest, list_id: str, line_id: str) -> Status[None]:
    """Take a product off the list; needs If-Match with the line's own version."""
    line = queries.get_list_line(request.actor, list_id, line_id)
    require_version(request, line.version)
    actions.remove_list_line(line, version=line.version, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/purchase_lists/{list_id}/imports", response={201: ListReport})
def import_purchase_list(request: ApiRequest, list_id: str, body: ListRows) -> Status[ListReport]:
    """Put many rows on the list, and report on each; sent twice nothing changes."""
    wanted = queries.get_list(request.actor, list_id)
    rows = [
        ListRow(number, row.sku, row.quantity, row.par_quantity, row.note)
        for number, row in enumerate(body.rows, 1)
    ]
    report = actions.paste_list_lines(wanted, rows=rows, actor=request.actor, now=request.now)
    return Status(201, show_list_report(wanted, report))


@router.post("/purchase_lists/{list_id}/grants", response={201: PurchaseList})
def share_purchase_list(
    request: ApiRequest, list_id: str, body: NewListGrant
) -> Status[PurchaseList]:
    """Let a colleague or a unit view or edit the list."""
    wanted = queries.get_list(request.actor, list_id)
    actions.share_list(
        wanted,
        level=body.level,
        member=get_member(request.actor, body.member) if body.member else None,
        unit=get_unit(request.actor, body.unit) if body.unit else None,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _show(request, list_id))


@router.delete("/purchase_lists/{list_id}/grants/{grant_id}", response={204: None})
def unshare_purchase_list(request: ApiRequest, list_id: str, grant_id: str) -> Status[None]:
    """Take access away, or leave."""
    wanted = queries.get_list(request.actor, list_id)
    actions.unshare_list(wanted, grant_id=grant_id, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/purchase_lists/{list_id}/carts", response={201: Reordered})
def order_purchase_list(request: ApiRequest, list_id: str, body: ListOrder) -> Status[Reordered]:
    """Put the list, or some of its lines, into a cart."""
    wanted = queries.get_list(request.actor, list_id)
    ordered = actions.order_list(
        wanted,
        quantities=body.quantities,
        cart=get_cart(request.actor, body.cart) if body.cart else None,
        actor=request.actor,
        now=request.now,
    )
    rows = [show_again(row, ordered.cart.currency) for row in ordered.rows]
    return Status(201, Reordered(cart=ordered.cart.pk, rows=rows))


def _change(request: ApiRequest, wanted: models.PurchaseList, body: ListChange) -> None:
    """Taking it out comes first, putting it away and giving it last: each needs the one before."""
    by: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if body.is_archived is False and wanted.archived_at is not None:
        actions.restore_list(wanted, **by)
    if body.name is not None or body.note is not None:
        actions.describe_list(wanted, name=body.name, note=body.note, **by)
    if body.is_archived and wanted.archived_at is None:
        actions.archive_list(wanted, **by)
    if body.owner:
        actions.give_list(wanted, member=get_member(request.actor, body.owner), **by)


def _show(request: ApiRequest, list_id: str) -> PurchaseList:
    wanted = queries.get_list(request.actor, list_id)
    tag(request, wanted.version)
    lines = read_lines(
        wanted,
        currency=request.actor.currency,
        requester_id=request.actor.member_id,
        now=request.now,
    )
    return show_list(wanted, lines, request.actor)

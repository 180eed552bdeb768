"""Documents about purchase lists and what is on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Named,
    Person,
    Resourceful,
    UnitPrice,
    actions_of,
    frame,
    money,
    person,
)
from placet.carts import models
from placet.carts.again import AgainRow
from placet.carts.lists.actions import ListedRow
from placet.carts.lists.lines import ListedLine
from placet.carts.lists.permissions import can_edit_list, can_manage_list
from placet.core.actor import Actor


class AgainShown(Answer):
    """What a product would be in a cart now.

    `state` says whether it can be ordered: `ok` and `rounded` (in other quantities) can.
    """

    product: str
    sku: str
    name: str
    asked: int
    quantity: int
    state: Literal["ok", "rounded", "short", "discontinued", "not_allowed", "not_for_sale"]
    in_stock: int
    unit_price: UnitPrice | None
    total: Money
    substitute: str | None


class PurchaseListLine(Answer):
    """A line of a list; ``version`` is its own ETag."""

    object: Literal["purchase_list_line"] = "purchase_list_line"
    id: str
    version: int
    position: int
    quantity: int
    par_quantity: int | None
    note: str
    added_by: str
    now: AgainShown


class ListGrant(Answer):
    """With whom a list is shared: one of member and unit."""

    id: str
    member: str | None
    unit: str | None
    level: str


class PurchaseListSummary(Resourceful):
    """A list in a list of lists."""

    object: Literal["purchase_list"] = "purchase_list"
    name: str
    scope: str
    unit: Named | None
    owner: Person
    is_archived: bool
    changed_at: datetime
    line_count: int


class PurchaseList(Resourceful):
    """A list with its lines at the caller's prices of this moment."""

    object: Literal["purchase_list"] = "purchase_list"
    name: str
    note: str
    scope: str
    unit: Named | None
    owner: Person
    is_archived: bool
    changed_at: datetime
    lines: list[PurchaseListLine]
    grants: list[ListGrant]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


class ListedRowShown(Answer):
    """What became of a row; `product` is the SKU that stands on the list."""

    number: int
    sku: str
    outcome: str
    detail: str
    product: str | None


class ListReport(Answer):
    """Every row in the order in which it was sent."""

    purchase_list: str
    listed: int
    rows: list[ListedRowShown]


class Reordered(Answer):
    """The cart that holds it now, and what became of each product."""

    cart: str
    rows: list[AgainShown]


def show_again(row: AgainRow, currency: str) -> AgainShown:
    """A product as it could be ordered now."""
    price = row.unit_price_minor
    return AgainShown(
        product=row.product.pk,
        sku=row.product.sku,
        name=row.product.name,
        asked=row.asked,
        quantity=row.quantity,
        state=row.state,
        in_stock=row.in_stock,
        unit_price=UnitPrice(
            amount_minor=price, currency=currency, price_quantity=row.product.price_quantity
        )
        if price is not None
        else None,
        total=money(row.total_minor, currency),
        substitute=row.substitute.sku if row.substitute else None,
    )


def show_list_line(one: ListedLine, currency: str) -> PurchaseListLine:
    """A line at the caller's price."""
    line = one.line
    return PurchaseListLine(
        id=line.pk,
        version=line.version,
        position=line.position,
        quantity=line.quantity,
        par_quantity=line.par_quantity,
        note=line.note,
        added_by=line.added_by_id,
        now=show_again(one.row, currency),
    )


def show_list_summaries(lists: Sequence[models.PurchaseList]) -> list[PurchaseListSummary]:
    """Lists with ``line_count`` annotated."""
    return [
        PurchaseListSummary(
            **frame(one),
            name=one.name,
            scope=one.scope,
            unit=_unit(one),
            owner=person(one.owner),
            is_archived=one.archived_at is not None,
            changed_at=one.changed_at,
            line_count=one.line_count,  # type: ignore[attr-defined]
        )
        for one in lists
    ]


def show_list(
    wanted: models.PurchaseList, lines: Sequence[ListedLine], actor: Actor
) -> PurchaseList:
    """A list, and what the actor may do with it."""
    return PurchaseList(
        **frame(wanted),
        **actions_of(
            {"edit": can_edit_list(actor, wanted), "manage": can_manage_list(actor, wanted)}
        ),
        name=wanted.name,
        note=wanted.note,
        scope=wanted.scope,
        unit=_unit(wanted),
        owner=person(wanted.owner),
        is_archived=wanted.archived_at is not None,
        changed_at=wanted.changed_at,
        lines=[show_list_line(one, actor.currency) for one in lines],
        grants=[
            ListGrant(id=grant.pk, member=grant.member_id, unit=grant.unit_id, level=grant.level)
            for grant in wanted.grants.all()
        ],
    )


def show_list_report(wanted: models.PurchaseList, report: Sequence[ListedRow]) -> ListReport:
    """What became of rows that were sent."""
    return ListReport(
        purchase_list=wanted.pk,
        listed=sum(one.is_listed for one in report),
        rows=[
            ListedRowShown(
                number=one.row.number,
                sku=one.row.sku,
                outcome=one.outcome,
                detail=one.detail,
                product=one.product.sku if one.product else None,
            )
            for one in report
        ],
    )


def _unit(wanted: models.PurchaseList) -> Named | None:
    return Named(id=wanted.unit.pk, name=wanted.unit.name) if wanted.unit else None

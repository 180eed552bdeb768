"""Quick orders: many rows into a cart at once, judged first, and out of it again."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import Wish
from placet.api.schemas.quick_order import (
    LineImportShown,
    QuickOrder,
    show_line_import,
    show_quick_order,
)
from placet.carts.actions import Sent, take_back_lines
from placet.carts.queries import get_cart
from placet.core.transaction import transaction
from placet.imports.quick_order.adding import Target, add_to_carts, get_line_import
from placet.imports.quick_order.reading import digest_of, wished_rows
from placet.imports.quick_order.work import judge_for
from placet.imports.reading import MOST_ROWS

router = Router(tags=["carts"])
COLUMNS = {"sku": 0, "quantity": 1, "note": 2}


class OrderedRow(Wish):
    """A SKU or a part number of the company's own; the quantity as it is typed."""

    sku: Annotated[str, StringConstraints(max_length=200)]
    quantity: Annotated[str, StringConstraints(max_length=40)] = ""
    note: Annotated[str, StringConstraints(max_length=400)] = ""


class NewQuickOrder(Wish):
    """Up to 5,000 rows; a dry run says what they would do. Substitutes are taken where wished."""

    rows: Annotated[list[OrderedRow], Field(min_length=1, max_length=MOST_ROWS)]
    dry_run: bool = False
    substitutes: bool = False
    name: Annotated[str, StringConstraints(max_length=110)] = ""


class NewLineReversal(Wish):
    """Nothing needs to be said."""


@router.post("/carts/{cart_id}/line_imports", response={201: QuickOrder})
def add_line_import(request: ApiRequest, cart_id: str, body: NewQuickOrder) -> Status[QuickOrder]:
    """Add the rows that can be added, in one go or not at all, and say what each does."""
    get_cart(request.actor, cart_id)
    return Status(201, _added(request, cart_id, body))


@router.post("/line_imports/{import_id}/reversals", response={201: LineImportShown})
def reverse_line_import(
    request: ApiRequest, import_id: str, body: NewLineReversal
) -> Status[LineImportShown]:
    """Take out exactly what was added; lines that were changed since are kept."""
    found = get_line_import(request.actor, import_id)
    take_back_lines(found, actor=request.actor, now=request.now)
    return Status(201, show_line_import(found))


@transaction
def _added(request: ApiRequest, cart_id: str, body: NewQuickOrder) -> QuickOrder:
    table = [[row.sku, row.quantity, row.note] for row in body.rows]
    rows = wished_rows(COLUMNS, table)
    target = Target(cart_id)
    judged = judge_for(rows, target, actor=request.actor, now=request.now)
    if body.dry_run or not (judged.good or body.substitutes):
        return show_quick_order(judged, [])
    taken = frozenset(one.row.number for one in judged.replaceable if body.substitutes)
    found = add_to_carts(
        judged.lines(taken=taken),
        target=target,
        sent=Sent(body.name, digest_of(rows)),
        actor=request.actor,
        now=request.now,
    )
    return show_quick_order(judged, found)

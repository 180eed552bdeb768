"""Putting products on a list, changing how many, moving them, taking them off."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import F, Max
from django.utils.translation import gettext as _

from placet.carts.for_sale import product_for_sale
from placet.carts.lists.changing import (
    begin_list_change,
    checked_quantities,
    checked_text,
    claim_list_line,
)
from placet.carts.models import PurchaseList, PurchaseListLine
from placet.carts.schedules.confirming import confirm_line
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

MOST_LINES: Final = 500
LONGEST_NOTE: Final = 400


@transaction
def add_list_line(
    wanted: PurchaseList,
    *,
    sku: str,
    quantity: int,
    par_quantity: int | None = None,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> PurchaseListLine:
    """Put a product on the list; one that is there already is usually ordered that often now.

    Raises ``InvalidInput`` for what is not for sale to the actor.
    """
    checked_quantities(quantity, par_quantity)
    said = checked_text("note", note, LONGEST_NOTE)
    begin_list_change(wanted, actor=actor, now=now)
    currency = Company.objects.values_list("currency", flat=True).get(pk=wanted.company_id)
    requester_id = actor.member_id or wanted.owner_id
    product = product_for_sale(wanted.company_id, currency, sku, requester_id=requester_id, now=now)
    changes = {"quantity": quantity}
    line = wanted.lines.filter(product=product).first()
    if line is not None:
        PurchaseListLine.objects.filter(pk=line.pk).update(version=F("version") + 1, **changes)
        line.refresh_from_db()
    else:
        line = _new_line(
            wanted,
            PurchaseListLine(
                created_at=now,
                purchase_list=wanted,
                product=product,
                quantity=quantity,
                par_quantity=par_quantity,
                note=said,
                added_by_id=actor.member_id or wanted.owner_id,
            ),
        )
    confirm_line(line, actor=actor, now=now)
    _record(line, "list.line_added", product.sku, actor, now, quantity=quantity)
    return line


@transaction
def change_list_line(
    line: PurchaseListLine,
    *,
    quantity: int,
    par_quantity: int | None = None,
    note: str = "",
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> PurchaseListLine:
    """Say how many are usually ordered, how many should always be there, and what to know."""
    checked_quantities(quantity, par_quantity)
    said = checked_text("note", note, LONGEST_NOTE)
    begin_list_change(line.purchase_list, actor=actor, now=now)
    claim_list_line(line, version)
    before = line.quantity
    PurchaseListLine.objects.filter(pk=line.pk).update(
        quantity=quantity, par_quantity=par_quantity, note=said
    )
    line.quantity, line.par_quantity, line.note = quantity, par_quantity, said
    sku = line.product.sku
    confirm_line(line, actor=actor, now=now)
    _record(line, "list.line_changed", sku, actor, now, quantity=quantity, before=before)
    return line


@transaction
def move_list_line(
    line: PurchaseListLine, *, up: bool, actor: Actor, now: datetime
) -> PurchaseListLine:
    """Let the line change its place with the one above or below; at an end nothing happens."""
    wanted = line.purchase_list
    begin_list_change(wanted, actor=actor, now=now)
    rows = list(wanted.lines.order_by("position", "id"))
    at = next((place for place, row in enumerate(rows) if row.pk == line.pk), None)
    if at is None:
        return line
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
        for position, row in enumerate(rows, 1):
            row.position = position
        PurchaseListLine.objects.bulk_update(rows, ["position"])
        _record(line, "list.line_moved", line.product.sku, actor, now)
    return line


@transaction
def remove_list_line(
    line: PurchaseListLine, *, version: int | None = None, actor: Actor, now: datetime
) -> None:
    """Take a product off the list. Raises ``Conflict`` when somebody else was first."""
    begin_list_change(line.purchase_list, actor=actor, now=now)
    claim_list_line(line, version)
    line_id = line.pk
    PurchaseListLine.objects.filter(pk=line_id).delete()
    line.pk = line_id
    _record(line, "list.line_removed", line.product.sku, actor, now, quantity=line.quantity)


def _new_line(wanted: PurchaseList, line: PurchaseListLine) -> PurchaseListLine:
    if wanted.lines.count() >= MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A list has 500 lines at most."))
    last = wanted.lines.aggregate(last=Max("position"))["last"] or 0
    line.position = last + 1
    PurchaseListLine.objects.bulk_create([line])
    return line


def _record(
    line: PurchaseListLine, kind: str, sku: str, actor: Actor, now: datetime, **payload: Any
) -> None:
    record(
        kind,
        line.purchase_list_id,
        actor=actor,
        now=now,
        company_id=line.purchase_list.company_id,
        line=line.pk,
        sku=sku,
        **payload,
    )

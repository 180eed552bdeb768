"""Filling a cart with what was frozen before: for an edit, another try, or what an approver left.

Part of the transaction of whoever owns the frozen content, which also says what happened.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F

from placet.carts.models import Cart, CartAllocation, CartAuthor, CartLine
from placet.carts.pricing import Split, WantedLine
from placet.core.transaction import running


class CartHeader(NamedTuple):
    """What stands above the lines of a cart; empty ids where nothing is chosen."""

    name: str
    currency: str
    po_number: str
    references: Mapping[str, str]
    justification: str
    requested_on: date | None
    ship_to_id: str
    cost_center_id: str
    bill_to_id: str
    terms: str = ""


def open_filled_cart(
    header: CartHeader,
    wanted: Sequence[WantedLine],
    *,
    company_id: str,
    unit_id: str,
    owner_id: str,
    revises: str = "",
    rebuilds: str = "",
    quoted: Mapping[str, str | int] | None = None,
    now: datetime,
) -> Cart:
    """A new open cart of a member with these lines."""
    running()
    cart = Cart.objects.create(
        created_at=now,
        changed_at=now,
        company_id=company_id,
        unit_id=unit_id,
        owner_id=owner_id,
        revises=revises,
        rebuilds=rebuilds,
        quoted=dict(quoted or {}),
        **_columns(header),
    )
    _fill_lines(cart, wanted, now)
    return cart


def refill_cart(
    cart: Cart,
    header: CartHeader,
    wanted: Sequence[WantedLine],
    *,
    authors: Collection[str],
    revises: str,
    now: datetime,
) -> None:
    """Open a submitted cart again for an edit, with exactly what its requisition says now.

    With no requisition to revise it is an ordinary cart, and takes no offer any more.
    Lines that it has keep their conversation and note. ``authors`` are the users who shaped what
    it says now: who only shaped an edit that was discarded is none of them.
    """
    running()
    Cart.objects.filter(pk=cart.pk).update(
        status=Cart.Status.OPEN,
        revises=revises,
        quoted=cart.quoted if revises else {},
        changed_at=now,
        version=F("version") + 1,
        **_columns(header),
    )
    cart.refresh_from_db()
    _fill_lines(cart, wanted, now)
    CartAuthor.objects.filter(cart=cart).exclude(member__user_id__in=authors).delete()
    lines = CartLine.objects.filter(cart=cart)
    lines.exclude(added_by__user_id__in=authors).update(added_by_id=cart.owner_id)


def release_prices(cart: Cart) -> None:
    """Let go of every price that is held for the lines of a cart, which its caller has claimed."""
    running()
    CartLine.objects.filter(cart=cart).update(
        held_price_minor=None, held_quantity=None, held_until=None
    )


def _columns(header: CartHeader) -> dict[str, object]:
    columns: dict[str, object] = dict(header._asdict(), references=dict(header.references))
    for place in ("ship_to_id", "cost_center_id", "bill_to_id"):
        columns[place] = columns[place] or None
    return columns


def _fill_lines(cart: Cart, wanted: Sequence[WantedLine], now: datetime) -> None:
    there = {line.product_id: line for line in CartLine.objects.filter(cart=cart)}
    CartAllocation.objects.filter(line__cart=cart).delete()
    kept = {line.product.pk for line in wanted}
    CartLine.objects.filter(cart=cart).exclude(product_id__in=kept).delete()
    for position, line in enumerate(wanted, 1):
        values = {
            "position": position,
            "quantity": line.quantity,
            "references": dict(line.references),
            **_held(line),
        }
        row = there.get(line.product.pk)
        if row is None:
            row = CartLine.objects.create(
                created_at=now,
                cart=cart,
                product=line.product,
                added_by_id=line.added_by_id,
                thread_id=line.thread_id or None,
                note=line.note,
                **values,
            )
        else:
            CartLine.objects.filter(pk=row.pk).update(version=F("version") + 1, **values)
        _fill_parts(cart, row, line.splits, now)


def _held(line: WantedLine) -> dict[str, object]:
    held = line.held
    return {
        "held_price_minor": held.unit_price_minor if held else None,
        "held_quantity": held.quantity if held else None,
        "held_until": held.until_on if held else None,
    }


def _fill_parts(cart: Cart, row: CartLine, splits: Sequence[Split], now: datetime) -> None:
    """The parts of a line; one part that goes where the cart goes needs no row."""
    usual = (cart.ship_to_id or "", cart.cost_center_id or "", None)
    if len(splits) == 1 and splits[0][1:] == usual:
        return
    CartAllocation.objects.bulk_create(
        CartAllocation(
            created_at=now,
            line=row,
            position=position,
            quantity=part.quantity,
            ship_to_id=part.ship_to_id or None,
            cost_center_id=part.cost_center_id or None,
            need_by_on=part.need_by_on,
        )
        for position, part in enumerate(splits, 1)
    )

"""The lines of a cart, one by one or pasted, and how they are split."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import LARGEST, Wish
from placet.api.schemas.cart import Paste, show_paste
from placet.api.schemas.cart_line import CartLine, show_cart_line
from placet.api.versions import require_version, tag
from placet.carts import actions
from placet.carts.actions import AllocationValues
from placet.carts.pricing import price_cart
from placet.carts.queries import get_cart, get_cart_line
from placet.core.errors import NotFound

router = Router(tags=["carts"])
Quantity = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
OptionalId = Annotated[str, StringConstraints(max_length=40)]


Key = Annotated[str, StringConstraints(max_length=40)]
ReferenceValue = Annotated[str, StringConstraints(max_length=500)]


class NewLine(Wish):
    """A product and how many of it."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    quantity: Quantity


class AllocationWish(Wish):
    """A part of the line; what is left out is the cart's own."""

    quantity: Quantity
    ship_to: OptionalId = ""
    cost_center: OptionalId = ""
    need_by_on: Annotated[date, Field(strict=False)] | None = None


class CartLineChange(Wish):
    """What is named is changed; no allocations make the line whole again."""

    quantity: Quantity | None = None
    note: Annotated[str, StringConstraints(max_length=1000)] | None = None
    references: Annotated[dict[Key, ReferenceValue], Field(max_length=50)] | None = None
    allocations: Annotated[list[AllocationWish], Field(max_length=200)] | None = None


class NewPaste(Wish):
    """Rows of `SKU quantity` as somebody typed or copied them."""

    text: Annotated[str, StringConstraints(max_length=200_000)]


@router.post("/carts/{cart_id}/lines", response={201: CartLine})
def add_line(request: ApiRequest, cart_id: str, body: NewLine) -> Status[CartLine]:
    """Put a product into the cart; one that is there already gets that many more."""
    cart = get_cart(request.actor, cart_id)
    line = actions.add_line(
        cart, sku=body.sku, quantity=body.quantity, actor=request.actor, now=request.now
    )
    return Status(201, _show(request, cart_id, line.id))


@router.patch("/carts/{cart_id}/lines/{line_id}", response=CartLine)
def change_line(request: ApiRequest, cart_id: str, line_id: str, body: CartLineChange) -> CartLine:
    """Change quantity or split; needs If-Match with the line's own version."""
    line = get_cart_line(request.actor, cart_id, line_id)
    require_version(request, line.version)
    version: int | None = line.version
    if body.quantity is not None:
        line = actions.change_line(
            line, quantity=body.quantity, version=version, actor=request.actor, now=request.now
        )
        version = None
    if body.note is not None or body.references is not None:
        line = actions.describe_line(
            line,
            note=actions.KEEP if body.note is None else body.note,
            references=actions.KEEP if body.references is None else body.references,
            version=version,
            actor=request.actor,
            now=request.now,
        )
        version = None
    if body.allocations is not None:
        parts = [
            AllocationValues(part.quantity, part.ship_to, part.cost_center, part.need_by_on)
            for part in body.allocations
        ]
        actions.allocate_line(
            line, allocations=parts, version=version, actor=request.actor, now=request.now
        )
    return _show(request, cart_id, line_id)


@router.delete("/carts/{cart_id}/lines/{line_id}", response={204: None})
def remove_line(request: ApiRequest, cart_id: str, line_id: str) -> Status[None]:
    """Take a product out of the cart; needs If-Match with the line's own version."""
    line = get_cart_line(request.actor, cart_id, line_id)
    require_version(request, line.version)
    actions.remove_line(line, version=line.version, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/carts/{cart_id}/pastes", response={201: Paste})
def paste_lines(request: ApiRequest, cart_id: str, body: NewPaste) -> Status[Paste]:
    """Put every row that can be ordered into the cart, and report on each."""
    cart = get_cart(request.actor, cart_id)
    report = actions.paste_lines(cart, text=body.text, actor=request.actor, now=request.now)
    return Status(201, show_paste(cart, report))


def _show(request: ApiRequest, cart_id: str, line_id: str) -> CartLine:
    cart = get_cart(request.actor, cart_id)
    for line in price_cart(cart, now=request.now).lines:
        if line.line_id == line_id:
            tag(request, line.version)
            return show_cart_line(line, cart.currency)
    raise NotFound(_("This line is no longer in the cart."))

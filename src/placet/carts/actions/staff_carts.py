"""What the merchant's staff do with a cart that they fill for a customer's member."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from placet.carts.actions.archive_cart import archive_cart
from placet.carts.actions.create_cart import create_cart
from placet.carts.actions.describe_cart import describe_cart
from placet.carts.actions.lines import change_line, remove_line
from placet.carts.actions.paste_lines import PasteReport, paste_lines
from placet.carts.models import Cart, CartLine
from placet.companies.models import Member
from placet.companies.on_behalf import act_on_behalf, hold_on_behalf
from placet.companies.queries import list_purchase_fields
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, NotFound
from placet.core.transaction import transaction

LONGEST_REASON = 400
LONGEST_NAME = 80


class StaffDetails(TypedDict, total=False):
    """What staff may say of the purchase: only what the supplier is told anyway."""

    po_number: str
    ship_to_id: str
    bill_to_id: str
    requested_on: date | None
    references: Mapping[str, str]


@transaction
def begin_cart_for(
    member: Member, *, reason: str, name: str = "", actor: Actor, now: datetime
) -> Cart:
    """Begin a cart for a customer's member, who neither sees nor shares it.

    It goes where the member's last purchase went, and without a ``name`` is called by the reason,
    which is told to the member and kept with the purchase. Raises ``Forbidden`` where the actor may
    not order for them, ``InvalidInput`` without a reason, and for who submits nothing themselves.
    """
    wanted = " ".join(reason.split())
    if not wanted or len(wanted) > LONGEST_REASON or "\x00" in wanted:
        raise InvalidInput(
            "reason", "required", _("Say in at most 400 characters why you order for them.")
        )
    acting = act_on_behalf(actor, member)
    hold_on_behalf(acting)
    if not acting.holds("order.submit", unit_path=acting.unit_path):
        raise InvalidInput(
            "member", "cannot_submit", _("%(name)s orders nothing.") % {"name": acting.name}
        )
    title = name.strip() or wanted[:LONGEST_NAME]
    cart = create_cart(title, is_as_last_time=True, actor=acting, now=now)
    # The approvers read the reason where a buyer's own would stand.
    Cart.objects.filter(pk=cart.pk).update(
        staff_id=actor.member_id, staff_reason=wanted, justification=wanted
    )
    cart.refresh_from_db()
    return cart


@transaction
def paste_lines_for(cart: Cart, *, text: str, actor: Actor, now: datetime) -> PasteReport:
    """Put rows of SKU and quantity into the cart, as ``paste_lines`` does for its owner."""
    return paste_lines(cart, text=text, actor=_held(cart, actor), now=now)


@transaction
def change_line_for(
    line: CartLine, *, quantity: int, actor: Actor, now: datetime, version: int | None = None
) -> None:
    """Set how many of a product; none takes it out."""
    acting = _held(line.cart, actor)
    if quantity == 0:
        remove_line(line, version=version, actor=acting, now=now)
    else:
        change_line(line, quantity=quantity, version=version, actor=acting, now=now)


@transaction
def describe_cart_for(
    cart: Cart,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **details: Unpack[StaffDetails],
) -> Cart:
    """Say where it goes and what stands on it; of the references those for the supplier alone.

    ``version`` is the cart's as the actor saw it.
    """
    acting = _held(cart, actor)
    said: dict[str, Any] = dict(details)
    if "references" in said:
        known = list_purchase_fields(cart.company_id).filter(is_for_supplier=True)
        keys = set(known.values_list("key", flat=True))
        if not set(said["references"]) <= keys:
            raise NotFound(_("There is no such field."))
    return describe_cart(cart, version=version, actor=acting, now=now, **said)


@transaction
def drop_cart_for(cart: Cart, *, actor: Actor, now: datetime) -> None:
    """Let go of a cart that was not ordered; nobody finds it any more."""
    archive_cart(cart, actor=_held(cart, actor), now=now)


def _held(cart: Cart, actor: Actor) -> Actor:
    """The owner of the cart, on whose behalf the actor acts, held until the commit."""
    if cart.staff_id is None or cart.staff_id != actor.member_id:
        raise NotFound(_("There is no such cart."))
    acting = act_on_behalf(actor, cart.owner)
    hold_on_behalf(acting)
    return acting

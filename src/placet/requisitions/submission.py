"""What both submissions, the first one and every later one, ask of a cart."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from placet.carts.for_sale import sentence_not_allowed
from placet.carts.models import Cart
from placet.carts.permissions import can_submit_cart
from placet.carts.pricing import PricedCart
from placet.carts.stock import list_refused
from placet.companies.po_forms import checked_po_number, po_form_of
from placet.companies.queries import list_reference_fields
from placet.companies.references import checked_references
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.plans.planner import CartPlan
from placet.policy.money import LARGEST_AMOUNT_MINOR


def lock_cart(cart: Cart, *, actor: Actor) -> Cart:
    """The open cart's row, locked, for somebody who may submit it.

    Raises ``Conflict`` when it was submitted, or begun or ended to be an edit, since it was read;
    ``Forbidden`` for those who may not.
    """
    locked = (
        Cart.objects.select_for_update(of=("self",))
        .select_related("company", "unit", "owner__user", "ship_to", "bill_to", "cost_center")
        .get(pk=cart.pk, company_id=actor.company_id)
    )
    if locked.status != Cart.Status.OPEN or locked.revises != cart.revises:
        raise Conflict(_("“%(cart)s” was submitted before.") % {"cart": locked.name})
    refusal = can_submit_cart(actor, locked)
    if refusal:
        raise Forbidden(refusal.sentence)
    return locked


def require_complete(
    cart: Cart, priced: PricedCart, *, held: Mapping[str, int] | None = None
) -> None:
    """Lines that are for sale, a place to deliver to, and the company's own references.

    ``held`` are the quantities by product that the order has which this would change.
    """
    if not priced.lines:
        raise InvalidInput("lines", "empty", _("The cart is empty: add a product first."))
    if priced.not_allowed:
        sentence = sentence_not_allowed(cart.company_id, priced.not_allowed)
        raise InvalidInput("lines", "not_allowed", sentence)
    if priced.unsellable:
        raise InvalidInput(
            "lines",
            "not_for_sale",
            _("No longer for sale: %(skus)s. Remove or replace it.")
            % {"skus": ", ".join(priced.unsellable)},
        )
    short = list_refused(priced, held=held)
    if short:
        raise InvalidInput(
            "lines",
            "out_of_stock",
            _("Not enough in stock: %(skus)s. Order fewer, or something else.")
            % {"skus": ", ".join(short)},
        )
    if cart.ship_to is None:
        raise InvalidInput("ship_to", "required", _("Say where it should be delivered."))
    _require_references(cart, priced)
    if priced.total_minor > LARGEST_AMOUNT_MINOR:
        # Amounts are kept up to 10^15 minor units; a larger sum is a mistake of somebody's.
        raise InvalidInput("lines", "too_large", _("This costs more than can be ordered at once."))


def _require_references(cart: Cart, priced: PricedCart) -> None:
    """A PO number in the unit's form, and the company's own fields, of the lines too."""
    if cart.po_number:
        checked_po_number(cart.po_number, po_form_of(cart.company, cart.unit))
    fields = list(list_reference_fields(cart.company_id))
    of_purchase = [field for field in fields if not field.is_per_line]
    checked_references(of_purchase, cart.references, is_complete=True)
    of_lines = [field for field in fields if field.is_per_line]
    for line in priced.lines if of_lines else ():
        try:
            checked_references(of_lines, line.references, is_complete=True)
        except InvalidInput as error:
            raise InvalidInput(
                f"lines/{line.number}/{error.path}",
                error.code,
                _("Line %(number)d: %(why)s") % {"number": line.number, "why": error.detail},
            ) from error


def require_warnings_read(planned: CartPlan, warnings_read: bool) -> None:
    """Whoever submits says that they have read what the plan warns of."""
    # What only the merchant's people are warned of is not shown to the buyer.
    shown = [one for one in planned.plan.warnings if one.reason.side == "buyer"]
    if shown and not warnings_read:
        raise InvalidInput("acknowledged", "required", _("Say that you have read the warnings."))


def require_justification(cart: Cart, planned: CartPlan) -> None:
    """Where a rule asks for a reason, every channel needs one, not the page alone."""
    if planned.plan.justification_required and not cart.justification.strip():
        raise InvalidInput(
            "justification", "required", _("A rule asks for a reason: say why it is needed.")
        )

"""What a purchase says beside its lines: references, places, cost centre, reason, date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.carts.changing import add_author, begin_change
from placet.carts.models import Cart
from placet.companies.models import Address
from placet.companies.po_forms import checked_po_number, po_form_of
from placet.companies.queries import get_address, get_cost_center, list_purchase_fields
from placet.companies.references import checked_references
from placet.companies.terms import refuse_terms
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


class Keep(Enum):
    """Says that a value stays as it is."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP
_REDIRECTS: Final = {"ship_to", "bill_to", "cost_center"}


@transaction
def describe_cart(
    cart: Cart,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    po_number: str | Keep = KEEP,
    justification: str | Keep = KEEP,
    cost_center_id: str | Keep = KEEP,
    ship_to_id: str | Keep = KEEP,
    bill_to_id: str | Keep = KEEP,
    requested_on: date | Keep | None = KEEP,
    terms: str | Keep = KEEP,
    references: Mapping[str, str] | Keep = KEEP,
) -> Cart:
    """Change what the cart says about the purchase; an empty id or text takes a value away.

    ``references`` are values of the company's own fields by key; those not given stay as they are.
    Raises ``InvalidInput`` (code ``po_format``, with the company's hint) for a PO number that does
    not have the company's form, ``NotFound`` for a place or cost centre outside reach, and
    ``Conflict`` when ``version`` is no longer the cart's.
    """
    begin_change(cart, actor=actor, now=now, version=version)
    changes: dict[str, Any] = {}
    if not isinstance(po_number, Keep):
        form = po_form_of(cart.company, cart.unit)
        changes["po_number"] = checked_po_number(po_number, form)
    if not isinstance(justification, Keep):
        changes["justification"] = _checked_text(justification)
    if not isinstance(cost_center_id, Keep):
        changes["cost_center"] = get_cost_center(actor, cost_center_id) if cost_center_id else None
    if not isinstance(ship_to_id, Keep):
        changes["ship_to"] = _place(actor, ship_to_id, Address.Kind.SHIP_TO)
    if not isinstance(bill_to_id, Keep):
        changes["bill_to"] = _place(actor, bill_to_id, Address.Kind.BILL_TO)
    if not isinstance(requested_on, Keep):
        changes["requested_on"] = requested_on
    if not isinstance(terms, Keep):
        refuse_terms(cart.company, terms)
        changes["terms"] = terms
    if not isinstance(references, Keep):
        changes["references"] = checked_references(
            list_purchase_fields(cart.company_id),
            {**cart.references, **references},
            is_complete=False,
        )
    changed = sorted(name for name in changes if getattr(cart, name) != changes[name])
    for name in changed:
        setattr(cart, name, changes[name])
    cart.save(update_fields=changed)
    if _REDIRECTS & set(changed):
        add_author(cart, actor)
    record(
        "cart.described",
        cart.id,
        actor=actor,
        now=now,
        company_id=cart.company_id,
        changed=changed,
        ship_to=cart.ship_to_id or "",
        cost_center=cart.cost_center_id or "",
    )
    return cart


def _checked_text(justification: str) -> str:
    wanted = justification.strip()
    if len(wanted) > 2000 or "\x00" in wanted:
        raise InvalidInput("justification", "length", _("A reason has 2,000 characters at most."))
    return wanted


def _place(actor: Actor, address_id: str, kind: str) -> Address | None:
    return get_address(actor, address_id, kind) if address_id else None

"""What a buyer confirms by submitting: the plan that was shown, and the content it was shown for.

Sixty-four hexadecimal digits: the first half names the plan, the second half the content. So a
refusal can say which of the two has changed.
"""

from __future__ import annotations

import hashlib
import json
from typing import Final

from placet.carts.models import Cart
from placet.carts.pricing import PricedCart, PricedLine
from placet.companies.terms import terms_of
from placet.policy.plan import Plan

HALF: Final = 32


def confirmation_hash(plan: Plan, cart: Cart, priced: PricedCart) -> str:
    """What submitting binds to: both halves, from whatever the buyer was shown to decide on."""
    return plan.hash[:HALF] + _fingerprint(cart, priced)


def names_content(confirmed: str, current: str) -> bool:
    """Whether both were shown for the same content; their plans may differ."""
    return confirmed[HALF:] == current[HALF:]


def _fingerprint(cart: Cart, priced: PricedCart) -> str:
    """Everything of the cart that would be frozen, at the prices of this moment."""
    content = {
        "currency": priced.currency,
        "goods": priced.goods_minor,
        "shipping": priced.shipping_minor,
        "tax": priced.tax_minor,
        "discounts": [[one.promotion or one.name, one.amount_minor] for one in priced.discounts],
        "shipments": [[one.ship_to, one.shipping_minor] for one in priced.shipments],
        "ship_to": cart.ship_to_id,
        "bill_to": cart.bill_to_id,
        "cost_center": cart.cost_center_id,
        "offer": cart.quoted.get("offer", ""),
        "terms": terms_of(cart.company, cart.terms),
        "po_number": cart.po_number,
        "references": cart.references,
        "justification": cart.justification,
        "requested_on": str(cart.requested_on or ""),
        "lines": [_line(line) for line in priced.lines],
        **({"stated": [_stated(line) for line in priced.lines]} if priced.is_stated else {}),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:HALF]


def _stated(line: PricedLine) -> list[object]:
    """What a SKU alone does not say where no catalog says it."""
    product = line.product
    return [
        *(product.name, product.pack, product.category.path, product.brand, product.supplier),
        *(sorted(product.tags), product.is_restricted, product.tax_basis_points),
    ]


def _line(line: PricedLine) -> list[object]:
    return [
        line.product.sku,
        line.quantity,
        line.unit_price_minor,
        line.price_quantity,
        line.total_minor,
        line.discount_minor,
        line.note,
        dict(line.references),
        [
            [
                *(part.quantity, part.ship_to_id, part.cost_center_id),
                *(str(part.need_by_on or ""), part.goods_minor),
            ]
            for part in line.allocations
        ],
    ]

"""A shop of Norden's own, and what its buyers put in its cart there."""

from __future__ import annotations

import copy
from typing import Any

from tests.api.caller import Caller, Said
from tests.cast import Cast

SHOP_URL = "https://shop.norden.example/carts/88"
# Ultrasound probes are medical devices and cost much: Rashid, biomedical engineering, finance.
PROBE = {
    "sku": "SHOP-PROBE",
    "name": "Ultrasound probe C5",
    "quantity": 2,
    "unit_price_minor": 1_250_00,
    "tax_basis_points": 1900,
    "category": "medical-devices/imaging",
    "brand": "Sonoform",
    "pack": "piece",
}
# Screws by the hundred: nobody has to approve a bag of them.
SCREWS = {
    "sku": "SHOP-SCREW",
    "name": "Screw M4 × 20",
    "quantity": 250,
    "unit_price_minor": 9_99,
    "price_quantity": 100,
    "tax_basis_points": 1900,
    "category": "hardware",
    "pack": "bag",
}


def purchase(cast: Cast, *lines: dict[str, Any], who: str = "lena", **more: Any) -> dict[str, Any]:
    """What the shop posts for a member: these lines, to the ICU dock on 4410."""
    return {
        "member": cast.member[who],
        "external_id": "CART-88",
        "shop_url": SHOP_URL,
        "name": "Shop cart 88",
        "currency": "EUR",
        "po_number": "PR-88121",
        "ship_to": cast.address["ICU dock"],
        "bill_to": cast.address["Accounts payable"],
        "cost_center": "4410",
        "shipping": [{"amount_minor": 12_50}],
        "shipping_tax_basis_points": 1900,
        "lines": copy.deepcopy(list(lines or (SCREWS,))),
        **more,
    }


def ask(shop: Caller, body: dict[str, Any]) -> Any:
    """The plan as the shop is told it."""
    said = shop.post("/requisitions?dry_run=true", body)
    assert said.status == 200, said.json
    return said.json


def send(shop: Caller, body: dict[str, Any], **headers: str) -> Said:
    """Post the purchase with the plan of this moment."""
    told = ask(shop, body)
    return shop.post("/requisitions", {**body, "plan_hash": told["plan_hash"]}, **headers)


def sent(shop: Caller, body: dict[str, Any]) -> Any:
    """The requisition that it became."""
    said = send(shop, body)
    assert said.status == 201, said.json
    return said.json


def revised(shop: Caller, requisition: Any, body: dict[str, Any]) -> Said:
    """Post the purchase again, with the plan of this moment."""
    again = {key: body[key] for key in body if key not in ("member", "external_id")}
    address = f"/requisitions/{requisition['id']}/revisions"
    told = shop.post(f"{address}?dry_run=true", again)
    assert told.status == 200, told.json
    return shop.post(address, {**again, "plan_hash": told.json["plan_hash"]})

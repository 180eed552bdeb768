"""The road through the API in a few words, for stories about what happens on it."""

from __future__ import annotations

from typing import Any

from tests.api.caller import Caller
from tests.cast import Cast

# Ten infusion sets on cost centre 4410: Rashid first, then any one of biomedical engineering.
PASTE = "GLV-M 20\nGLV-OLD 5\nINF-SET 10\nNO-SUCH 1\n"


def fill_cart(buyer: Caller, cast: Cast, text: str = PASTE) -> str:
    """A cart ready to submit; returns its id."""
    cart = buyer.post("/carts", {"name": "ICU-4 week 48"}).json
    buyer.post(f"/carts/{cart['id']}/pastes", {"text": text})
    changed = buyer.patch(
        f"/carts/{cart['id']}",
        {
            "po_number": "PR-88121",
            "cost_center": cast.cost_center["meridian/4410"],
            "ship_to": cast.address["ICU dock"],
            "bill_to": cast.address["Accounts payable"],
        },
        if_match="*",
    )
    assert changed.status == 200, changed.json
    found: str = cart["id"]
    return found


def submit(buyer: Caller, cart_id: str) -> Any:
    """Submit with the plan that is shown at this moment; returns the requisition."""
    plan = buyer.get(f"/carts/{cart_id}/plan").json
    made = buyer.post(f"/carts/{cart_id}/submissions", {"plan_hash": plan["hash"]})
    assert made.status == 201, made.json
    return made.json


def decide(who: Caller, requisition: Any, decision: str = "approve", **more: Any) -> Any:
    """What somebody says at the step that is open for them; returns the decision."""
    step = next(
        one for one in who.get("/steps").json["data"] if one["requisition"] == requisition["id"]
    )
    said = {"decision": decision, "revision_hash": step["revision_hash"], **more}
    made = who.post(f"/steps/{step['id']}/decisions", said)
    assert made.status == 201, made.json
    return made.json


def order_of(buyer: Caller, requisition: Any) -> Any:
    """The order that an approved requisition became."""
    number = buyer.get(f"/requisitions/{requisition['id']}").json["order"]
    return buyer.get(f"/orders/{number}").json

"""The road as people walk it on the pages, in a few words."""

from __future__ import annotations

from placet.carts.models import Cart, CartLine
from placet.requisitions.models import Requisition, Step
from tests.cast import Cast
from tests.journeys.people import Person
from tests.journeys.screen import Screen
from tests.requisitions import road

GLOVES, DRESSINGS, INFUSION_SETS = "GLV-M 20", "DRS-15 50", "INF-SET 10"
"""Nobody is asked; Rashid alone; Rashid and then Biomed."""


def begins_cart(buyer: Person, name: str = "ICU-4 week 48") -> str:
    """A new cart from the list of carts; returns its id."""
    screen = buyer.sends(buyer.opens("carts"), "cart_create", name=name)
    assert name in screen
    return screen.url.rstrip("/").rpartition("/")[2]


def pastes(buyer: Person, cart_id: str, *rows: str) -> Screen:
    """Put rows of "SKU quantity" into the one field."""
    screen = buyer.opens("cart", cart_id)
    return buyer.sends(screen, "cart_add", cart_id, text="\n".join(rows))


def describes(buyer: Person, cast: Cast, cart_id: str, **values: str) -> Screen:
    """Where it goes and what to write on it: the ICU's, unless something else is named."""
    screen = buyer.opens("cart", cart_id)
    return buyer.sends(screen, "cart_details", cart_id, **{**_of_the_icu(cast), **values})


def fills_cart(buyer: Person, cast: Cast, *rows: str, name: str = "ICU-4 week 48") -> str:
    """A cart that is ready to submit, each form sent from the page before; returns its id."""
    screen = buyer.sends(buyer.opens("carts"), "cart_create", name=name)
    cart_id = screen.url.rstrip("/").rpartition("/")[2]
    screen = buyer.sends(screen, "cart_add", cart_id, text="\n".join(rows))
    buyer.sends(screen, "cart_details", cart_id, **_of_the_icu(cast))
    return cart_id


def _of_the_icu(cast: Cast) -> dict[str, str]:
    return {
        "po_number": "PR-88121",
        "cost_center": cast.cost_center["meridian/4410"],
        "ship_to": cast.address["ICU dock"],
    }


def submits(buyer: Person, cart_id: str, *, status: int = 200, **values: str) -> Screen:
    """Press the button below the plan that is shown."""
    return buyer.sends(
        buyer.opens("cart", cart_id), "cart_submit", cart_id, status=status, **values
    )


def orders(buyer: Person, cast: Cast, *rows: str, name: str = "ICU-4 week 48") -> Requisition:
    """Lena's cart is there already, and she submits it on its page; returns what it became.

    For stories of what follows. How a cart is filled on pages is told by ``fills_cart``.
    """
    wanted = [(sku, int(quantity)) for sku, quantity in map(str.split, rows)]
    cart_id = road.fill_cart(cast, *wanted, name=name).pk
    submits(buyer, cart_id)
    return Requisition.objects.get(cart_id=cart_id)


def answers(
    who: Person, requisition: Requisition, decision: str, *, reason: str = "", status: int = 200
) -> Screen:
    """Open the decision page from the inbox and send the verdict that it offers."""
    step = asked_step(requisition)
    address = who.address("decision", step.pk)
    assert address in who.opens("inbox").links, f"{requisition.number} is not in the inbox"
    return who.presses(
        who.visits(address), address, decision=decision, reason=reason, status=status
    )


def cannot_answer(who: Person, requisition: Requisition) -> bool:
    """Whether the step is neither in their inbox nor decided by a forged answer of theirs."""
    step = asked_step(requisition)
    address = who.address("decision", step.pk)
    forged = who.browser.post(address, {"decision": "approve", "reason": "Forged."})
    assert forged.status_code in (403, 404, 409, 422), forged.status_code
    assert asked_step(requisition) == step
    return not has_in_inbox(who, requisition)


def asked_step(requisition: Requisition) -> Step:
    """The step that is asked now."""
    asked = requisition.steps.filter(status=Step.Status.PENDING, revision=requisition.revision_id)
    assert len(asked) == 1, f"{requisition.number} asks at {len(asked)} steps"
    return asked[0]


def has_in_inbox(who: Person, requisition: Requisition) -> bool:
    """Whether the inbox asks them about it."""
    return requisition.number in who.opens("inbox")


def line_of(cart_id: str, sku: str) -> CartLine:
    """A line by its product."""
    return Cart.objects.get(pk=cart_id).lines.get(product__sku=sku)


def state_of(requisition: Requisition) -> str:
    """How it stands now."""
    requisition.refresh_from_db()
    return str(requisition.status)

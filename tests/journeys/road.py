"""The road as people walk it on the pages, in a few words."""

from __future__ import annotations

from placet.carts.models import Cart, CartLine
from placet.requisitions.models import Requisition, Step
from tests.cast import Cast
from tests.journeys.people import Person
from tests.journeys.screen import Screen

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
    icu = {
        "po_number": "PR-88121",
        "cost_center": cast.cost_center["meridian/4410"],
        "ship_to": cast.address["ICU dock"],
    }
    screen = buyer.opens("cart", cart_id)
    return buyer.sends(screen, "cart_details", cart_id, **{**icu, **values})


def fills_cart(buyer: Person, cast: Cast, *rows: str, name: str = "ICU-4 week 48") -> str:
    """A cart that is ready to submit; returns its id."""
    cart_id = begins_cart(buyer, name)
    pastes(buyer, cart_id, *rows)
    describes(buyer, cast, cart_id)
    return cart_id


def submits(buyer: Person, cart_id: str, *, status: int = 200, **values: str) -> Screen:
    """Press the button below the plan that is shown."""
    return buyer.sends(
        buyer.opens("cart", cart_id), "cart_submit", cart_id, status=status, **values
    )


def orders(buyer: Person, cast: Cast, *rows: str, name: str = "ICU-4 week 48") -> Requisition:
    """Fill a cart and submit it; returns what it became."""
    cart_id = fills_cart(buyer, cast, *rows, name=name)
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

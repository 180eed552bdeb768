"""The supplier's staff order for a customer's member: with a cart of their own, never theirs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import (
    Answer,
    Identifier,
    ListOf,
    Money,
    Person,
    Wish,
    money,
    person,
)
from placet.api.versions import require_version
from placet.carts.actions.staff_carts import (
    begin_cart_for,
    change_line_for,
    describe_cart_for,
    drop_cart_for,
    paste_lines_for,
)
from placet.carts.models import Cart
from placet.carts.on_behalf import (
    get_orderer,
    get_staff_cart,
    get_staff_line,
    list_orderers,
    list_staff_carts,
)
from placet.core.errors import NotFound
from placet.requisitions.actions.order_on_behalf import order_on_behalf
from placet.requisitions.models import Requisition
from placet.requisitions.staff_outlook import read_outlook

router = Router(tags=["on behalf"])
ROOT = "/customers/{customer_id}/carts"
MOST_LISTED = 200
OptionalPlace = Annotated[str, StringConstraints(max_length=40)]


class StaffCartLine(Answer):
    """A product in it, at the customer's price before discounts."""

    id: str
    number: int
    sku: str
    name: str
    quantity: int
    unit_price: Money
    price_quantity: int
    total: Money
    version: int


class StaffCart(Answer):
    """A cart that the caller fills for a member; nobody else sees it.

    `verdict`: `empty`, `incomplete`, `blocked`, `approval` (the customer's own people approve),
    `checked` (the supplier's own people look at it first) or `free`; nothing else of the customer's
    rules, limits and budgets is told. `plan_hash` is what a submission names.
    """

    object: Literal["staff_cart"] = "staff_cart"
    id: str
    customer: str
    member: Person
    name: str
    reason: str
    po_number: str
    ship_to: str | None
    bill_to: str | None
    requested_on: date | None
    version: int
    verdict: str
    sentence: str
    reasons: list[str]
    plan_hash: str
    total: Money
    lines: list[StaffCartLine]


class StaffCartSummary(Answer):
    """One of the caller's carts for a customer."""

    object: Literal["staff_cart"] = "staff_cart"
    id: str
    member: Person
    reason: str
    lines: int
    changed_at: datetime


class RefusedRow(Answer):
    """A row of which nothing lies in the cart, and why."""

    number: int
    text: str
    outcome: str
    detail: str


class StaffCartFilled(Answer):
    """The cart, and the rows that could not be put in."""

    cart: StaffCart
    refused: list[RefusedRow]


class OrderedFor(Answer):
    """What became of it, as far as the supplier knows."""

    object: Literal["requisition"] = "requisition"
    id: str
    number: str
    status: str
    total: Money


class StaffCartWish(Wish):
    """For whom, and why: they read it, and so do their approvers."""

    member: Identifier
    reason: Annotated[str, StringConstraints(max_length=1000)]
    name: Annotated[str, StringConstraints(max_length=120)] = ""


class StaffLine(Wish):
    """A product by SKU, and how many."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^\S+$")]
    quantity: Annotated[int, Field(ge=1, le=1_000_000)]


class StaffLines(Wish):
    """Up to 500 rows; those of one product add up."""

    lines: Annotated[list[StaffLine], Field(min_length=1, max_length=500)]


class StaffQuantity(Wish):
    """How many; 0 takes the line out."""

    quantity: Annotated[int, Field(ge=0, le=1_000_000)]


class StaffDetailsWish(Wish):
    """What is named is changed: only what the supplier is told of a purchase anyway."""

    po_number: Annotated[str, StringConstraints(max_length=200)] | None = None
    ship_to: OptionalPlace | None = None
    bill_to: OptionalPlace | None = None
    requested_on: Annotated[date, Field(strict=False)] | None = None
    references: (
        Annotated[
            dict[
                Annotated[str, StringConstraints(max_length=40)],
                Annotated[str, StringConstraints(max_length=500)],
            ],
            Field(max_length=50),
        ]
        | None
    ) = None


class StaffSubmission(Wish):
    """The plan that was shown; another is a 409."""

    plan_hash: Annotated[str, StringConstraints(max_length=200)]


@router.get(ROOT, response=ListOf[StaffCartSummary])
def list_carts_for(request: ApiRequest, customer_id: str) -> ListOf[StaffCartSummary]:
    """The caller's own open carts for a customer, last changed first; the newest 200."""
    company = get_orderer(request.actor, customer_id)
    rows = list(list_staff_carts(request.actor, company)[: MOST_LISTED + 1])
    shown = [
        StaffCartSummary(
            id=cart.pk,
            member=person(cart.owner),
            reason=cart.staff_reason,
            lines=getattr(cart, "line_count", 0),
            changed_at=cart.changed_at,
        )
        for cart in rows[:MOST_LISTED]
    ]
    return ListOf(data=shown, has_more=len(rows) > MOST_LISTED, next_cursor=None)


@router.post(ROOT, response={201: StaffCart})
def begin_cart_for_member(
    request: ApiRequest, customer_id: str, body: StaffCartWish
) -> Status[StaffCart]:
    """Begin a cart for a member who submits purchases; the customer can refuse this altogether."""
    company = get_orderer(request.actor, customer_id)
    member = next((one for one in list_orderers(company) if one.pk == body.member), None)
    if member is None:
        raise NotFound
    cart = begin_cart_for(
        member, reason=body.reason, name=body.name, actor=request.actor, now=request.now
    )
    return Status(201, _show(request, customer_id, cart.pk))


@router.get(ROOT + "/{cart_id}", response=StaffCart)
def get_cart_for(request: ApiRequest, customer_id: str, cart_id: str) -> StaffCart:
    """One of the caller's carts for a customer, with what ordering it would mean."""
    return _show(request, customer_id, cart_id)


@router.patch(ROOT + "/{cart_id}", response=StaffCart)
def describe_cart_for_member(
    request: ApiRequest, customer_id: str, cart_id: str, body: StaffDetailsWish
) -> StaffCart:
    """Say where it goes and what stands on it; needs If-Match."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    require_version(request, cart.version)
    renamed = {"ship_to": "ship_to_id", "bill_to": "bill_to_id"}
    said: dict[str, Any] = {
        renamed.get(name, name): "" if value is None and name != "requested_on" else value
        for name, value in body.model_dump(exclude_unset=True).items()
        if not (name == "references" and value is None)
    }
    describe_cart_for(cart, version=cart.version, actor=request.actor, now=request.now, **said)
    return _show(request, customer_id, cart_id)


@router.delete(ROOT + "/{cart_id}", response={204: None})
def drop_cart_for_member(request: ApiRequest, customer_id: str, cart_id: str) -> Status[None]:
    """Let go of it; needs If-Match."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    require_version(request, cart.version)
    drop_cart_for(cart, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post(ROOT + "/{cart_id}/lines", response={201: StaffCartFilled})
def add_lines_for(
    request: ApiRequest, customer_id: str, cart_id: str, body: StaffLines
) -> Status[StaffCartFilled]:
    """Put products in; rows that cannot be ordered are told, the others lie in the cart."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    text = "\n".join(f"{one.sku} {one.quantity}" for one in body.lines)
    report = paste_lines_for(cart, text=text, actor=request.actor, now=request.now)
    refused = [
        RefusedRow(number=row.number, text=row.text, outcome=row.outcome, detail=row.detail)
        for row in report.failed
    ]
    return Status(201, StaffCartFilled(cart=_show(request, customer_id, cart_id), refused=refused))


@router.patch(ROOT + "/{cart_id}/lines/{line_id}", response=StaffCart)
def change_line_for_member(
    request: ApiRequest, customer_id: str, cart_id: str, line_id: str, body: StaffQuantity
) -> StaffCart:
    """Set how many of a product, 0 for none; needs the line's If-Match."""
    line = get_staff_line(request.actor, customer_id, cart_id, line_id)
    require_version(request, line.version)
    change_line_for(
        line,
        quantity=body.quantity,
        version=line.version,
        actor=request.actor,
        now=request.now,
    )
    return _show(request, customer_id, cart_id)


@router.post(ROOT + "/{cart_id}/submissions", response={201: OrderedFor})
def order_for_member(
    request: ApiRequest, customer_id: str, cart_id: str, body: StaffSubmission
) -> Status[OrderedFor]:
    """Submit it as the member's purchase; the member is told, and staff never approve it."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    made = order_on_behalf(cart, plan_hash=body.plan_hash, actor=request.actor, now=request.now)
    fresh = Requisition.objects.get(pk=made.pk)
    return Status(
        201,
        OrderedFor(
            id=fresh.pk,
            number=fresh.number,
            status=fresh.status,
            total=money(fresh.total_minor, fresh.currency),
        ),
    )


def _show(request: ApiRequest, customer_id: str, cart_id: str) -> StaffCart:
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    request.answer_headers["ETag"] = f'"{cart.version}"'
    return show_staff_cart(request, cart)


def show_staff_cart(request: ApiRequest, cart: Cart) -> StaffCart:
    """The cart with its verdict."""
    outlook = read_outlook(cart, actor=request.actor, now=request.now)
    priced = outlook.priced
    return StaffCart(
        id=cart.pk,
        customer=cart.company_id,
        member=person(cart.owner),
        name=cart.name,
        reason=cart.staff_reason,
        po_number=cart.po_number,
        ship_to=cart.ship_to_id,
        bill_to=cart.bill_to_id,
        requested_on=cart.requested_on,
        version=cart.version,
        verdict=outlook.verdict,
        sentence=outlook.sentence,
        reasons=list(outlook.reasons),
        plan_hash=outlook.plan_hash,
        total=money(outlook.amount_minor, priced.currency),
        lines=[
            StaffCartLine(
                id=line.line_id,
                number=line.number,
                sku=line.product.sku,
                name=line.product.name,
                quantity=line.quantity,
                unit_price=money(line.unit_price_minor, priced.currency),
                price_quantity=line.price_quantity,
                total=money(line.total_minor, priced.currency),
                version=line.version,
            )
            for line in priced.lines
        ],
    )

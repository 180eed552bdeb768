"""Carts: create, read, describe, plan, submit. Their lines and comments have files of their own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.plans import show_cart_plan
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.cart import Cart, CartSummary, show_cart, show_cart_summaries
from placet.api.schemas.plan import PlanShown
from placet.api.schemas.requisition import Requisition, show_requisition
from placet.api.versions import require_version, tag
from placet.carts import actions, models, queries
from placet.carts.pricing import price_cart
from placet.quotes.actions import submit_purchase as submit
from placet.requisitions.queries import get_requisition
from placet.requisitions.timeline import read_timeline

router = Router(tags=["carts"])
OptionalId = Annotated[str, StringConstraints(max_length=40)]


class CartFilters(Page):
    """Carts in one state: the member's (`mine`), `shared` with them, or with a `unit` of theirs."""

    status: Literal["open", "submitted", "archived"] = "open"
    whose: Literal["", "mine", "shared", "unit"] = ""
    q: Annotated[str, StringConstraints(max_length=80)] = ""


class NewCart(Wish):
    """A cart begins with a name."""

    name: Annotated[str, StringConstraints(max_length=200)]


Key = Annotated[str, StringConstraints(max_length=40)]
ReferenceValue = Annotated[str, StringConstraints(max_length=500)]


class CartChange(Wish):
    """What is named is changed; an empty text takes a value away."""

    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    po_number: Annotated[str, StringConstraints(max_length=200)] | None = None
    justification: Annotated[str, StringConstraints(max_length=5000)] | None = None
    cost_center: OptionalId | None = None
    ship_to: OptionalId | None = None
    bill_to: OptionalId | None = None
    requested_on: Annotated[date, Field(strict=False)] | None = None
    terms: OptionalId | None = None
    references: Annotated[dict[Key, ReferenceValue], Field(max_length=50)] | None = None


class Submission(Wish):
    """The plan that the buyer was shown: another one is a 409 that carries the new plan.

    Where the plan warns, `warnings_read` says that the buyer has read it.
    """

    plan_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    warnings_read: bool = False


@router.get("/carts", response=ListOf[CartSummary])
def list_carts(request: ApiRequest, page: Query[CartFilters]) -> ListOf[CartSummary]:
    """The member's carts and those shared with them, last changed first."""
    carts = queries.list_carts(request.actor, status=page.status, whose=page.whose, text=page.q)
    return page_of(request, carts, page, show_cart_summaries)


@router.post("/carts", response={201: Cart})
def create_cart(request: ApiRequest, body: NewCart) -> Status[Cart]:
    """Begin a cart."""
    cart = actions.create_cart(body.name, actor=request.actor, now=request.now)
    return Status(201, _show(request, queries.get_cart(request.actor, cart.id)))


@router.get("/carts/{cart_id}", response=Cart)
def get_cart(request: ApiRequest, cart_id: str) -> Cart:
    """A cart at its prices of this moment."""
    return _show(request, queries.get_cart(request.actor, cart_id))


@router.patch("/carts/{cart_id}", response=Cart)
def change_cart(request: ApiRequest, cart_id: str, body: CartChange) -> Cart:
    """Change what the cart says about the purchase; needs If-Match."""
    cart = queries.get_cart(request.actor, cart_id)
    require_version(request, cart.version)
    wished = body.model_dump(exclude_unset=True)
    _change(request, cart, wished)
    return _show(request, queries.get_cart(request.actor, cart_id))


@router.delete("/carts/{cart_id}", response={204: None})
def delete_cart(request: ApiRequest, cart_id: str) -> Status[None]:
    """Throw away a draft in which nothing ever was; needs If-Match."""
    cart = queries.get_cart(request.actor, cart_id)
    require_version(request, cart.version)
    actions.delete_cart(cart, actor=request.actor, now=request.now)
    return Status(204, None)


@router.get("/carts/{cart_id}/plan", response=PlanShown)
def get_cart_plan(request: ApiRequest, cart_id: str) -> PlanShown:
    """What submitting this cart now would need, why, and how near other rules are."""
    cart = queries.get_cart(request.actor, cart_id)
    return show_cart_plan(cart, actor=request.actor, now=request.now)


@router.post("/carts/{cart_id}/submissions", response={201: Requisition})
def submit_cart(request: ApiRequest, cart_id: str, body: Submission) -> Status[Requisition]:
    """Freeze the cart into a requisition, reserve the budgets, ask the first approvers."""
    cart = queries.get_cart(request.actor, cart_id)
    made = submit(
        cart,
        plan_hash=body.plan_hash,
        warnings_read=body.warnings_read,
        actor=request.actor,
        now=request.now,
    )
    requisition = get_requisition(request.actor, made.id)
    timeline = read_timeline(requisition, reader=request.actor, now=request.now)
    tag(request, requisition.version)
    return Status(201, show_requisition(requisition, timeline, request.actor))


def _change(request: ApiRequest, cart: models.Cart, wished: dict[str, Any]) -> None:
    version: int | None = cart.version
    name = wished.pop("name", None)
    if name is not None:
        actions.rename_cart(cart, name=name, version=version, actor=request.actor, now=request.now)
        version = None
    renamed = {"cost_center": "cost_center_id", "ship_to": "ship_to_id", "bill_to": "bill_to_id"}
    changes: dict[str, Any] = {
        renamed.get(field, field): "" if value is None and field != "requested_on" else value
        for field, value in wished.items()
        if not (field == "references" and value is None)
    }
    if changes or name is None:
        actions.describe_cart(
            cart, version=version, actor=request.actor, now=request.now, **changes
        )


def _show(request: ApiRequest, cart: models.Cart) -> Cart:
    tag(request, cart.version)
    return show_cart(cart, price_cart(cart, now=request.now), request.actor)

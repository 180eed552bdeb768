"""Several people and several carts: grants, owners, units, copies, merges, carts put away."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from ninja.responses import Status
from pydantic import StringConstraints, model_validator

from placet.api.call import ApiRequest
from placet.api.paging import whole_list
from placet.api.schemas.base import Identifier, ListOf, Wish
from placet.api.schemas.cart import Cart, show_cart
from placet.api.schemas.cart_grant import CartGrant, show_grants
from placet.api.versions import require_version, tag
from placet.carts import actions, models
from placet.carts.pricing import price_cart
from placet.carts.queries import get_cart as read_cart
from placet.companies.queries import get_member, get_unit

router = Router(tags=["carts"])
Name = Annotated[str, StringConstraints(max_length=200)]


class NewGrant(Wish):
    """A member, or a unit with everybody below it, and how far; given again the new level holds."""

    member: Identifier | None = None
    unit: Identifier | None = None
    level: Literal["view", "comment", "edit"]

    @model_validator(mode="after")
    def _names_one(self) -> NewGrant:
        if (self.member is None) == (self.unit is None):
            raise ValueError("name either a member or a unit")
        return self


class NewCopy(Wish):
    """What the copy is called; without a name it is called a copy."""

    name: Name = ""


class NewMerge(Wish):
    """The cart whose lines come in. `replace` keeps what was there in a cart put away."""

    cart: Identifier
    how: Literal["add", "replace"] = "add"


class NewOwner(Wish):
    """Who owns the cart from now on, and is told."""

    member: Identifier


class NewCartUnit(Wish):
    """The unit whose purchase it becomes."""

    unit: Identifier


class Nothing(Wish):
    """Nothing has to be said."""


@router.get("/carts/{cart_id}/grants", response=ListOf[CartGrant])
def list_cart_grants(request: ApiRequest, cart_id: str) -> ListOf[CartGrant]:
    """With whom the cart is shared."""
    return whole_list(show_grants(read_cart(request.actor, cart_id).grants.all()))


@router.post("/carts/{cart_id}/grants", response={201: CartGrant})
def share_cart(request: ApiRequest, cart_id: str, body: NewGrant) -> Status[CartGrant]:
    """Let a member or a unit view, comment on or edit the cart."""
    actor, now = request.actor, request.now
    cart = read_cart(actor, cart_id)
    if body.unit is not None:
        unit = get_unit(actor, body.unit)
        grant = actions.share_cart_with_unit(
            cart, unit=unit, level=body.level, actor=actor, now=now
        )
    else:
        member = get_member(actor, body.member or "")
        grant = actions.share_cart(cart, member=member, level=body.level, actor=actor, now=now)
    return Status(201, show_grants([grant])[0])


@router.delete("/carts/{cart_id}/grants/{grantee_id}", response={204: None})
def unshare_cart(request: ApiRequest, cart_id: str, grantee_id: str) -> Status[None]:
    """Take the access of a member or a unit away, by their id; a member may leave. If-Match."""
    actor, now = request.actor, request.now
    cart = read_cart(actor, cart_id)
    require_version(request, cart.version)
    if grantee_id.startswith("unt_"):
        unit = get_unit(actor, grantee_id)
        actions.unshare_cart_with_unit(cart, unit=unit, actor=actor, now=now)
    else:
        member = get_member(actor, grantee_id)
        actions.unshare_cart(cart, member=member, actor=actor, now=now)
    return Status(204, None)


@router.post("/carts/{cart_id}/copies", response={201: Cart})
def duplicate_cart(request: ApiRequest, cart_id: str, body: NewCopy) -> Status[Cart]:
    """A cart of the caller's own with the same lines; its author is the caller alone."""
    cart = read_cart(request.actor, cart_id)
    copy = actions.duplicate_cart(cart, name=body.name, actor=request.actor, now=request.now)
    return Status(201, _show(request, copy.pk))


@router.post("/carts/{cart_id}/merges", response={201: Cart})
def merge_carts(request: ApiRequest, cart_id: str, body: NewMerge) -> Status[Cart]:
    """Bring the lines of another cart in: quantities add up, parts and notes are kept."""
    actor, now = request.actor, request.now
    cart, other = read_cart(actor, cart_id), read_cart(actor, body.cart)
    if body.how == "replace":
        actions.replace_content(cart, by=other, actor=actor, now=now)
    else:
        actions.merge_carts(other, into=cart, actor=actor, now=now)
    return Status(201, _show(request, cart_id))


@router.post("/carts/{cart_id}/archivals", response={201: Cart})
def archive_cart(request: ApiRequest, cart_id: str, body: Nothing) -> Status[Cart]:
    """Put an open cart away, with all that is in it."""
    cart = read_cart(request.actor, cart_id)
    actions.archive_cart(cart, actor=request.actor, now=request.now)
    return Status(201, _show(request, cart_id))


@router.post("/carts/{cart_id}/restorations", response={201: Cart})
def restore_cart(request: ApiRequest, cart_id: str, body: Nothing) -> Status[Cart]:
    """Bring back a cart that was put away."""
    cart = read_cart(request.actor, cart_id)
    actions.restore_cart(cart, actor=request.actor, now=request.now)
    return Status(201, _show(request, cart_id))


@router.post("/carts/{cart_id}/ownerships", response={201: Cart})
def give_cart(request: ApiRequest, cart_id: str, body: NewOwner) -> Status[Cart]:
    """Make a colleague the owner. The giver goes on editing; authors and grants stay."""
    cart = read_cart(request.actor, cart_id)
    member = get_member(request.actor, body.member)
    actions.give_cart(cart, to=member, actor=request.actor, now=request.now)
    cart.owner = member
    tag(request, cart.version)
    return Status(201, show_cart(cart, price_cart(cart, now=request.now), request.actor))


@router.post("/carts/{cart_id}/takeovers", response={201: Cart})
def take_cart(request: ApiRequest, cart_id: str, body: Nothing) -> Status[Cart]:
    """Take over a cart that somebody gave: from then on those who may edit it may submit it."""
    cart = read_cart(request.actor, cart_id)
    actions.take_cart(cart, actor=request.actor, now=request.now)
    return Status(201, _show(request, cart_id))


@router.post("/carts/{cart_id}/moves", response={201: Cart})
def move_cart(request: ApiRequest, cart_id: str, body: NewCartUnit) -> Status[Cart]:
    """Let it be a purchase of another unit of the caller's reach."""
    cart = read_cart(request.actor, cart_id)
    unit = get_unit(request.actor, body.unit)
    actions.move_cart(cart, unit=unit, actor=request.actor, now=request.now)
    return Status(201, _show(request, cart_id))


def _show(request: ApiRequest, cart_id: str) -> Cart:
    cart: models.Cart = read_cart(request.actor, cart_id)
    tag(request, cart.version)
    return show_cart(cart, price_cart(cart, now=request.now), request.actor)

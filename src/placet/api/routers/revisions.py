"""Revising a requisition: its cart again, the next revision, another try, the rules of today."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import whole_list
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.cart import Cart, show_cart
from placet.api.schemas.deciding import RevisionPreview, show_preview
from placet.api.schemas.difference import Difference, show_difference
from placet.api.schemas.posting import (
    DryRun,
    PostedPlanShown,
    PurchaseWish,
    read_purchase,
    show_posted_plan,
)
from placet.api.schemas.requisition import (
    Requisition,
    RevisionShown,
    show_requisition,
    show_revision,
)
from placet.api.versions import tag
from placet.carts.models import Cart as EditedCart
from placet.carts.pricing import price_cart
from placet.carts.queries import get_cart
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.orders.content import Content, read_content
from placet.quotes.whole_offers import require_whole
from placet.requisitions import actions, models, queries
from placet.requisitions.actions.replan_requisition import preview_replan
from placet.requisitions.actions.revise_purchase import revise_purchase
from placet.requisitions.differences import difference
from placet.requisitions.planning import plan_purchase
from placet.requisitions.posting.planning import plan_posted_revision
from placet.requisitions.reopening import find_open_edit
from placet.requisitions.timeline import read_timeline

router = Router(tags=["requisitions"])
PlanHash = Annotated[str, StringConstraints(max_length=64)]
Number = Annotated[int, Path(ge=1, le=1_000_000)]


class NewEdit(Wish):
    """Nothing needs to be said."""


class NewRevision(PurchaseWish):
    """``plan_hash`` is what the preview or the cart's plan showed; a ``dry_run`` shows it.

    Lines are for a purchase of a shop of the supplier's, which posts it again as it is now; what is
    edited in a cart has none.
    """

    plan_hash: PlanHash = ""
    warnings_read: bool = False
    dry_run: bool = False


class NewReplan(Wish):
    """Why it is planned again; a ``dry_run`` shows what that would mean."""

    reason: Annotated[str, StringConstraints(max_length=400)] = ""
    plan_hash: PlanHash | None = None
    dry_run: bool = False


class DifferenceFilter(BaseModel):
    """The earlier revision; without it the one just before."""

    model_config = ConfigDict(extra="forbid")
    from_: Annotated[int | None, Field(alias="from", ge=1, le=1_000_000)] = None


@router.post("/requisitions/{requisition_id}/edits", response={201: Cart})
def edit_requisition(request: ApiRequest, requisition_id: str, body: NewEdit) -> Status[Cart]:
    """Open its cart again with what is asked for now; it goes on meanwhile. Twice is the same."""
    found = _get(request, requisition_id)
    cart = actions.edit_requisition(found, actor=request.actor, now=request.now)
    return Status(201, _show_cart(request, cart))


@router.delete("/requisitions/{requisition_id}/edits", response=Requisition)
def discard_edit(request: ApiRequest, requisition_id: str) -> Requisition:
    """Let go of what was changed in its open cart."""
    cart = _edited(_get(request, requisition_id))
    actions.discard_edit(cart, actor=request.actor, now=request.now)
    return _show(request, requisition_id)


@router.get("/requisitions/{requisition_id}/revisions", response=ListOf[RevisionShown])
def list_revisions(request: ApiRequest, requisition_id: str) -> ListOf[RevisionShown]:
    """Every revision with its content, the first one first."""
    revisions = _get(request, requisition_id).revisions.order_by("number")
    return whole_list([show_revision(one, request.actor) for one in revisions])


@router.get("/requisitions/{requisition_id}/revisions/{number}", response=RevisionShown)
def get_revision(request: ApiRequest, requisition_id: str, number: Number) -> RevisionShown:
    """One revision by its number."""
    return show_revision(_revision(_get(request, requisition_id), number), request.actor)


@router.post(
    "/requisitions/{requisition_id}/revisions",
    response={200: RevisionPreview | PostedPlanShown, 201: Requisition},
)
def revise_requisition(
    request: ApiRequest, requisition_id: str, body: NewRevision, wanted: Query[DryRun]
) -> Status[RevisionPreview] | Status[PostedPlanShown] | Status[Requisition]:
    """Resubmit the cart that edits it; a dry run tells what is kept, reset and new.

    The shop that a purchase comes from posts its lines instead. A 409 ``plan_changed`` carries the
    plan that holds now, its hash and the one that was named.
    """
    body.dry_run = body.dry_run or wanted.dry_run
    found = _get(request, requisition_id)
    if body.lines or found.is_from_shop:
        return _post_again(request, found, body)
    _refuse_stated(body)
    cart = get_cart(request.actor, _edited(found).pk)
    if body.dry_run:
        return Status(200, _preview(request, found, cart))
    require_whole(cart)
    actions.resubmit_cart(
        cart,
        plan_hash=body.plan_hash,
        warnings_read=body.warnings_read,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _show(request, requisition_id))


@router.get("/requisitions/{requisition_id}/revisions/{number}/difference", response=Difference)
def get_difference(
    request: ApiRequest, requisition_id: str, number: Number, wanted: Query[DifferenceFilter]
) -> Difference:
    """What changed from an earlier revision to this one: lines and fields."""
    found = _get(request, requisition_id)
    after = _revision(found, number)
    before = _revision(found, wanted.from_ or max(number - 1, 1))
    contents = _content(request, before), _content(request, after)
    return show_difference(before, after, difference(*contents), contents)


@router.post("/requisitions/{requisition_id}/rebuilds", response={201: Cart})
def rebuild_requisition(request: ApiRequest, requisition_id: str, body: NewEdit) -> Status[Cart]:
    """Another try of what ended without an order: a new cart; no approval is kept."""
    found = _get(request, requisition_id)
    cart = actions.rebuild_cart(found, actor=request.actor, now=request.now)
    return Status(201, _show_cart(request, cart))


@router.post(
    "/requisitions/{requisition_id}/replans", response={200: RevisionPreview, 201: Requisition}
)
def replan_requisition(
    request: ApiRequest, requisition_id: str, body: NewReplan
) -> Status[RevisionPreview] | Status[Requisition]:
    """Plan the same content by the rules of today, with a reason."""
    found = _get(request, requisition_id)
    if body.dry_run:
        following = preview_replan(found, actor=request.actor, now=request.now)
        shown = show_preview(found, following, request.actor, counts=False, now=request.now)
        return Status(200, shown)
    actions.replan_requisition(
        found,
        reason=body.reason,
        plan_hash=body.plan_hash,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, _show(request, requisition_id))


def _post_again(
    request: ApiRequest, found: models.Requisition, body: NewRevision
) -> Status[PostedPlanShown] | Status[Requisition]:
    if not body.lines:
        raise InvalidInput("lines", "empty", _("A purchase has 1 to 500 lines."))
    posted, actor, now = read_purchase(body), request.actor, request.now
    if body.dry_run:
        plan = plan_posted_revision(found, posted, actor=actor, now=now)
        carried = plan.following.carried
        counts = len(carried.kept), len(carried.reset), len(carried.new)
        return Status(200, show_posted_plan(plan.told, plan.made, carried=counts))
    revise_purchase(
        found,
        posted=posted,
        shop_url=body.shop_url,
        plan_hash=body.plan_hash,
        warnings_read=body.warnings_read,
        actor=actor,
        now=now,
    )
    return Status(201, _show(request, found.pk))


def _refuse_stated(body: NewRevision) -> None:
    """What stands above the lines stands in the cart: said here it would be lost in silence."""
    for field in sorted(body.model_fields_set & PurchaseWish.model_fields.keys() - {"lines"}):
        raise InvalidInput(field, "in_the_cart", _("It is edited in its cart: say this there."))


def _preview(request: ApiRequest, found: models.Requisition, cart: EditedCart) -> RevisionPreview:
    priced = price_cart(cart, now=request.now)
    shown = plan_purchase(cart, priced, actor=request.actor, now=request.now)
    if shown.revising is None or shown.revising.following is None:
        raise Conflict(_("%(number)s has ended meanwhile.") % {"number": found.number})
    following = shown.revising.following
    return show_preview(found, following, request.actor, counts=False, now=request.now)


def _edited(found: models.Requisition) -> EditedCart:
    cart = find_open_edit(found)
    if cart is None:
        raise Conflict(_("Nobody edits %(number)s now.") % {"number": found.number})
    return cart


def _revision(found: models.Requisition, number: int) -> models.Revision:
    revision = found.revisions.filter(number=number).first()
    if revision is None:
        raise NotFound(_("There is no such revision."))
    return revision


def _content(request: ApiRequest, revision: models.Revision) -> Content:
    """The supplier is not told why they buy, for which cost centres, nor what is not for it."""
    content = read_content(revision.content)
    if not request.actor.is_merchant:
        return content
    return content._replace(justification="", cost_centers=(), references={"po": content.po_number})


def _get(request: ApiRequest, requisition_id: str) -> models.Requisition:
    if not requisition_id.startswith("req_"):
        raise NotFound(_("There is no such requisition."))
    return queries.get_requisition(request.actor, requisition_id)


def _show(request: ApiRequest, requisition_id: str) -> Requisition:
    found = _get(request, requisition_id)
    tag(request, found.version)
    timeline = read_timeline(found, reader=request.actor, now=request.now)
    return show_requisition(found, timeline, request.actor)


def _show_cart(request: ApiRequest, cart: EditedCart) -> Cart:
    fresh = get_cart(request.actor, cart.pk)
    tag(request, fresh.version)
    return show_cart(fresh, price_cart(fresh, now=request.now), request.actor)

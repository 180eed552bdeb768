"""Links for people outside: what they show, how often they were opened, and their end."""

from __future__ import annotations

from django.conf import settings
from ninja import Query, Router
from ninja.responses import Status

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.talk import (
    CreatedShareLink,
    NewShareLink,
    ShareLink,
    show_created_share_link,
    show_share_links,
)
from placet.carts.actions.share_links import create_share_link, revoke_share_link
from placet.carts.links import get_link, list_links
from placet.carts.lists.queries import get_list
from placet.carts.models import Cart, PurchaseList
from placet.carts.queries import get_cart

router = Router(tags=["share_links"])


class NewRevocation(Wish):
    """Nothing needs to be said."""


@router.get("/share_links", response=ListOf[ShareLink])
def list_share_links(request: ApiRequest, page: Query[Page]) -> ListOf[ShareLink]:
    """The caller's links, for company admins all of the company; newest first."""
    return page_of(
        request,
        list_links(request.actor),
        page,
        lambda links: show_share_links(links, now=request.now),
    )


@router.post("/carts/{cart_id}/share_links", response={201: CreatedShareLink})
def share_cart_outside(
    request: ApiRequest, cart_id: str, body: NewShareLink
) -> Status[CreatedShareLink]:
    """Make a link to a cart, for 90 days at most. A repeated request is not told its `url`."""
    return Status(201, _created(request, get_cart(request.actor, cart_id), body))


@router.post("/purchase_lists/{list_id}/share_links", response={201: CreatedShareLink})
def share_list_outside(
    request: ApiRequest, list_id: str, body: NewShareLink
) -> Status[CreatedShareLink]:
    """Make a link to a list, for 90 days at most. A repeated request is not told its `url`."""
    return Status(201, _created(request, get_list(request.actor, list_id), body))


@router.post("/share_links/{link_id}/revocations", response={201: ShareLink})
def revoke_link(request: ApiRequest, link_id: str, body: NewRevocation) -> Status[ShareLink]:
    """End a link at once; it never comes back."""
    link = get_link(request.actor, link_id)
    ended = revoke_share_link(link, actor=request.actor, now=request.now)
    return Status(201, show_share_links([ended], now=request.now)[0])


def _created(
    request: ApiRequest, thing: Cart | PurchaseList, body: NewShareLink
) -> CreatedShareLink:
    made = create_share_link(thing, **body.model_dump(), actor=request.actor, now=request.now)
    url = f"{settings.PLACET_BASE_URL}/s/{made.token}/"
    link = get_link(request.actor, made.link.pk)
    return show_created_share_link(link, url, now=request.now)

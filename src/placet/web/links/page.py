"""Links as rows of a table, with their state and what they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.carts.link_permissions import can_revoke_share_link
from placet.carts.links import name_of_thing, state_of_link
from placet.carts.models import Cart, PurchaseList, ShareLink
from placet.core.actor import Actor
from placet.web.shell import company_url


class LinkRow(NamedTuple):
    """A link in a list. ``state``: active, expired or revoked."""

    link: ShareLink
    name: str
    state: str
    may_revoke: bool


class Back(NamedTuple):
    """Where the thing of a link stands: the list that it is in, and its own page."""

    label: str | Promise
    list_url: str
    url: str


def list_rows(links: Iterable[ShareLink], actor: Actor, *, now: datetime) -> list[LinkRow]:
    """The links with what may be done about each."""
    rows = []
    for link in links:
        state = state_of_link(link, now=now)
        may_revoke = state == "active" and can_revoke_share_link(actor, link) is None
        rows.append(LinkRow(link, name_of_thing(link), state, may_revoke))
    return rows


def address_of(token: str) -> str:
    """The whole address of a link, as it is sent to somebody."""
    return settings.PLACET_BASE_URL + reverse("shared", args=[token])


def back_of(actor: Actor, thing: Cart | PurchaseList) -> Back:
    """The page of a cart or of a list."""
    if isinstance(thing, Cart):
        return Back(_("Carts"), company_url(actor, "carts"), company_url(actor, "cart", thing.pk))
    return Back(_("Lists"), company_url(actor, "lists"), company_url(actor, "list", thing.pk))

"""Buyer and supplier write to each other about an order, and both know that both read it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.orders.models import Order
from placet.orders.talking import (
    can_write_about_order,
    list_buyers_side,
    list_suppliers_side,
)
from placet.threads.actions import add_comment, open_thread, reopen_thread, resolve_thread
from placet.threads.files import NewFile
from placet.threads.models import Comment, Thread


@transaction
def write_about_order(
    order: Order,
    *,
    text: str,
    actor: Actor,
    now: datetime,
    mentions: Collection[str] = (),
    files: Sequence[NewFile] = (),
) -> Comment:
    """Write to the other side; what the company says among itself is another conversation.

    Only people of one's own side are told by being named.
    """
    _enter(order, actor)
    return add_comment(
        _thread_of(order, actor=actor, now=now),
        text=text,
        about=order.pk,
        mentions=mentions,
        audience=list_suppliers_side(order) if actor.is_merchant else list_buyers_side(order),
        files=files,
        actor=actor,
        now=now,
    )


@transaction
def resolve_order_thread(order: Order, *, actor: Actor, now: datetime) -> Thread:
    """Say that what the sides wrote about is settled; another word opens it again."""
    return resolve_thread(_begun(order, actor), about=order.pk, actor=actor, now=now)


@transaction
def reopen_order_thread(order: Order, *, actor: Actor, now: datetime) -> Thread:
    """Say that it is not settled after all."""
    return reopen_thread(_begun(order, actor), about=order.pk, actor=actor, now=now)


def _enter(order: Order, actor: Actor) -> None:
    if not actor.is_merchant:
        refuse_foreign(actor, order.company_id)
    hold_actor(actor)
    refuse(can_write_about_order(actor, order))


def _begun(order: Order, actor: Actor) -> Thread:
    _enter(order, actor)
    if order.supplier_thread is None:
        raise NotFound(_("There is no conversation here."))
    thread: Thread = order.supplier_thread
    return thread


def _thread_of(order: Order, *, actor: Actor, now: datetime) -> Thread:
    """The conversation with the supplier; of two that begin at once, one stays."""
    if order.supplier_thread is None:
        supplier = Thread.Audience.SUPPLIER
        fresh = open_thread(order.company_id, audience=supplier, actor=actor, now=now)
        rows = Order.objects.filter(pk=order.pk, supplier_thread__isnull=True)
        if not rows.update(supplier_thread=fresh):
            fresh.delete()
        order.refresh_from_db(fields=["supplier_thread"])
    thread: Thread = order.supplier_thread
    return thread

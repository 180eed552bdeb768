"""Speaking in a conversation that one came to by its own page, whatever it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from placet.carts.actions.comments import (
    comment_on_cart,
    comment_on_line,
    reopen_cart_thread,
    resolve_cart_thread,
    resolve_line_thread,
)
from placet.carts.actions.outsiders import answer_outside, reopen_link_thread, resolve_link_thread
from placet.carts.models import Cart, ShareLink
from placet.companies.refusals import refuse
from placet.conversations.places import Place
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.orders.actions.write_about_order import (
    reopen_order_thread,
    resolve_order_thread,
    write_about_order,
)
from placet.orders.models import Order
from placet.quotes.actions.write_about_quote import write_about_quote
from placet.quotes.models import Quote
from placet.requisitions.actions import comment_on_requisition, resolve_requisition_thread
from placet.requisitions.actions.comment_requisition import reopen_requisition_thread
from placet.threads.actions import reopen_thread, resolve_thread
from placet.threads.files import NewFile
from placet.threads.models import Comment, Thread


@transaction
def speak_in_thread(
    place: Place,
    *,
    text: str,
    actor: Actor,
    now: datetime,
    mentions: Collection[str] = (),
    files: Sequence[NewFile] = (),
) -> Comment:
    """Say something where the thing's own page would; the same people are told."""
    refuse(place.refusal)
    subject = place.subject
    if isinstance(subject, ShareLink):
        return answer_outside(subject, text=text, files=files, actor=actor, now=now)
    if isinstance(subject, Order):
        return write_about_order(
            subject, text=text, mentions=mentions, files=files, actor=actor, now=now
        )
    if isinstance(subject, Quote):
        return write_about_quote(
            subject, text=text, line=place.line, files=files, actor=actor, now=now
        )
    if isinstance(subject, Cart):
        if place.cart_line is not None:
            return comment_on_line(
                place.cart_line, text=text, mentions=mentions, files=files, actor=actor, now=now
            )
        return comment_on_cart(
            subject, text=text, mentions=mentions, files=files, actor=actor, now=now
        )
    return comment_on_requisition(
        subject,
        text=text,
        line=place.line,
        mentions=mentions,
        files=files,
        actor=actor,
        now=now,
    )


@transaction
def resolve_conversation(place: Place, *, actor: Actor, now: datetime) -> Thread:
    """Say that it is settled; raises ``Conflict`` when somebody said so before."""
    refuse(place.refusal)
    subject = place.subject
    if isinstance(subject, ShareLink):
        return resolve_link_thread(subject, actor=actor, now=now)
    if isinstance(subject, Order):
        return resolve_order_thread(subject, actor=actor, now=now)
    if isinstance(subject, Quote):
        return resolve_thread(place.thread, about=subject.pk, actor=actor, now=now)
    if isinstance(subject, Cart):
        if place.cart_line is not None:
            return resolve_line_thread(place.cart_line, actor=actor, now=now)
        return resolve_cart_thread(subject, actor=actor, now=now)
    return resolve_requisition_thread(subject, line=place.line, actor=actor, now=now)


@transaction
def reopen_conversation(place: Place, *, actor: Actor, now: datetime) -> Thread:
    """Say that it is not settled after all; raises ``Conflict`` for one that is open."""
    refuse(place.refusal)
    subject = place.subject
    if isinstance(subject, ShareLink):
        return reopen_link_thread(subject, actor=actor, now=now)
    if isinstance(subject, Order):
        return reopen_order_thread(subject, actor=actor, now=now)
    if isinstance(subject, Quote):
        return reopen_thread(place.thread, about=subject.pk, actor=actor, now=now)
    if isinstance(subject, Cart):
        return reopen_cart_thread(subject, thread=place.thread, actor=actor, now=now)
    return reopen_requisition_thread(subject, line=place.line, actor=actor, now=now)

"""Conversations about a cart and about its lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.actions.share_cart import share_cart
from placet.carts.models import Cart, CartLine, GrantLevel
from placet.carts.permissions import can_comment_on_cart, can_manage_cart
from placet.carts.queries import list_people_of_cart
from placet.companies.holding import hold_actor
from placet.companies.models import Member
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.threads.actions import add_comment, open_thread, reopen_thread, resolve_thread
from placet.threads.files import NewFile
from placet.threads.models import Comment, Thread


@transaction
def comment_on_cart(
    cart: Cart,
    *,
    text: str,
    actor: Actor,
    now: datetime,
    mentions: Collection[str] = (),
    files: Sequence[NewFile] = (),
) -> Comment:
    """Say something about the cart. Whom the owner names is thereby invited to comment."""
    return _comment(cart, cart, text, mentions, files, actor=actor, now=now)


@transaction
def comment_on_line(
    line: CartLine,
    *,
    text: str,
    actor: Actor,
    now: datetime,
    mentions: Collection[str] = (),
    files: Sequence[NewFile] = (),
) -> Comment:
    """Say something about a line. Whom the owner of the cart names is invited to comment."""
    return _comment(line.cart, line, text, mentions, files, actor=actor, now=now)


@transaction
def resolve_cart_thread(cart: Cart, *, actor: Actor, now: datetime) -> Thread:
    """Say that the question about the cart is answered; an answer opens it again."""
    return _resolve(cart, cart, actor=actor, now=now)


@transaction
def resolve_line_thread(line: CartLine, *, actor: Actor, now: datetime) -> Thread:
    """Say that the question about a line is answered; an answer opens it again."""
    return _resolve(line.cart, line, actor=actor, now=now)


@transaction
def reopen_cart_thread(cart: Cart, *, thread: Thread, actor: Actor, now: datetime) -> Thread:
    """Say that a question about the cart or a line of it is not answered after all."""
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_comment_on_cart(actor, cart))
    if thread.pk != cart.thread_id and not cart.lines.filter(thread=thread).exists():
        raise NotFound(_("There is no conversation here."))
    return reopen_thread(thread, about=cart.id, actor=actor, now=now)


def _comment(
    cart: Cart,
    owner: Cart | CartLine,
    text: str,
    mentions: Collection[str],
    files: Sequence[NewFile],
    *,
    actor: Actor,
    now: datetime,
) -> Comment:
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_comment_on_cart(actor, cart))
    may_invite = can_manage_cart(actor, cart) is None
    comment = add_comment(
        _thread_of(owner, cart.company_id, actor=actor, now=now),
        text=text,
        about=cart.id,
        mentions=mentions,
        audience=None if may_invite else list_people_of_cart(cart),
        files=files,
        actor=actor,
        now=now,
    )
    if may_invite:
        _invite_mentioned(cart, comment, actor=actor, now=now)
    return comment


def _resolve(cart: Cart, owner: Cart | CartLine, *, actor: Actor, now: datetime) -> Thread:
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refuse(can_comment_on_cart(actor, cart))
    if owner.thread is None:
        raise NotFound(_("There is no conversation here."))
    return resolve_thread(owner.thread, about=cart.id, actor=actor, now=now)


def _thread_of(owner: Cart | CartLine, company_id: str, *, actor: Actor, now: datetime) -> Thread:
    """The thread of a cart or line; of two that begin at once, one stays."""
    if owner.thread is None:
        fresh = open_thread(company_id, actor=actor, now=now)
        mine = type(owner).objects.filter(pk=owner.pk, thread__isnull=True).update(thread=fresh)
        if not mine:
            fresh.delete()
        owner.refresh_from_db(fields=["thread"])
    thread: Thread = owner.thread
    return thread


def _invite_mentioned(cart: Cart, comment: Comment, *, actor: Actor, now: datetime) -> None:
    there = list_people_of_cart(cart)
    for member in Member.objects.filter(
        pk__in=comment.mentions.exclude(member_id__in=there).values("member_id")
    ):
        level = GrantLevel.COMMENT
        share_cart(cart, member=member, level=level, actor=actor, now=now, is_told=False)

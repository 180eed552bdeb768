"""An edit is the cart again: opened with what is asked for now, resubmitted, or let go."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.carts.changing import cart_conflict
from placet.carts.filling import open_filled_cart, refill_cart, release_prices
from placet.carts.models import Cart
from placet.carts.permissions import can_edit_cart
from placet.companies.holding import hold_companies
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.content import read_content
from placet.plans.quoted import cart_quoted
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition
from placet.requisitions.next_revision import current_revision
from placet.requisitions.permissions import can_be_revised, can_edit_requisition
from placet.requisitions.reopening import find_cart, find_open_edit, header_of, is_own_cart
from placet.requisitions.wanted_lines import list_wanted_lines


@transaction
def edit_requisition(requisition: Requisition, *, actor: Actor, now: datetime) -> Cart:
    """Open the requisition's cart with exactly what its current revision says.

    The requisition goes on meanwhile and can be decided; one that was ordered stays so, and its
    order can be taken over, until the change is submitted. Opening it twice gives the same cart
    with what was changed in it. Lines keep their frozen price while it is held. Raises
    ``Forbidden`` for those who may not edit its cart and ``Conflict`` once it has ended.
    """
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_edit_requisition(actor, locked)
    if refusal and refusal.code == "ended":
        raise Conflict(refusal.sentence)
    refuse(refusal)
    opened = find_open_edit(locked)
    if opened is not None:
        return opened
    cart = _open(locked, now)
    _record("requisition.edit_began", locked, cart, actor=actor, now=now)
    return cart


def _open(requisition: Requisition, now: datetime) -> Cart:
    """Its own cart where that is as it was submitted, else one that is made from the content."""
    revision = current_revision(requisition)
    content = read_content(revision.content)
    header, wanted = header_of(content), list_wanted_lines(revision)
    cart = find_cart(requisition)
    if cart is not None and cart.status == Cart.Status.SUBMITTED and is_own_cart(requisition):
        refill_cart(cart, header, wanted, authors=revision.authors, revises=requisition.pk, now=now)
        return cart
    made = open_filled_cart(
        header,
        wanted,
        company_id=requisition.company_id,
        unit_id=requisition.unit_id,
        owner_id=requisition.requester_id,
        revises=requisition.pk,
        quoted=cart_quoted(content),
        now=now,
    )
    Requisition.objects.filter(pk=requisition.pk).update(cart_id=made.pk)
    requisition.cart_id = made.pk
    return made


@transaction
def discard_edit(cart: Cart, *, actor: Actor, now: datetime) -> Requisition:
    """Let go of what was changed: the requisition stays as it is, its cart closes again."""
    requisition = _locked_edited(cart, actor)
    closed = Cart.objects.filter(
        pk=cart.pk, status=Cart.Status.OPEN, revises=requisition.pk
    ).update(status=Cart.Status.SUBMITTED, revises="", changed_at=now, version=F("version") + 1)
    if not closed:
        raise cart_conflict(cart)
    cart.refresh_from_db()
    _record("requisition.edit_discarded", requisition, cart, actor=actor, now=now)
    return requisition


@transaction
def keep_edit(cart: Cart, *, actor: Actor, now: datetime) -> Cart:
    """The requisition has ended while its cart was edited: go on with the cart as a new purchase.

    It is at the prices of today: those that were held, or offered, were for that requisition.
    Raises ``Conflict`` while there is something to revise.
    """
    requisition = _locked_edited(cart, actor)
    if can_be_revised(requisition) is None:
        raise Conflict(
            _("%(number)s goes on: resubmit your changes, or discard them.")
            % {"number": requisition.number}
        )
    rebuilds = "" if requisition.status == Requisition.Status.ORDERED else requisition.pk
    kept = Cart.objects.filter(pk=cart.pk, status=Cart.Status.OPEN, revises=requisition.pk).update(
        revises="", rebuilds=rebuilds, quoted={}, changed_at=now, version=F("version") + 1
    )
    if not kept:
        raise cart_conflict(cart)
    release_prices(cart)
    cart.refresh_from_db()
    _record("requisition.edit_kept", requisition, cart, actor=actor, now=now)
    return cart


def _locked_edited(cart: Cart, actor: Actor) -> Requisition:
    """The requisition that a cart edits, locked, for somebody who may edit the cart."""
    refuse_foreign(actor, cart.company_id)
    hold_companies(cart.company_id, member_id=actor.member_id)
    if not cart.revises:
        raise cart_conflict(cart)
    requisition = lock_requisition(cart.revises)
    refuse(can_edit_cart(actor, cart))
    return requisition


def _record(
    type_: str, requisition: Requisition, cart: Cart, *, actor: Actor, now: datetime
) -> None:
    record(
        type_,
        requisition.pk,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.pk,
        number=requisition.number,
        cart=cart.pk,
    )

"""What every change of a cart begins with: one guarded update, which also orders the waiting.

Whoever comes second waits for the row, then finds another version or status and is told who was
first. Nothing else of the cart is written before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartAuthor, CartLine
from placet.carts.permissions import CLOSED, can_edit_cart
from placet.companies.holding import hold_actor
from placet.companies.models import ApiKey, Member
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.events.models import Event


def begin_change(cart: Cart, *, actor: Actor, now: datetime, version: int | None = None) -> None:
    """Claim the open cart for a change; ``version`` is what the actor saw, where that matters.

    Raises ``NotFound`` and ``Forbidden`` for those who may not, ``Conflict`` when somebody else
    changed or submitted it meanwhile.
    """
    refuse_foreign(actor, cart.company_id)
    hold_actor(actor)
    refusal = can_edit_cart(actor, cart)
    if refusal is not None and refusal.code in CLOSED:
        raise cart_conflict(cart)
    refuse(refusal)
    seen = Cart.objects.filter(pk=cart.pk, status=Cart.Status.OPEN)
    if version is not None:
        seen = seen.filter(version=version)
    if not seen.update(version=F("version") + 1, changed_at=now):
        raise cart_conflict(cart)
    cart.version = Cart.objects.values_list("version", flat=True).get(pk=cart.pk)
    cart.changed_at = now


def claim_line(line: CartLine, version: int | None, actor: Actor | None = None) -> int:
    """Raise the version of a line in a claimed cart; returns the quantity that it has now.

    ``actor`` is written down as the last to change it. Raises ``Conflict`` when the line is gone or
    has moved on from ``version``.
    """
    changed: dict[str, Any] = {"version": F("version") + 1}
    if actor is not None and actor.member_id:
        changed.update(changed_by_id=actor.member_id, changed_at=line.cart.changed_at)
    seen = CartLine.objects.filter(pk=line.pk)
    if version is not None:
        seen = seen.filter(version=version)
    if not seen.update(**changed):
        raise line_conflict(line)
    line.refresh_from_db(fields=["quantity", "version"])
    return line.quantity


def add_author(cart: Cart, actor: Actor) -> None:
    """Write down that the actor shaped the content: they cannot approve what it becomes."""
    CartAuthor.objects.bulk_create(
        [
            CartAuthor(created_at=cart.changed_at, cart=cart, member_id=member_id)
            for member_id in _members_behind(actor)
        ],
        ignore_conflicts=True,
    )


def _members_behind(actor: Actor) -> set[str]:
    """The member who acts and, where a key of the company acts for them, whoever made the key."""
    members = {actor.member_id, actor.staff_member_id}
    if actor.person_user_id != actor.user_id:
        keys = ApiKey.objects.filter(pk=actor.person_user_id)
        members |= set(keys.values_list("created_by_id", flat=True))
    return {member_id for member_id in members if member_id}


def cart_conflict(cart: Cart) -> Conflict:
    """The sentence for somebody who came second, with the version that holds now."""
    current = Cart.objects.get(pk=cart.pk)
    if current.status == Cart.Status.OPEN:
        who = last_to_change(cart)
        sentence = _("%(who)s changed this cart meanwhile. Please look again.") % {"who": who}
    elif current.status == Cart.Status.SUBMITTED:
        sentence = _("This cart was submitted meanwhile; its requisition goes on.")
    else:
        sentence = _("This cart was archived meanwhile.")
    return Conflict(sentence, version=current.version, cart_status=current.status)


def line_conflict(line: CartLine) -> Conflict:
    """The same for one line, which may be gone."""
    events = Event.objects.filter(subject=line.cart_id)
    who = _last_to_change(events.filter(payload__contains=line.pk))
    current = CartLine.objects.filter(pk=line.pk).first()
    if current is None:
        return Conflict(_("%(who)s removed this line meanwhile.") % {"who": who})
    return Conflict(
        _("%(who)s changed this line to %(quantity)d meanwhile. Please look again.")
        % {"who": who, "quantity": current.quantity},
        version=current.version,
        quantity=current.quantity,
    )


def last_to_change(cart: Cart) -> str:
    """The name of whoever changed the cart last."""
    return _last_to_change(Event.objects.filter(subject=cart.pk))


def _last_to_change(events: QuerySet[Event]) -> str:
    last = events.filter(type__startswith="cart.").order_by("-seq").first()
    member = Member.objects.filter(pk=last.actor_member).select_related("user") if last else None
    found = member.first() if member is not None else None
    return found.user.name if found else _("Somebody")


def touch_cart(cart: Cart, now: datetime) -> None:
    """Sharing is allowed in every state and is no change of content, but of the cart's row."""
    Cart.objects.filter(pk=cart.pk).update(version=F("version") + 1, changed_at=now)
    cart.refresh_from_db(fields=["version", "changed_at"])
    getattr(cart, "_prefetched_objects_cache", {}).pop("grants", None)

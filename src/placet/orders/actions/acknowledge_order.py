"""The hand-over to the merchant's system: taken over with its number, failed, tried again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.models import HandOver, Order
from placet.orders.permissions import TAKEN_OVER_FROM, can_process_orders


class AlreadyAcknowledged(Conflict):
    """The order was taken over before, under another number."""

    code = "already_acknowledged"


class ChangedSinceRead(Conflict):
    """The order has another content by now than the one that was read and would be taken over."""

    code = "order_changed"


@transaction
def acknowledge_order(
    order: Order, *, erp_number: str, content_hash: str = "", actor: Actor, now: datetime
) -> Order:
    """The merchant's system has the order under ``erp_number``.

    ``content_hash`` is that of the content which it read: where the buyer has changed the order
    since, it is ``ChangedSinceRead``. Saying the same again changes nothing, so that a lost answer
    may be asked for twice; another number is ``AlreadyAcknowledged``.
    """
    refuse(can_process_orders(actor))
    hold_actor(actor)
    number = _checked(erp_number, "erp_number", 60)
    rows = Order.objects.filter(pk=order.pk, status__in=TAKEN_OVER_FROM)
    read = rows.filter(content_hash=content_hash) if content_hash else rows
    taken = read.update(
        status=Order.Status.EXPORTED, erp_number=number, failure="", version=F("version") + 1
    )
    order.refresh_from_db()
    if not taken:
        if content_hash not in ("", order.content_hash):
            raise ChangedSinceRead(
                _("%(order)s was changed since it was read. Read it again, then take it over.")
                % {"order": order.number}
            )
        _refuse_another(order, number)
        return order
    _hand_over(order, HandOver.Kind.ACKNOWLEDGEMENT, erp_number=number, actor=actor, now=now)
    record_acknowledged(order, actor=actor, now=now)
    return order


def _refuse_another(order: Order, number: str) -> None:
    """Let pass only what says again that an order is taken over as it is.

    One that was given back for a change keeps its number: it is not taken over while it changes,
    nor once it was cancelled.
    """
    if order.status not in (Order.Status.EXPORTED, Order.Status.COMPLETED):
        raise Conflict(
            _("%(order)s is %(status)s now.")
            % {"order": order.number, "status": order.get_status_display().lower()}
        )
    if order.erp_number != number:
        raise AlreadyAcknowledged(
            _("%(order)s was taken over before as %(number)s.")
            % {"order": order.number, "number": order.erp_number}
        )


def record_acknowledged(order: Order, *, actor: Actor, now: datetime) -> None:
    """That the merchant's system has it, in the customer's trail."""
    record(
        "order.acknowledged",
        order.id,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.id,
        number=order.number,
        erp_number=order.erp_number,
    )


@transaction
def fail_order(order: Order, *, reason: str, actor: Actor, now: datetime) -> Order:
    """The merchant's system could not take the order; it waits under *failed* with the reason."""
    refuse(can_process_orders(actor))
    hold_actor(actor)
    reason = _checked(reason, "reason", 400)
    _move(order, TAKEN_OVER_FROM, Order.Status.FAILED, failure=reason)
    _hand_over(order, HandOver.Kind.FAILURE, reason=reason, actor=actor, now=now)
    record(
        "order.failed",
        order.id,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.id,
        number=order.number,
        private={"reason": reason},
    )
    return order


@transaction
def retry_order(order: Order, *, actor: Actor, now: datetime) -> Order:
    """Put a failed order back among the unprocessed ones."""
    refuse(can_process_orders(actor))
    hold_actor(actor)
    _move(order, (Order.Status.FAILED,), Order.Status.UNPROCESSED, failure="")
    record(
        "order.retried",
        order.id,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.id,
        number=order.number,
    )
    return order


def _move(order: Order, sources: tuple[str, ...], target: str, *, failure: str) -> None:
    moved = Order.objects.filter(pk=order.pk, status__in=sources).update(
        status=target, failure=failure, version=F("version") + 1
    )
    order.refresh_from_db()
    if not moved:
        raise Conflict(
            _("%(order)s is %(status)s now.") % {"order": order.number, "status": order.status}
        )


def _hand_over(
    order: Order,
    kind: HandOver.Kind,
    *,
    actor: Actor,
    now: datetime,
    erp_number: str = "",
    reason: str = "",
) -> None:
    HandOver.objects.create(
        created_at=now,
        order=order,
        kind=kind,
        erp_number=erp_number,
        reason=reason,
        actor_member=actor.member_id,
        channel=actor.channel,
    )


def _checked(text: str, path: str, longest: int) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput(path, "required", _("Please fill this in."))
    if not text.isprintable():
        raise InvalidInput(path, "characters", _("Use letters, digits and signs only."))
    if len(text) > longest:
        raise InvalidInput(path, "too_long", _("This is too long."))
    return text

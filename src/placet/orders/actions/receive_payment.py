"""Money that came in for an order which is paid before it is processed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.queries import get_merchant_day
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.lifecycle import lock_order, move_order
from placet.orders.models import Order, Payment
from placet.orders.payments import received_minor
from placet.orders.permissions import can_process_orders, can_receive_payment
from placet.policy.money import LARGEST_AMOUNT_MINOR

LONGEST_REFERENCE = 120
OLDEST = timedelta(days=365)


class AlreadyEntered(Conflict):
    """The same amount of the same day with the same reference stands there already."""

    code = "already_entered"


@transaction
def receive_payment(
    order: Order,
    *,
    amount_minor: int,
    currency: str,
    received_on: date,
    reference: str,
    actor: Actor,
    now: datetime,
) -> Payment:
    """Enter what was received; amounts add up, and once all is there the order can be processed.

    ``amount_minor`` is in minor units of ``currency``, which is the order's; ``received_on`` is a
    day of the merchant's calendar that has begun. More than was asked for is entered as it is.
    Raises ``Forbidden`` for everybody but the merchant's staff who process orders, ``Conflict`` for
    an order that is not prepaid or was cancelled, ``AlreadyEntered``, ``InvalidInput``.
    """
    refuse(can_process_orders(actor))
    _check(order, amount_minor, currency, received_on, now)
    reference = _checked_reference(reference)
    hold_actor(actor)
    locked = lock_order(order.pk)
    refusal = can_receive_payment(actor, locked)
    if refusal:
        raise Conflict(refusal.sentence)
    alike = locked.payments.filter(
        amount_minor=amount_minor, received_on=received_on, reference=reference
    )
    if alike.exists():
        raise AlreadyEntered(
            _("This receipt was entered already. A second one needs another reference.")
        )
    payment = Payment.objects.create(
        created_at=now,
        order=locked,
        amount_minor=amount_minor,
        currency=currency,
        received_on=received_on,
        reference=reference,
        actor_member=actor.member_id,
        channel=actor.channel,
    )
    received = received_minor(locked)
    _record("order.payment_received", locked, received, actor=actor, now=now, amount=amount_minor)
    if locked.status == Order.Status.AWAITING_PAYMENT and received >= locked.total_minor:
        move_order(locked, verb="pay")
        _record("order.paid", locked, received, actor=actor, now=now)
    order.refresh_from_db()
    return payment


def _check(order: Order, amount_minor: int, currency: str, day: date, now: datetime) -> None:
    if not 0 < amount_minor <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput("amount", "positive", _("An amount is more than zero."))
    if currency != order.currency:
        raise InvalidInput(
            "currency",
            "currency",
            _("This order is paid in %(currency)s.") % {"currency": order.currency},
        )
    today = get_merchant_day(now)
    if not today - OLDEST <= day <= today:
        raise InvalidInput("received_on", "range", _("A receipt is of today or of the last year."))


def _checked_reference(reference: str) -> str:
    wanted = " ".join(reference.split())
    if not wanted:
        raise InvalidInput("reference", "required", _("Say where it stands on the statement."))
    if len(wanted) > LONGEST_REFERENCE or not wanted.isprintable():
        raise InvalidInput("reference", "length", _("A reference has 120 characters at most."))
    return wanted


def _record(
    what: str, order: Order, received: int, *, actor: Actor, now: datetime, amount: int = 0
) -> None:
    values: dict[str, Any] = {"amount_minor": amount} if amount else {}
    record(
        what,
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        received_minor=received,
        total_minor=order.total_minor,
        currency=order.currency,
        **values,
    )

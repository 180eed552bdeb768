"""What the actions about shipments share: the order that is locked, its lines, typed texts."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.customer_scope import has_in_scope
from placet.companies.holding import hold_actor
from placet.companies.refusals import Refusal, refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.orders.lifecycle import lock_order
from placet.orders.models import Order, OrderLine
from placet.orders.permissions import can_process_orders


class MoreThanOpen(Conflict):
    """More of a line would leave than was ordered; ``facts['line']`` is its number."""

    code = "more_than_open"


def enter_order(order: Order, actor: Actor) -> Order:
    """The order, locked, for whoever processes orders and whose customer it is."""
    require_desk(order, actor)
    return lock_order(order.pk)


def require_desk(order: Order, actor: Actor) -> None:
    """Let pass whoever processes orders and whose customer it is, while they may."""
    refuse(can_process_orders(actor))
    if not has_in_scope(actor, order.company_id):
        raise NotFound(_("There is no such order."))
    hold_actor(actor)


def refuse_state(refusal: Refusal | None) -> None:
    """Raise the refusal of a predicate as ``Conflict``: the thing has moved on."""
    if refusal is not None:
        raise Conflict(refusal.sentence)


def change_shipped(order: Order, number: int, quantity: int) -> None:
    """Guarded: never beyond what was ordered, and never below nothing."""
    rows = OrderLine.objects.filter(order_id=order.pk, number=number)
    left = F("quantity") - quantity
    within = rows.filter(shipped_quantity__lte=left, shipped_quantity__gte=-quantity)
    if not within.update(shipped_quantity=F("shipped_quantity") + quantity):
        line = line_of(order, number)
        raise MoreThanOpen(
            _("Of line %(line)s, %(name)s, only %(open)s are open.")
            % {
                "line": number,
                "name": line.name,
                "open": line.quantity - line.shipped_quantity,
            },
            line=number,
        )


def line_of(order: Order, number: int) -> OrderLine:
    """A line of the order by its number; raises ``InvalidInput`` where it has none."""
    line = OrderLine.objects.filter(order_id=order.pk, number=number).first()
    if line is None:
        raise InvalidInput(f"lines/{number}", "unknown", _("The order has no such line."))
    return line


def count_open(order: Order) -> int:
    """Of how many lines something has not left yet."""
    return order.lines.filter(shipped_quantity__lt=F("quantity")).count()


def checked_text(text: str, path: str, longest: int) -> str:
    """One line of plain text of at most this length; it may be empty."""
    text = " ".join(text.split())
    if len(text) > longest or not text.isprintable():
        raise InvalidInput(path, "length", _("This is too long, or no plain text."))
    return text


def required_text(text: str, path: str, longest: int) -> str:
    """The same, but something has to be said."""
    text = checked_text(text, path, longest)
    if not text:
        raise InvalidInput(path, "required", _("Please say why."))
    return text

"""Many orders taken over at once, as a system says that reads and writes files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, PlacetError
from placet.core.transaction import transaction, undoable
from placet.orders.actions.acknowledge_order import acknowledge_order
from placet.orders.models import Order
from placet.orders.permissions import can_process_orders
from placet.orders.queries import list_orders

MOST_AT_ONCE: Final = 500
TAKEN_OVER, UNCHANGED, REFUSED = "taken_over", "unchanged", "refused"


class Acknowledging(NamedTuple):
    """An order, by id or number, and the number under which the system has it.

    ``content_hash`` is that of the content which was read; empty where nobody knows it.
    """

    order: str
    erp_number: str
    content_hash: str = ""


class Acknowledged(NamedTuple):
    """What came of a row; ``code`` and ``sentence`` say why one was refused."""

    row: Acknowledging
    outcome: str
    code: str = ""
    sentence: str = ""


class _Tried(Exception):
    """Ends a transaction in which nothing was to stay."""


@transaction
def acknowledge_orders(
    rows: Sequence[Acknowledging], *, actor: Actor, now: datetime, is_tried: bool = False
) -> list[Acknowledged]:
    """Take over each order under its number, and say of each row what came of it, in their order.

    What one row refuses stops no other; said again nothing changes. ``is_tried`` answers what would
    come of it and writes nothing; its rows name the content that was looked at. Raises
    ``Forbidden``, and ``InvalidInput`` for too many rows.
    """
    refuse(can_process_orders(actor))
    if len(rows) > MOST_AT_ONCE:
        raise InvalidInput("rows", "too_many", _("These are more than 500 rows."))
    keys = {row.order.strip() for row in rows}
    found = list(list_orders(actor).filter(Q(pk__in=keys) | Q(number__in=keys)))
    orders = {order.pk: order for order in found} | {order.number: order for order in found}
    answers: dict[int, Acknowledged] = {}
    # In the order of their ids, so that two files at once wait for each other and not in a circle.
    named = [(orders.get(row.order.strip()), place) for place, row in enumerate(rows)]
    for order, place in sorted(named, key=lambda one: one[0].pk if one[0] else ""):
        answers[place] = _one(order, rows[place], actor=actor, now=now, is_tried=is_tried)
    return [answers[place] for place in range(len(rows))]


def _one(
    order: Order | None, row: Acknowledging, *, actor: Actor, now: datetime, is_tried: bool
) -> Acknowledged:
    if order is None:
        return Acknowledged(row, REFUSED, "not_found", _("There is no such order."))
    before = order.version
    number, content_hash = row.erp_number, row.content_hash
    try:
        with undoable():
            acknowledge_order(
                order, erp_number=number, content_hash=content_hash, actor=actor, now=now
            )
            if is_tried:
                raise _Tried
    except _Tried:
        after = order.version
        order.refresh_from_db()
        row = row._replace(content_hash=content_hash or order.content_hash)
    except PlacetError as error:
        order.refresh_from_db()
        return Acknowledged(row, REFUSED, error.code, error.detail)
    else:
        after = order.version
    return Acknowledged(row, TAKEN_OVER if after != before else UNCHANGED)

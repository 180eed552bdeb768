"""Several orders at once: each is done by itself, and each says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.permissions import ORDER_PROCESS, require
from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.orders.actions import acknowledge_order, fail_order, retry_order
from placet.orders.actions.ship_order import ship_order
from placet.orders.content import Content, read_content
from placet.orders.models import Order
from placet.orders.permissions import TAKEN_OVER_FROM
from placet.orders.queries import list_orders
from placet.orders.shipping import SHIPPED_FROM
from placet.web.orders.filters import OrderFilter
from placet.web.paging import MOST_COUNTED
from placet.web.shell import PageRequest, company_page

MOST_AT_ONCE: Final = 100
DOES: Final = {
    "acknowledge": gettext_lazy("Take over with these numbers"),
    "ship": gettext_lazy("Ship all that is open"),
    "retry": gettext_lazy("Put back among the unprocessed"),
    "fail": gettext_lazy("Mark as failed"),
}


FROM: Final = {
    "acknowledge": TAKEN_OVER_FROM,
    "ship": SHIPPED_FROM,
    "retry": (Order.Status.FAILED,),
    "fail": TAKEN_OVER_FROM,
}
"""The states in which it can be done."""


class Matching(NamedTuple):
    """What the filters of a list leave: the oldest of it that are done together, and the rest.

    ``query`` are the filters as the address says them; ``behind`` is where the rest begins.
    """

    query: str
    orders: list[Order]
    total: int
    rest: int
    behind: str


class BulkRow(NamedTuple):
    """An order among several: what was typed for it, and what came of it."""

    order: Order
    typed: str = ""
    sentence: str = ""
    is_done: bool = False


class Printed(NamedTuple):
    """An order on paper."""

    order: Order
    content: Content


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def orders_bulk(request: PageRequest) -> HttpResponse:
    """The ticked orders in one table; a POST does one thing with each of them."""
    actor = request.actor
    require(actor, ORDER_PROCESS)
    sent = request.POST if request.method == "POST" else request.GET
    matching = read_matching(actor, sent)
    orders = list_picked(actor, sent) if sent.getlist("pick") or not matching else matching.orders
    numbers = read_numbers(sent)
    rows = [BulkRow(order, numbers.get(order.number, "")) for order in orders]
    do = sent.get("do", "")
    if request.method == "POST" and do in DOES:
        rows = do_all(rows, do, reason=sent.get("reason", ""), actor=actor, now=request.now)
    states = [row.order.status for row in rows]
    context = {
        "rows": rows,
        "does": [
            (do, label, sum(state in FROM[do] for state in states))
            for do, label in list(DOES.items())[:3]
        ],
        "matching": matching,
        "done": sum(row.is_done for row in rows),
        "refused": sum(bool(row.sentence) and not row.is_done for row in rows),
        "reason": sent.get("reason", ""),
        "most": MOST_AT_ONCE,
    }
    return render(request, "web/orders/bulk.html", context)


@require_GET
@company_page
def orders_print(request: PageRequest) -> HttpResponse:
    """The ticked orders, one below the other, for the printer."""
    orders = list_picked(request.actor, request.GET)
    printed = [Printed(order, read_content(order.content)) for order in orders]
    return render(request, "web/orders/print.html", {"printed": printed})


def list_picked(actor: Actor, sent: QueryDict) -> list[Order]:
    """The orders that are named, within reach, in the order in which they were placed."""
    picked = sent.getlist("pick")[:MOST_AT_ONCE]
    return list(list_orders(actor).filter(number__in=picked).order_by("placed_at", "pk"))


def read_matching(actor: Actor, sent: QueryDict) -> Matching | None:
    """All that the filters of ``list`` leave, the oldest first; nothing where orders are ticked.

    With ``behind`` those after this order, so that what was refused is not tried again and again.
    """
    query = sent.get("list")
    if query is None:
        return None
    wanted = OrderFilter(QueryDict(query), actor=actor)
    found = wanted.leave(list_orders(actor))
    picked = sent.getlist("pick")
    last = list_orders(actor).filter(number=picked[-1] if picked else sent.get("behind", ""))
    place = last.values_list("placed_at", "pk").first()
    left = found
    if place is not None:
        left = found.filter(Q(placed_at__gt=place[0]) | Q(placed_at=place[0], pk__gt=place[1]))
    orders = list(left.order_by("placed_at", "pk")[:MOST_AT_ONCE])
    total, still = (rows.order_by()[: MOST_COUNTED + 1].count() for rows in (found, left))
    rest = still if picked else max(still - len(orders), 0)
    shown = picked or [order.number for order in orders]
    return Matching(query, orders, total, rest, shown[-1] if shown else "")


def read_numbers(sent: QueryDict) -> Mapping[str, str]:
    """The supplier's numbers by the order's: typed beside each, or pasted as two columns."""
    found = {}
    for line in sent.get("pasted", "")[:20_000].splitlines():
        order, _sign, number = line.replace(";", "\t").replace(",", "\t").strip().partition("\t")
        if not number:
            order, _sign, number = line.strip().partition(" ")
        found[order.strip()] = number.strip()
    for name, typed in sent.items():
        if name.startswith("number-") and str(typed).strip():
            found[name.removeprefix("number-")] = str(typed)
    return found


def do_all(
    rows: Sequence[BulkRow], do: str, *, reason: str, actor: Actor, now: datetime
) -> list[BulkRow]:
    """Do it with each, in a transaction of its own: what one refuses stops no other."""
    return [_do_one(row, do, reason=reason, actor=actor, now=now) for row in rows]


def _do_one(row: BulkRow, do: str, *, reason: str, actor: Actor, now: datetime) -> BulkRow:
    order = row.order
    acts: Mapping[str, Callable[[], object]] = {
        "acknowledge": lambda: acknowledge_order(order, erp_number=row.typed, actor=actor, now=now),
        "ship": lambda: ship_order(order, shipped_on=get_merchant_day(now), actor=actor, now=now),
        "retry": lambda: retry_order(order, actor=actor, now=now),
        "fail": lambda: fail_order(order, reason=reason, actor=actor, now=now),
    }
    try:
        acts[do]()
    except (Conflict, Forbidden, InvalidInput, NotFound) as error:
        order.refresh_from_db()
        return row._replace(sentence=error.detail)
    order.refresh_from_db()
    return row._replace(sentence=_done(order, do), is_done=True)


def _done(order: Order, do: str) -> str:
    if do == "acknowledge":
        return _("Taken over as %(number)s.") % {"number": order.erp_number}
    if do == "ship":
        return _("All of it has left.")
    return _("Waits under “Failed”.") if do == "fail" else _("Unprocessed again.")

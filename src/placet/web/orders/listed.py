"""The page of the orders that the address asks for, in its order."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict

from placet.core.actor import Actor
from placet.orders.models import Order
from placet.requisitions.queries import list_awaiting_customers
from placet.web.orders.filters import SORTS, OrderFilter
from placet.web.paging import MOST_COUNTED, Page, page_of, page_sorted
from placet.web.paging_by_owner import Owner, page_by_owner

BY_CUSTOMER = "company__name"


def page_of_orders(wanted: OrderFilter, orders: QuerySet[Order], query: QueryDict) -> Page[Order]:
    """The newest first, unless the address says another order; by total, currency by currency."""
    rows, sort = wanted.leave(orders), wanted.said("sort")
    if not sort or sort == "-placed":
        return page_of(rows, "placed_at", query)
    column = SORTS[sort.removeprefix("-")]
    if column == BY_CUSTOMER:
        owner, is_falling = Owner("company", "name"), sort.startswith("-")
        return page_by_owner(rows, owner, "placed_at", query, is_falling=is_falling)
    is_total = column == SORTS["total"]
    return page_sorted(
        rows,
        column,
        query,
        is_falling=sort.startswith("-"),
        grouped_by="currency" if is_total else "",
        is_always_there=is_total,
    )


def count_awaiting(actor: Actor) -> int:
    """For the supplier: how many purchases wait for their own companies."""
    if not actor.is_merchant:
        return 0
    return list_awaiting_customers(actor).order_by()[:MOST_COUNTED].count()

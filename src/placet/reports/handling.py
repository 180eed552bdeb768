"""How the merchant works its orders: where they stand, and how long each part of the way took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from placet.companies.permissions import ORDER_PROCESS
from placet.orders.models import HandOver, Order, Shipment
from placet.orders.queries import list_orders
from placet.reports.groups import BY_CUSTOMER, BY_TIME, names_of_companies
from placet.reports.measures import grouped, key_of, lasted, read_ranks, within
from placet.reports.values import Ask, Column, Groups, Kind

Status = Order.Status
STATES: Final[Mapping[str, tuple[str, ...]]] = {
    "waiting": (Status.AWAITING_PAYMENT, Status.UNPROCESSED, Status.CHANGING),
    "exported": (Status.EXPORTED,),
    "failed": (Status.FAILED,),
    "completed": (Status.COMPLETED,),
    "cancelled": (Status.CANCELLED,),
}


def read_handling(ask: Ask) -> Groups:
    """Orders by what became of them, and the times from order to export and to shipment.

    Five queries: the counts, and each percentile of two times.
    """
    rows = grouped(_orders(ask), ask, "placed_at", customer=F("company_id"))
    counts: dict[str, Any] = {
        name: Count("pk", filter=Q(status__in=states)) for name, states in STATES.items()
    }
    exported = read_ranks(_timed(rows, _first(HandOver, kind="acknowledgement")), "took")
    shipped = read_ranks(_timed(rows, _first(Shipment, voided_at=None)), "took")
    nothing = [None, None]
    return {
        (key := key_of(row.pop("by"))): {
            **row,
            "export_median": exported.get(key, nothing)[0],
            "export_slow": exported.get(key, nothing)[1],
            "ship_median": shipped.get(key, nothing)[0],
            "ship_slow": shipped.get(key, nothing)[1],
        }
        for row in rows.values("by").annotate(orders=Count("pk"), **counts).order_by()
    }


def _orders(ask: Ask) -> QuerySet[Order]:
    orders = list_orders(ask.actor).order_by().select_related(None)
    return orders.filter(currency=ask.currency, **within("placed_at", ask.days))


def _first(model: Any, **wanted: Any) -> Subquery:
    """When something was first entered about an order."""
    rows = model.objects.filter(order=OuterRef("pk"), **wanted).order_by("created_at")
    return Subquery(rows.values("created_at")[:1])


def _timed(rows: QuerySet[Any], reached: Subquery) -> Any:
    return rows.annotate(reached_at=reached).annotate(took=lasted("placed_at", "reached_at"))


def name_customers(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """The words of a grouping's keys."""
    return names_of_companies(keys)


HANDLING: Final = Kind(
    "orders",
    "merchant",
    gettext_lazy("Orders worked"),
    gettext_lazy("Orders by the day they were placed, where they stand now, and how long it took."),
    (ORDER_PROCESS,),
    (BY_TIME, BY_CUSTOMER),
    (
        Column("orders", gettext_lazy("Orders"), "count", True),
        Column("waiting", gettext_lazy("Not exported"), "count", False),
        Column("exported", gettext_lazy("Exported"), "count"),
        Column("completed", gettext_lazy("Completed"), "count", True),
        Column("failed", gettext_lazy("Failed"), "count", False),
        Column("cancelled", gettext_lazy("Cancelled"), "count", False),
        Column("export_median", gettext_lazy("To export, half"), "hours", False),
        Column("export_slow", gettext_lazy("To export, 9 of 10"), "hours", False),
        Column("ship_median", gettext_lazy("To shipment, half"), "hours", False),
        Column("ship_slow", gettext_lazy("To shipment, 9 of 10"), "hours", False),
    ),
    read_handling,
    name_customers,
)

"""What became of requisitions, and how long it took from submitting to the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy

from placet.companies.permissions import PURCHASE_VIEW_ALL
from placet.orders.models import Order
from placet.orders.queries import find_cancelled_order
from placet.reports.groups import (
    BY_REQUESTER,
    BY_TIME,
    BY_UNIT,
    names_of_members,
    names_of_units,
)
from placet.reports.measures import grouped, key_of, lasted, part, read_ranks, within
from placet.reports.reach import within_units
from placet.reports.values import Ask, Column, Groups, Kind
from placet.requisitions.models import Requisition, Step

Status = Requisition.Status
OPEN: Final = (
    *(Status.PENDING, Status.CHANGES_REQUESTED, Status.APPROVED, Status.PLACEMENT_FAILED),
)


def read_outcomes(ask: Ask) -> Groups:
    """Requisitions by the day they were submitted last; three queries."""
    asked = Step.objects.filter(requisition=OuterRef("pk"))
    ordered = Order.objects.filter(requisition_id=OuterRef("pk")).values("placed_at")
    rows = grouped(
        Requisition.objects.filter(
            within_units(ask.actor, "unit__path"), **within("submitted_at", ask.days)
        ),
        ask,
        "submitted_at",
        unit=F("unit__path"),
        requester=F("requester_id"),
    ).annotate(was_asked=Exists(asked), was_cancelled=find_cancelled_order())
    times = read_ranks(
        rows.annotate(placed_at=ordered[:1]).annotate(took=lasted("submitted_at", "placed_at")),
        "took",
    )
    found = rows.values("by").annotate(
        submitted=Count("pk"),
        asked=Count("pk", filter=Q(was_asked=True)),
        ordered=Count("pk", filter=Q(status=Status.ORDERED, was_cancelled=False)),
        cancelled=Count("pk", filter=Q(status=Status.ORDERED, was_cancelled=True)),
        rejected=Count("pk", filter=Q(status=Status.REJECTED)),
        withdrawn=Count("pk", filter=Q(status=Status.WITHDRAWN)),
        expired=Count("pk", filter=Q(status=Status.EXPIRED)),
        open=Count("pk", filter=Q(status__in=OPEN)),
    )
    return {
        (key := key_of(row.pop("by"))): {
            **row,
            "asked_share": part(row["asked"], row["submitted"]),
            "median": times.get(key, [None, None])[0],
            "slow": times.get(key, [None, None])[1],
        }
        for row in found.order_by()
    }


def name_outcomes(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """The words of a grouping's keys."""
    if ask.by == BY_UNIT.key:
        return names_of_units(ask.actor.company_id, keys)
    return names_of_members(keys, "")


OUTCOMES: Final = Kind(
    "outcomes",
    "buyer",
    gettext_lazy("Outcomes"),
    gettext_lazy("Requisitions by the day they were submitted, and what became of them."),
    (PURCHASE_VIEW_ALL,),
    (BY_TIME, BY_UNIT, BY_REQUESTER),
    (
        Column("submitted", gettext_lazy("Submitted"), "count"),
        Column("asked_share", gettext_lazy("Needed somebody"), "share", False),
        Column("ordered", gettext_lazy("Ordered"), "count", True),
        Column("cancelled", gettext_lazy("Cancelled"), "count"),
        Column("open", gettext_lazy("Still open"), "count"),
        Column("rejected", gettext_lazy("Rejected"), "count", False),
        Column("withdrawn", gettext_lazy("Withdrawn"), "count"),
        Column("expired", gettext_lazy("Expired"), "count", False),
        Column("median", gettext_lazy("To the order, half"), "hours", False),
        Column("slow", gettext_lazy("To the order, 9 of 10"), "hours", False),
    ),
    read_outcomes,
    name_outcomes,
    is_in_currency=False,
)

"""Schedules together with what permissions, pages and the timetable read of them."""

from __future__ import annotations

from django.db.models import QuerySet

from placet.carts.models import Schedule


def with_people(rows: QuerySet[Schedule]) -> QuerySet[Schedule]:
    """The schedules with what permissions and pages read."""
    return rows.select_related(
        *("company", "unit", "owner__user", "owner__unit", "ship_to", "bill_to", "cost_center"),
        *("purchase_list__owner__user", "purchase_list__owner__unit", "purchase_list__unit"),
    )

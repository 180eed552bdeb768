"""What is kept for a while only: one table of rows and days. Nothing of the record is in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps

# Tables by name, since they belong to doors that stand beside the jobs; never an append-only one.
KEPT_DAYS = {
    "api.IdempotencyKey": 30,
    "calls.RequestLogEntry": 30,
    "imports.ImportFile": 30,
    "notices.Notice": 90,
    "runs.Run": 400,
    "webhooks.DeliveryAttempt": 30,
}
AT_ONCE = 500


def forget_old_rows(*, now: datetime) -> int:
    """Delete what is older than its table keeps, a part at a time; returns how many rows."""
    return sum(_forget(label, now - timedelta(days=days)) for label, days in KEPT_DAYS.items())


def _forget(label: str, before: datetime) -> int:
    rows = apps.get_model(label)._default_manager
    old = rows.filter(created_at__lt=before).order_by("created_at").values_list("pk", flat=True)
    return int(rows.filter(pk__in=list(old[:AT_ONCE])).delete()[0])

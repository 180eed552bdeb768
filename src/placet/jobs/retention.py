"""What is kept for a while only: one table of rows and days. Nothing of the record is in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from placet.core.transaction import transaction

# Tables by name, since they belong to doors that stand beside the jobs; never an append-only one.
KEPT_DAYS = {
    "api.IdempotencyKey": 30,
    "calls.RequestLogEntry": 30,
    "imports.ImportFile": 30,
    "notices.Notice": 90,
    "runs.Run": 400,
    "webhooks.DeliveryAttempt": 30,
}
DELIVERIES = "webhooks.Delivery"
# What has come to its end: the moment of its last attempt stands in the column of the next one.
ENDED = Q(status__in=("delivered", "failed"))
EVERY_ROW = Q()
AT_ONCE = 500


def forget_old_rows(*, now: datetime) -> int:
    """Delete what is older than its table keeps, a part at a time; returns how many rows."""
    forgotten = _forget(DELIVERIES, "next_attempt_at", _before(now, _delivery_days()), ENDED)
    for label, days in KEPT_DAYS.items():
        forgotten += _forget(label, "created_at", _before(now, days))
    return forgotten


def _delivery_days() -> int:
    days: int = settings.PLACET_DELIVERY_DAYS
    return days


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


@transaction
def _forget(label: str, column: str, before: datetime, which: Q = EVERY_ROW) -> int:
    """Counted are the rows themselves; what hangs on them goes with them.

    They are held while they go: one that is used again at this moment is none of them.
    """
    rows = apps.get_model(label)._default_manager
    old = rows.filter(which, **{f"{column}__lt": before}).order_by(column)
    found = list(old.select_for_update().values_list("pk", flat=True)[:AT_ONCE])
    rows.filter(pk__in=found).delete()
    return len(found)

"""One delivery as its page shows it: requests and answers laid out to be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from placet.webhooks.models import Delivery, DeliveryAttempt
from placet.webhooks.queries import list_attempts


class ShownAttempt(NamedTuple):
    """An attempt with its headers as lines and its answer laid out; ``is_ok`` for 2xx."""

    row: DeliveryAttempt
    is_ok: bool
    request: str
    answer: str


def show_attempts(delivery: Delivery) -> list[ShownAttempt]:
    """The attempts that are still kept, the latest first."""
    return [
        ShownAttempt(
            row,
            row.status is not None and 200 <= row.status < 300,
            _lines(row.request_headers),
            "\n\n".join(filter(None, (_lines(row.answer_headers), laid_out(row.answer)))),
        )
        for row in list_attempts([delivery])
    ]


def laid_out(text: str) -> str:
    """JSON in lines, and everything else as it came."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(found, indent=2, ensure_ascii=False)


def midnight(on: date | None) -> datetime | None:
    """The beginning of a day in the zone of whoever looks."""
    return timezone.make_aware(datetime.combine(on, datetime.min.time())) if on else None


def _lines(headers: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers.items())

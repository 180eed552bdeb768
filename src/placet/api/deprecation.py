"""What goes away: said in the description and with every answer, long before it happens.

A row here is the whole announcement: `deprecated` in the OpenAPI document, and the headers
``Deprecation`` (RFC 9745), ``Sunset`` (RFC 8594) and ``Link`` with every answer of the operation.
The policy stands in docs/api/versions-and-deprecation.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.http import HttpResponseBase
from django.utils.http import http_date


class Deprecation(NamedTuple):
    """Since when an operation is deprecated, when it goes, and where one reads what to use."""

    since_on: date
    sunset_on: date
    link: str


# By the operation's name. Nothing is deprecated so far.
DEPRECATED: Final[dict[str, Deprecation]] = {}


def announce(answer: HttpResponseBase, operation: str) -> None:
    """Tell whoever calls a deprecated operation that it is one."""
    found = DEPRECATED.get(operation)
    if found is None:
        return
    answer["Deprecation"] = f"@{_seconds(found.since_on)}"
    answer["Sunset"] = http_date(_seconds(found.sunset_on))
    link = f'<{found.link}>; rel="deprecation"; type="text/html"'
    others = answer.headers.get("Link")
    answer["Link"] = f"{others}, {link}" if others else link


def mark_deprecated(
    operation: dict[str, Any], known: Mapping[str, Deprecation] = DEPRECATED
) -> None:
    """Write it into the description of the operation."""
    found = known.get(operation["operationId"])
    if found is not None:
        operation["deprecated"] = True
        operation["x-sunset"] = found.sunset_on.isoformat()
        operation["externalDocs"] = {"url": found.link}


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time.min, tzinfo=ZoneInfo("UTC")).timestamp())

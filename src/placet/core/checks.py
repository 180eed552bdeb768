"""Start-up checks: an unsafe installation does not start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection


@register(Tags.security)
def refuse_unsafe_settings(**_: Any) -> list[CheckMessage]:
    """Debug, wildcard hosts, the default secret and "Try as" belong to no real installation."""
    found: list[CheckMessage] = []
    if not settings.PLACET_PRODUCTION:
        return found
    if settings.DEBUG:
        found.append(Error("DEBUG is on.", hint="Unset PLACET_DEBUG.", id="placet.E001"))
    if "*" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS:
        found.append(
            Error("Every host name is allowed.", hint="Set PLACET_HOSTS.", id="placet.E002")
        )
    if settings.SECRET_KEY == settings.PLACET_UNSAFE_SECRET or len(settings.SECRET_KEY) < 32:
        found.append(
            Error(
                "The secret key is the default or short.",
                hint="Set PLACET_SECRET.",
                id="placet.E003",
            )
        )
    if settings.PLACET_DEMO:
        found.append(
            Error(
                "The demo's sign-in without a password is on.",
                hint="Unset PLACET_DEMO; it is for a demo alone.",
                id="placet.E004",
            )
        )
    if not settings.PLACET_BASE_URL.startswith("https://"):
        found.append(
            Error(
                "Links would not be secure.",
                hint="Set PLACET_BASE_URL to https://…",
                id="placet.E005",
            )
        )
    if settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES:
        found.append(
            Error(
                "Webhooks may reach private addresses.",
                hint="Unset PLACET_WEBHOOK_PRIVATE_ADDRESSES.",
                id="placet.E007",
            )
        )
    return found


def refuse_to_start_unsafe() -> None:
    """End the process when an unsafe production installation would start, and say why."""
    found = refuse_unsafe_settings()
    if found:
        raise SystemExit("\n".join(f"{one.msg} {one.hint}" for one in found))


@register(Tags.database)
def refuse_unsafe_sqlite(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """SQLite must run with WAL, FULL and foreign keys, or a crash could lose a decision."""
    if not databases or connection.vendor != "sqlite":
        return []
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {pragma}")
            actual = cursor.fetchone()[0]
            if actual != wanted and actual != "memory":
                found.append(Error(f"SQLite runs with {pragma}={actual}.", id="placet.E006"))
    return found

"""One variable of the environment names the database, by an address; and the cache in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
CACHE_TABLE: Final[dict[str, Any]] = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "placet_cache",
    # Beyond it a third is forgotten in the order of its keys, sign-in lockouts first: with Django's
    # own 300 the permits of three keys would open them again.
    "OPTIONS": {"MAX_ENTRIES": 10_000},
}
"""What all processes share without Redis, and while it is away."""


def database_from_url(url: str) -> dict[str, Any]:
    """Django's settings of the database; raises ``ValueError`` for an address of another kind."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = Path(unquote(parts.path[1:]))
        path.parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": "-c lock_timeout=5000"},
        }
    raise ValueError("PLACET_DATABASE_URL must start with sqlite:/// or postgresql://")

"""What is logged: mistakes of ours with their traceback, refused hosts, our own facts; to stderr.

No personal data, and no token: the address of a decision or share link is cut before it is written.
"""

from __future__ import annotations

import logging
import re
from typing import Any

TOKEN = re.compile(
    r"((?:/|%2F)(?:d|s/guest|s)(?:/|%2F))(?!guest/|guest%2F)[^/\s%&?]+", re.IGNORECASE
)


class WithoutTokens(logging.Filter):
    """Replaces the token of a decision link in the message and its values."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; nothing is dropped."""
        record.msg = _cut(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_cut(value) for value in record.args)
        return True


def _cut(value: Any) -> Any:
    return TOKEN.sub(r"\1…", value) if isinstance(value, str) else value


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": WithoutTokens}},
    "formatters": {"line": {"format": "%(asctime)s [%(levelname)s] %(name)s %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens"],
        }
    },
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "placet": {"handlers": ["stderr"], "level": "WARNING", "propagate": True},
    },
}

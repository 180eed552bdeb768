"""What is logged: one line a fact, to stderr; JSON in a real installation. No personal data.

A line has the time, the level, who says it, what happened, and named facts: ids, kinds, counts. Of
an error it has its kind and its place in the code, never its text, its values or its statement:
those hold names, addresses and what people wrote. Other people's code is quoted by the fixed
beginning of its sentence at most; a request is named by its view, never by its address.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any, Final

import structlog
from django.http import HttpRequest

REQUEST: ContextVar[HttpRequest | None] = ContextVar("request_of_log", default=None)
"""The request that is being answered; ``operating.tracing`` sets it."""
FRAMES: Final = 4
HOME: Final = re.compile(r"^.*/(?:site-packages|src|lib/python3\.\d+)/")
VALUE: Final = re.compile(r"\s*[:=].*", re.DOTALL)
QUOTED: Final = ("django.security", "gunicorn.error")
"""Whose sentences begin with a fixed text, before a colon or an equals sign."""


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Everything of a record that may be written down."""
    facts: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event_of(record),
        **_request_of(record),
        **getattr(record, "facts", {}),
    }
    if record.exc_info and record.exc_info[1] is not None:
        facts.update(error_facts(record.exc_info[1]))
    return {key: found for key, found in facts.items() if found not in ("", None)}


def error_facts(error: BaseException) -> dict[str, Any]:
    """The kinds of an error and of what caused it, and where it came from; none of its words."""
    chain = list(_chain(error))
    frames = extract_tb(error.__traceback__)[-FRAMES:]
    states = [str(state) for one in chain if (state := getattr(one, "sqlstate", None))]
    return {
        "error": " < ".join(type(one).__name__ for one in chain),
        "sqlstate": states[-1] if states else "",
        "place": [f"{HOME.sub('', one.filename)}:{one.lineno} {one.name}" for one in frames],
    }


def _chain(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _event_of(record: logging.LogRecord) -> str:
    if record.name.startswith("placet"):
        return str(record.msg)
    if record.name == "django.request":
        return "request.failed"
    if record.name.startswith(QUOTED):
        return VALUE.sub("", str(record.msg).partition("%")[0])
    return f"{HOME.sub('', record.pathname)}:{record.lineno}"


def _request_of(record: logging.LogRecord) -> dict[str, Any]:
    request = REQUEST.get() or getattr(record, "request", None)
    facts: dict[str, Any] = {"request_id": getattr(record, "request_id", "")}
    if isinstance(request, HttpRequest):
        match = request.resolver_match
        facts["request_id"] = facts["request_id"] or getattr(request, "request_id", "")
        facts["view"] = match.view_name if match else ""
        facts["method"] = request.method if (request.method or "").isalpha() else ""
    facts["status"] = getattr(record, "status_code", None)
    return facts


class JsonLine(logging.Formatter):
    """One JSON object a line, for whatever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The facts, in the order in which they are read."""
        return json.dumps(facts_of(record), ensure_ascii=False, default=str)


class PlainLine(logging.Formatter):
    """The same facts for whoever looks at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, who, what; then the rest by name."""
        facts = facts_of(record)
        head = " ".join(str(facts.pop(key, "")) for key in ("at", "level", "logger", "event"))
        return " ".join([head, *(f"{key}={found}" for key, found in facts.items())])


def _as_record(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """Hand a line of structlog to the standard library: its event, and its facts by name."""
    said = event.pop("event", "")
    raised = event.pop("exc_info", None)
    return (said,), {"extra": {"facts": dict(event)}, "exc_info": raised}


def logging_of(*, is_production: bool) -> dict[str, Any]:
    """The set-up of the standard library; everything else that logs is heard from warnings on."""
    formatter = JsonLine if is_production else PlainLine
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # Refused requests are no mistake of ours; those of keys stand in the log of calls.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "placet": {"level": "INFO"},
        },
    }


structlog.configure(
    processors=[_as_record],
    wrapper_class=structlog.stdlib.BoundLogger,
    logger_factory=structlog.stdlib.LoggerFactory(),
)

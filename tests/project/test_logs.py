"""The log says what happened and where; whatever people typed, wrote or are called is not in it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, connection
from django.test import Client

from placet.companies.models import User
from placet.core import clock
from placet.jobs.skip import skip_outbox
from placet.jobs.sweep import sweep
from placet.project.logs import JsonLine, PlainLine, facts_of
from placet.webhooks.actions import add_endpoint
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.requisitions.road import DRESSING, fill_cart, submit

CANARY = "CANARY-7f3"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a real installation writes while the test runs."""
    said = io.StringIO()
    handler: Any = logging._handlers["stderr"]  # type: ignore[attr-defined]
    before, formatter = handler.setStream(said), handler.formatter
    handler.setFormatter(JsonLine())
    yield said
    handler.setStream(before)
    handler.setFormatter(formatter)


def facts_in(lines: io.StringIO) -> list[dict[str, Any]]:
    """Every line, each a JSON object; none holds the canary."""
    assert CANARY not in lines.getvalue()
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def raises(*_args: Any, **_kwargs: Any) -> Any:
    typed = f"{CANARY} in a local"
    raise ValueError(f"{typed} and in the words")


def record_of(name: str, message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "/x/src/y.py", 7, message, values, None)


@pytest.mark.parametrize(
    ("logger", "message", "value", "event"),
    [
        ("django.request", "Internal Server Error: %s", f"/c/{CANARY}/", "request.failed"),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{CANARY}'", None,
         "Invalid HTTP_HOST header"),
        ("gunicorn.error", f"Invalid request from ip={CANARY}", None, "Invalid request from ip"),
        ("gunicorn.error", "Booting worker with pid: %s", CANARY, "Booting worker with pid"),
        ("somebody.else", f"{CANARY} said so", None, "y.py:7"),
    ],
)  # fmt: skip
def test_others_are_quoted_by_the_fixed_beginning(
    logger: str, message: str, value: str | None, event: str
) -> None:
    record = record_of(logger, message, *([value] if value else []))
    assert facts_of(record)["event"] == event
    for written in (JsonLine().format(record), PlainLine().format(record)):
        assert CANARY not in written


def test_an_error_is_its_kinds_and_its_place(lines: io.StringIO) -> None:
    try:
        try:
            raises()
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError:
        logging.getLogger("placet.test").exception("test.failed")
    (said,) = facts_in(lines)
    assert said["event"] == "test.failed"
    assert said["error"] == "KeyError < ValueError"
    assert said["place"][-1].endswith("test_an_error_is_its_kinds_and_its_place")


def test_facts_of_structlog_arrive_by_name(lines: io.StringIO) -> None:
    structlog.get_logger("placet.test").warning("mail.late", mail_id="mal_1", tries=3)
    (said,) = facts_in(lines)
    assert (said["event"], said["mail_id"], said["tries"]) == ("mail.late", "mal_1", 3)
    assert said["level"] == "warning"


@pytest.mark.django_db
def test_a_statement_and_its_values_are_not_logged(lines: io.StringIO, cast: Cast) -> None:
    User.objects.filter(pk=cast.user["lena"]).update(email=CANARY)
    try:
        User.objects.filter(pk=cast.user["mei"]).update(email=CANARY)
    except IntegrityError:
        logging.getLogger("placet.test").exception("test.failed")
    (said,) = facts_in(lines)
    assert said["error"].startswith("IntegrityError")
    assert bool(said.get("sqlstate")) == (connection.vendor == "postgresql")


@pytest.mark.django_db
def test_a_page_that_fails_is_named_by_its_view(
    lines: io.StringIO, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.template.response.TemplateResponse.render", raises)
    client = Client(raise_request_exception=False)
    answer = client.get(f"/account/login/?next=/{CANARY}", headers={"User-Agent": CANARY})
    assert answer.status_code == 500
    (said,) = facts_in(lines)
    assert said["view"] == "account_login"
    assert said["request_id"] == answer.headers["X-Request-Id"]
    assert said["error"].startswith("ValueError")


@pytest.mark.django_db
def test_a_call_that_fails_has_the_id_of_its_answer(
    lines: io.StringIO, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = own_key_of(cast.lena)
    monkeypatch.setattr("placet.api.door._ask", raises)
    answer = caller.post("/carts", {"name": CANARY})
    assert answer.status == 500
    said = next(one for one in facts_in(lines) if one["event"] == "mistake")
    assert said["request_id"] == answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert caller.secret not in lines.getvalue()


@pytest.mark.django_db
def test_mails_and_webhooks_that_fail_name_nobody(
    lines: io.StringIO, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_outbox()
    User.objects.filter(pk=cast.user["rashid"]).update(
        name=CANARY, email=f"{CANARY}@meridian.example"
    )
    add_endpoint(f"http://127.0.0.1:49151/{CANARY}", event_types=[], actor=cast.mira, now=cast.now)

    def refuse(*_args: Any) -> Any:
        raise SMTPRecipientsRefused({CANARY: (450, CANARY.encode())})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    submit(fill_cart(cast, (DRESSING, 50), name=CANARY), actor=cast.lena, now=cast.now)
    for hours in (0, 1):
        sweep(now=cast.now, real_now=clock.real_now() + timedelta(hours=hours))
    monkeypatch.setattr("placet.notices.sending.render_mail", raises)
    sweep(now=cast.now, real_now=clock.real_now() + timedelta(hours=9))
    assert {"mail.unreadable"} <= {one["event"] for one in facts_in(lines)}


@pytest.mark.django_db
def test_a_job_that_fails_names_its_job(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    from placet.jobs.timetable import MINUTE, Entry

    sweep(now=cast.now, entries=[Entry("canary", raises, MINUTE, "inside")])
    (said,) = facts_in(lines)
    assert (said["event"], said["job"], said["error"]) == ("job.failed", "canary", "ValueError")

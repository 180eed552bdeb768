"""Sending the mails that are due: claim the row, send without a transaction, write it down.

A claim moves ``next_attempt_at`` forward by a guarded update, so two workers never send the same
attempt. A mail whose sending was cut off is sent again, under the same ``Message-ID``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import NamedTuple

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet

from placet.notices.letter import Dropped
from placet.notices.models import Mail
from placet.notices.rendering import render_mail

log = structlog.get_logger("placet.notices")

BATCH = 20
CLAIM_LASTS = timedelta(minutes=10)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long to wait after each failed attempt; after the last wait one more is made."""

LONGEST_ERROR = 400


class Failed(NamedTuple):
    """Why an attempt came to nothing; a permanent one is not repeated."""

    error: str
    is_permanent: bool = False


def send_mails(*, now: datetime) -> int:
    """Send the next mails that are due; returns how many were tried. ``now`` is real time."""
    claimed = [mail for mail in _due(now) if _claim(mail, now)]
    rendered = [(mail, message) for mail in claimed if (message := _rendered(mail, now))]
    if rendered:
        _send_all(rendered, now)
    return len(claimed)


def _due(now: datetime) -> list[Mail]:
    waiting = Mail.objects.filter(status=Mail.Status.WAITING, next_attempt_at__lte=now)
    return list(waiting.order_by("next_attempt_at", "id")[:BATCH])


def _claim(mail: Mail, now: datetime) -> bool:
    """Whether this worker has the attempt; the row then counts it and is due again later."""
    claimed = Mail.objects.filter(
        pk=mail.pk,
        status=Mail.Status.WAITING,
        attempts=mail.attempts,
        next_attempt_at=mail.next_attempt_at,
    ).update(attempts=F("attempts") + 1, next_attempt_at=now + CLAIM_LASTS)
    mail.attempts += 1
    mail.next_attempt_at = now + CLAIM_LASTS
    return claimed == 1


def _rendered(mail: Mail, now: datetime) -> EmailMultiAlternatives | None:
    """The message; a mail that says nothing true any more is dropped, a broken one fails alone."""
    try:
        return render_mail(mail)
    except Dropped as reason:
        _claimed(mail).update(status=Mail.Status.DROPPED, last_error=str(reason)[:LONGEST_ERROR])
    except Exception as error:
        log.error("mail.unreadable", mail_id=mail.pk, error=type(error).__name__)
        _settle_failure(mail, Failed(f"cannot be written: {type(error).__name__}"), now)
    return None


def _send_all(rendered: list[tuple[Mail, EmailMultiAlternatives]], now: datetime) -> None:
    """Send over one connection; when the server is gone, the rest waits for its next attempt."""
    connection = get_connection()
    trouble: Failed | None = None
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        trouble = Failed(f"no connection: {error}")
    try:
        for mail, message in rendered:
            failed = trouble or _send_one(connection, message)
            if failed is None:
                _settle_success(mail, message, now)
                continue
            _settle_failure(mail, failed, now)
            if failed.error.startswith("connection lost"):
                trouble = failed
    finally:
        _close(connection)


def _send_one(connection: BaseEmailBackend, message: EmailMultiAlternatives) -> Failed | None:
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _reply in error.recipients.values()]
        return Failed(f"refused: {codes}", is_permanent=all(code >= 500 for code in codes))
    except SMTPServerDisconnected as error:
        return Failed(f"connection lost: {error}")
    except SMTPException as error:
        return Failed(f"{type(error).__name__}: {error}")
    except OSError as error:
        return Failed(f"connection lost: {error}")
    except ValueError as error:
        return Failed(f"not a valid header: {error}", is_permanent=True)
    return None


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, SMTPException) as error:
        log.info("mail.close", error=type(error).__name__)


def _settle_success(mail: Mail, message: EmailMultiAlternatives, now: datetime) -> None:
    _claimed(mail).update(
        status=Mail.Status.SENT,
        sent_at=now,
        address=message.to[0],
        headline=message.subject[:250],
        last_error="",
    )


def _settle_failure(mail: Mail, failed: Failed, now: datetime) -> None:
    is_last = failed.is_permanent or mail.attempts > len(WAITS)
    _claimed(mail).update(
        status=Mail.Status.FAILED if is_last else Mail.Status.WAITING,
        next_attempt_at=now if is_last else now + WAITS[mail.attempts - 1],
        last_error=failed.error[:LONGEST_ERROR],
    )


def _claimed(mail: Mail) -> QuerySet[Mail]:
    """The row, unless it has moved on since it was claimed."""
    return Mail.objects.filter(
        pk=mail.pk,
        status=Mail.Status.WAITING,
        attempts=mail.attempts,
        next_attempt_at=mail.next_attempt_at,
    )

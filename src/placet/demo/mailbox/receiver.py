"""Receives the mails that Placet sends, over real SMTP, and keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from django.db import close_old_connections

from placet.core.clock import real_now
from placet.demo.models import ReceivedMail

LONGEST_SUBJECT = 400
LONGEST_MAIL = 2_000_000
BYTES = "latin-1"
"""Every byte is one letter of this alphabet, so a mail in any other is kept unchanged."""


class Keeper:
    """Keeps one row for each recipient of a mail."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Called by aiosmtpd for each mail."""
        await asyncio.to_thread(keep_mail, envelope.content, list(envelope.rcpt_tos))
        return "250 OK"


def keep_mail(content: bytes, recipients: list[str]) -> None:
    """Write down a mail as it was received."""
    close_old_connections()
    subject = str(message_from_bytes(content, policy=policy.default)["subject"] or "")
    try:
        ReceivedMail.objects.bulk_create(
            ReceivedMail(
                received_at=real_now(),
                recipient=recipient.lower()[:254],
                subject=subject[:LONGEST_SUBJECT],
                raw=content.replace(b"\0", b"").decode(BYTES),
            )
            for recipient in recipients
        )
    finally:
        close_old_connections()


@contextmanager
def receiving_mail(port: int) -> Iterator[None]:
    """A mail server on this machine, for as long as the block lasts."""
    controller = Controller(Keeper(), hostname="127.0.0.1", port=port, data_size_limit=LONGEST_MAIL)
    controller.start()
    try:
        yield
    finally:
        controller.stop()

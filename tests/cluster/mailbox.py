"""A mail server of the tests that keeps the Message-ID of what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from tools.throwaway_postgres import choose_free_port


@dataclass
class Mailbox:
    """What arrived, in order."""

    port: int = 0
    ids: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the id of one mail."""
        self.ids.append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 taken"


@contextmanager
def receiving() -> Iterator[Mailbox]:
    """A mailbox on a free port of this machine."""
    mailbox = Mailbox(port=choose_free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()

"""Received mails as people read them: headers, the plain text, the page that was sent with it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from placet.demo.mailbox.receiver import BYTES
from placet.demo.models import ReceivedMail

BASE = '<base target="_top">'


class ReadMail(NamedTuple):
    """A mail; ``html`` is empty where it came as plain text alone."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str


def read_mail(mail: ReceivedMail) -> ReadMail:
    """Take a received mail apart."""
    message = message_from_bytes(mail.raw.encode(BYTES), policy=policy.default)
    return ReadMail(
        sender=str(message["from"] or ""),
        recipient=mail.recipient,
        subject=mail.subject,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def framed(html: str) -> str:
    """The page of a mail for a frame: its links open in the whole window."""
    return html.replace("<head>", f"<head>{BASE}", 1) if "<head>" in html else f"{BASE}{html}"


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body(preferencelist=(subtype,))
    return str(part.get_content()) if part is not None else ""

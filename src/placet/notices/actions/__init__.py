"""What people do with mails, with the lines below the bell, and with what they want to hear of."""

from placet.notices.actions.choose_notifications import choose_notifications, stop_digest
from placet.notices.actions.read_notices import read_all_notices, read_notice
from placet.notices.actions.retry_mail import MailState, retry_mail
from placet.notices.actions.word_letters import (
    LetterChanged,
    reset_letter,
    try_letter,
    word_letter,
)

__all__ = [
    "LetterChanged",
    "MailState",
    "choose_notifications",
    "read_all_notices",
    "read_notice",
    "reset_letter",
    "retry_mail",
    "stop_digest",
    "try_letter",
    "word_letter",
]

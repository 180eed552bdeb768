"""The merchant words a letter, takes its own words back, or sends itself one to look at."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, NotFound
from placet.core.transaction import transaction
from placet.events.record import record
from placet.notices.models import MailTemplate
from placet.notices.permissions import can_word_letters
from placet.notices.wordings import check_language, check_words, get_wording, subject_of


class LetterChanged(Conflict):
    """Somebody else worded the letter meanwhile."""

    code = "letter_changed"


@transaction
def word_letter(
    letter: str,
    *,
    language: str,
    subject: str,
    body: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> MailTemplate:
    """Give a letter the merchant's own subject and introduction in one language.

    ``version`` is that of the words that were seen, 0 where there were none. Raises ``Forbidden``,
    ``NotFound``, ``InvalidInput`` and ``LetterChanged``.
    """
    refuse(can_word_letters(actor))
    get_wording(letter)
    check_language(language)
    hold_actor(actor)
    subject, body = check_words(letter, subject, body)
    words = {"subject": subject, "body": body, "changed_by_id": actor.member_id, "changed_at": now}
    found = MailTemplate.objects.select_for_update().filter(letter=letter, language=language)
    template = found.first()
    if (template.version if template else 0) != version:
        raise LetterChanged(_("Somebody else worded this letter meanwhile. Look at it again."))
    if template is None:
        template = MailTemplate.objects.create(
            created_at=now, letter=letter, language=language, **words
        )
    else:
        found.update(**words, version=version + 1)
        template.refresh_from_db()
    record(
        "mail_template.changed",
        subject_of(letter, language),
        actor=actor,
        now=now,
        private={"subject": subject, "body": body},
        letter=letter,
        language=language,
    )
    return template


@transaction
def reset_letter(letter: str, *, language: str, version: int, actor: Actor, now: datetime) -> None:
    """Take the merchant's own words back: the product's hold again.

    Raises ``Forbidden``, ``NotFound`` where there are none, and ``LetterChanged``.
    """
    refuse(can_word_letters(actor))
    hold_actor(actor)
    found = MailTemplate.objects.select_for_update().filter(letter=letter, language=language)
    template = found.first()
    if template is None:
        raise NotFound(_("This letter has the product’s own words."))
    if template.version != version:
        raise LetterChanged(_("Somebody else worded this letter meanwhile. Look at it again."))
    found.delete()
    record(
        "mail_template.reset",
        subject_of(letter, language),
        actor=actor,
        now=now,
        letter=letter,
        language=language,
    )


@transaction
def try_letter(letter: str, *, language: str, actor: Actor, now: datetime) -> None:
    """Send the letter, with example facts and the words that are kept, to oneself.

    Raises ``Forbidden`` and ``NotFound``.
    """
    refuse(can_word_letters(actor))
    get_wording(letter)
    check_language(language)
    hold_actor(actor)
    record(
        "mail_template.tried",
        subject_of(letter, language),
        actor=actor,
        now=now,
        letter=letter,
        language=language,
        member=actor.member_id,
    )

"""The letters with their words, and one of them with its preview."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from placet.companies.models import Member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.events.models import Event
from placet.notices.models import MailTemplate
from placet.notices.permissions import can_word_letters
from placet.notices.placeholders import PLACEHOLDERS, Placeholder, Wording
from placet.notices.rendering import Typeset, Words, typeset
from placet.notices.samples import sample_letter
from placet.notices.worded import FIXED, WORDINGS, Fixed
from placet.notices.wordings import (
    check_language,
    check_words,
    get_wording,
    subject_of,
    usual_subject,
)

MOST_CHANGES = 10


class LetterCell(NamedTuple):
    """A letter in one language: the subject that holds, and whose it is."""

    language: str
    subject: str
    is_own: bool


class LetterRow(NamedTuple):
    """A letter in all languages."""

    key: str
    title: str | Promise
    cells: list[LetterCell]


class Change(NamedTuple):
    """That somebody worded the letter, or took its words back."""

    event: Event
    who: str


class LetterPage(NamedTuple):
    """One letter in one language."""

    key: str
    wording: Wording
    language: str
    languages: list[tuple[str, str]]
    kept: MailTemplate | None
    placeholders: list[tuple[str, Placeholder]]
    changes: list[Change]


def list_letters(actor: Actor) -> list[LetterRow]:
    """All letters that can be worded; one query. Raises ``Forbidden``."""
    refuse(can_word_letters(actor))
    kept = {(one.letter, one.language): one for one in MailTemplate.objects.all()}
    return [
        LetterRow(
            key,
            wording.title,
            [_cell(key, code, kept.get((key, code))) for code, _name in settings.LANGUAGES],
        )
        for key, wording in WORDINGS.items()
    ]


def list_fixed(actor: Actor) -> list[Fixed]:
    """The letters that nobody words, each with the reason. Raises ``Forbidden``."""
    refuse(can_word_letters(actor))
    return list(FIXED.values())


def _cell(letter: str, language: str, kept: MailTemplate | None) -> LetterCell:
    subject = kept.subject if kept else usual_subject(letter, language)
    return LetterCell(language, subject, kept is not None)


def read_letter(actor: Actor, letter: str, language: str) -> LetterPage:
    """One letter; raises ``Forbidden`` and ``NotFound``."""
    refuse(can_word_letters(actor))
    wording = get_wording(letter)
    return LetterPage(
        letter,
        wording,
        check_language(language),
        list(settings.LANGUAGES),
        MailTemplate.objects.filter(letter=letter, language=language).first(),
        [
            *((name, PLACEHOLDERS[name]) for name in wording.placeholders),
            _own_subject(letter, language),
        ],
        _changes(actor, letter, language),
    )


def _own_subject(letter: str, language: str) -> tuple[str, Placeholder]:
    """The placeholder for the letter's own subject, with the example's as its sample."""
    name = "usual_subject"
    with translation.override(language):
        return name, PLACEHOLDERS[name]._replace(sample=sample_letter(letter, language).subject)


def _changes(actor: Actor, letter: str, language: str) -> list[Change]:
    events = list(
        Event.objects.filter(
            company_id=actor.company_id,
            subject=subject_of(letter, language),
            type__in=("mail_template.changed", "mail_template.reset"),
        ).order_by("-seq")[:MOST_CHANGES]
    )
    people = dict(
        Member.objects.filter(pk__in={one.actor_member for one in events}).values_list(
            "pk", "user__name"
        )
    )
    return [Change(one, people.get(one.actor_member, "")) for one in events]


def preview(letter: str, language: str, subject: str, body: str) -> Typeset:
    """The letter about an example purchase with these words; with the product's where these
    cannot be kept."""
    try:
        subject, body = check_words(letter, subject, body)
        words: Words | None = Words(letter, subject, body)
    except InvalidInput:
        words = None
    with translation.override(language):
        return typeset(sample_letter(letter, language), language, words)

"""Checking and filling in the merchant's own words of letters.

A letter's own sentence, its button, its reasons and its foot always stay: what is worded is the
subject, and an introduction above the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput, NotFound
from placet.notices.placeholders import PLACEHOLDERS, Wording
from placet.notices.worded import WORDINGS

LONGEST_SUBJECT: Final = 150
LONGEST_BODY: Final = 1_000
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
WRITER_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
TAG: Final = re.compile(r"<\s*[/!?a-zA-Z]")
ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|\bwww\.\S+|\bjavascript:\S*", re.I)


def get_wording(letter: str) -> Wording:
    """One of the letters; raises ``NotFound`` for those that are the product's own."""
    if letter not in WORDINGS:
        raise NotFound(_("There is no such letter, or its words are fixed."))
    return WORDINGS[letter]


def check_language(language: str) -> str:
    """A language that mails are written in; raises ``NotFound`` for others."""
    if language not in dict(settings.LANGUAGES):
        raise NotFound(_("Mails are not written in this language."))
    return language


def subject_of(letter: str, language: str) -> str:
    """What events about the words of a letter are about; it stays when the words go."""
    return f"{letter}/{language}"


def usual_subject(letter: str, language: str) -> str:
    """The product's own subject, with placeholders in braces; one of them, where it has several."""
    wording = get_wording(letter)
    with translation.override(language):
        text = _(wording.subject)
    return WRITER_PLACEHOLDER.sub(
        lambda found: "{" + wording.said.get(found[1], found[1]) + "}", text
    )


def first_subject(letter: str, language: str) -> str:
    """What a form begins with: words of one case must not stand above the others."""
    if get_wording(letter).is_one_of_several:
        return "{usual_subject}"
    return usual_subject(letter, language)


def check_words(letter: str, subject: str, body: str) -> tuple[str, str]:
    """Both texts as they are kept; raises ``InvalidInput`` at the one that cannot be."""
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    if not subject:
        raise InvalidInput("subject", "required", _("A mail has a subject."))
    if "\n" in subject or "\r" in subject:
        raise InvalidInput("subject", "one_line", _("A subject is one line."))
    for path, text, longest in (
        ("subject", subject, LONGEST_SUBJECT),
        ("body", body, LONGEST_BODY),
    ):
        _check_text(path, text, longest)
        _check_placeholders(path, text, get_wording(letter).known)
    return subject, body


def _check_text(path: str, text: str, longest: int) -> None:
    if len(text) > longest:
        said = _("At most %(n)d characters, please.") % {"n": longest}
        raise InvalidInput(path, "too_long", said)
    if any((ord(sign) < 32 and sign != "\n") or ord(sign) == 127 for sign in text):
        raise InvalidInput(path, "characters", _("Use letters, digits and signs only."))
    if TAG.search(text):
        raise InvalidInput(path, "markup", _("Plain text, please: the mail sets it in type."))
    for found in ADDRESS.finditer(text):
        if not _is_ours(found[0]):
            raise InvalidInput(
                path, "foreign_link", _("Only links to this installation may stand in a mail.")
            )


def _is_ours(address: str) -> bool:
    base = settings.PLACET_BASE_URL.rstrip("/")
    return address == base or address.startswith(f"{base}/")


def _check_placeholders(path: str, text: str, known: tuple[str, ...]) -> None:
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in known]
    if unknown:
        said = _("“{%(name)s}” is not known here. There are: %(known)s.") % {
            "name": unknown[0][:40],
            "known": ", ".join(f"{{{name}}}" for name in known),
        }
        raise InvalidInput(path, "unknown_placeholder", said)
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        said = _("A brace is left over: placeholders are written {like_this}.")
        raise InvalidInput(path, "brace", said)


def fill_in(letter: str, text: str, facts: Mapping[str, object]) -> str:
    """The text with what its placeholders stand for; what the letter does not say is left out.

    Values are put in once and never read again: braces in somebody's text stay braces.
    """
    known = WORDINGS[letter].known

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return str(facts.get(PLACEHOLDERS[name].fact) or "") if name in known else found[0]

    return PLACEHOLDER.sub(value, text)

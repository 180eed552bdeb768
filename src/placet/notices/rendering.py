"""From a row to a message: read as the recipient, in their language, as text and as HTML."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from placet.companies.models import Member
from placet.companies.queries import get_actor
from placet.companies.store import list_contact_lines
from placet.core.errors import Forbidden, NotFound
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.letters import WRITERS
from placet.notices.letters.application import stranger_of
from placet.notices.letters.guest import guest_of
from placet.notices.models import Mail, MailTemplate
from placet.notices.worded import WORDINGS
from placet.notices.wordings import fill_in
from placet.notices.words import header_text, line_text, quoted_text

# The style sheet of the mail is ours and stands in the template; nothing is fetched.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


# Texts of people, which may have lines; every other fact is one line, whatever somebody typed.
PEOPLE_WROTE = ("justification", "reason", "text", "note")


class Words(NamedTuple):
    """The merchant's own subject and introduction of a letter."""

    letter: str
    subject: str
    body: str


class Typeset(NamedTuple):
    """A letter set in type."""

    subject: str
    text: str
    html: str


def render_mail(mail: Mail) -> EmailMultiAlternatives:
    """The message of a row as it is true now; raises ``Dropped`` when it is no longer.

    The same row always has the same ``Message-ID``: sent again, it is the same mail.
    """
    recipient = recipient_of(mail)
    with translation.override(recipient.language):
        letter = WRITERS[mail.kind](mail, recipient)
    language = letter.language or recipient.language
    words = find_words(letter.wording or mail.kind, language)
    with translation.override(language):
        return _message(mail, letter, recipient, typeset(letter, language, words))


def message_id(mail: Mail) -> str:
    """The ``Message-ID`` of a row."""
    return f"<{mail.pk}@{urlsplit(settings.PLACET_BASE_URL).hostname}>"


def recipient_of(mail: Mail) -> Recipient:
    """The reader of a mail as they may act now; raises ``Dropped`` when they may not any more."""
    if not mail.member_id:
        return guest_of(mail) if mail.kind == "confirm_guest" else stranger_of(mail)
    member = Member.objects.filter(pk=mail.member_id).select_related("user", "company").first()
    if member is None:
        raise Dropped("there is no such member")
    try:
        actor = get_actor(user_id=member.user_id, company_slug=member.company.slug, channel="mail")
    except (NotFound, Forbidden) as error:
        raise Dropped("the member may not act any more") from error
    return Recipient(actor=actor, address=member.user.email)


def find_words(letter: str, language: str) -> Words | None:
    """The merchant's own words of a letter; nothing where it has the product's."""
    if letter not in WORDINGS:
        return None
    found = MailTemplate.objects.filter(letter=letter, language=language).first()
    return Words(letter, found.subject, found.body) if found else None


def typeset(letter: Letter, language: str, words: Words | None) -> Typeset:
    """A letter as text and as HTML, in the language that is active.

    The merchant's words are a subject and an introduction: everything else always stays.
    """
    facts = {
        **{name: _one_line(name, fact) for name, fact in letter.facts.items()},
        "subject": letter.subject,
        "usual_subject": letter.subject,
        "button_url": letter.button_url,
        "language": language,
        "contact": list_contact_lines(),
    }
    if words is not None:
        facts["subject"] = header_text(fill_in(words.letter, words.subject, facts))
        facts["intro"] = fill_in(words.letter, words.body, facts)
    quoted = {name: quoted_text(facts[name]) for name in PEOPLE_WROTE if name in facts}
    text = render_to_string(f"notices/{letter.template}.txt", {**facts, **quoted}).strip() + "\n"
    html = render_to_string(f"notices/{letter.template}.html", facts)
    return Typeset(str(facts["subject"]), text, INLINER.inline(html))


def _message(
    mail: Mail, letter: Letter, recipient: Recipient, set_in_type: Typeset
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=set_in_type.subject,
        body=set_in_type.text,
        to=[recipient.address],
        headers={
            "Message-ID": message_id(mail),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **letter.headers,
        },
    )
    message.attach_alternative(set_in_type.html, "text/html")
    return message


def _one_line(name: str, fact: Any) -> Any:
    return line_text(fact) if isinstance(fact, str) and name not in PEOPLE_WROTE else fact

"""Which letters the merchant may word itself, and the placeholders of each: closed lists.

A letter's own sentence, its button, its reasons and its foot always stay: what is worded is the
subject, and an introduction above the sentence. Letters between colleagues are the product's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from placet.core.errors import InvalidInput, NotFound

LONGEST_SUBJECT: Final = 150
LONGEST_BODY: Final = 1_000
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
WRITER_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
TAG: Final = re.compile(r"<\s*[/!?a-zA-Z]")
ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|\bwww\.\S+|\bjavascript:\S*", re.I)


class Placeholder(NamedTuple):
    """A word in braces: the fact of a letter that it stands for, and an example."""

    fact: str
    label: str | Promise
    sample: str


PLACEHOLDERS: Final[Mapping[str, Placeholder]] = {
    "purchase_name": Placeholder("purchase", gettext_lazy("Name of the purchase"), "ICU-4 week 48"),
    "amount": Placeholder("amount", gettext_lazy("Amount"), "3,240.00\N{NO-BREAK SPACE}EUR"),
    "requisition_number": Placeholder("number", gettext_lazy("Requisition number"), "REQ-2048"),
    "order_number": Placeholder("order", gettext_lazy("Order number"), "ORD-10207"),
    "erp_number": Placeholder("erp_number", gettext_lazy("Your own number"), "SO-471120"),
    "po_number": Placeholder("po_number", gettext_lazy("PO number"), "PR-88121"),
    "supplier": Placeholder("merchant", gettext_lazy("Name of your store"), "Norden Supply"),
    "company": Placeholder("company", gettext_lazy("The reader’s company"), "Meridian Health"),
    "requester": Placeholder("requester", gettext_lazy("Who asks"), "Lena Vogt"),
    "person": Placeholder("person", gettext_lazy("Who decided"), "Rashid Haddad"),
    "due": Placeholder("due", gettext_lazy("When an answer is due"), "Wed 26 Nov, 12:00"),
    "quote_name": Placeholder("name", gettext_lazy("Name of the quote"), "Gloves for the year"),
    "quote_number": Placeholder("number", gettext_lazy("Number of the quote"), "QTE-104"),
    "other_side": Placeholder("other", gettext_lazy("The other side"), "Norden Supply"),
    "host": Placeholder("host", gettext_lazy("Who invites"), "Ines Carvalho"),
    "list_name": Placeholder("list", gettext_lazy("Name of the list"), "Weekly consumables"),
}

_ASKING: Final = (
    *("requester", "amount", "purchase_name", "requisition_number", "po_number"),
    *("supplier", "company", "due"),
)
_ORDER: Final = (
    *("purchase_name", "amount", "order_number", "requisition_number", "po_number"),
    *("supplier", "company"),
)
_ANSWERED: Final = (
    *("person", "purchase_name", "amount", "requisition_number", "po_number", "company"),
)
_QUOTE: Final = ("other_side", "quote_name", "quote_number", "company")


class Wording(NamedTuple):
    """A letter that can be worded; ``subject`` is the writer's own, the same words to translate.

    ``said`` maps the names in it to placeholders, where they differ.
    """

    title: str | Promise
    subject: str
    placeholders: tuple[str, ...]
    said: Mapping[str, str] = {}


def _purchase(**more: str) -> Mapping[str, str]:
    return {"purchase": "purchase_name", **more}


WORDINGS: Final[Mapping[str, Wording]] = {
    "decide": Wording(
        gettext_lazy("Somebody is asked to decide"),
        gettext_noop("%(person)s asks you for %(amount)s: %(purchase)s"),
        _ASKING,
        _purchase(person="requester"),
    ),
    "reminder": Wording(
        gettext_lazy("An answer is missing"),
        gettext_noop("Your answer is still missing: %(purchase)s, %(amount)s"),
        _ASKING,
        _purchase(),
    ),
    "escalated": Wording(
        gettext_lazy("It was passed up"),
        gettext_noop("Nobody answered in time, so you are asked: %(purchase)s, %(amount)s"),
        _ASKING,
        _purchase(),
    ),
    "changes_requested": Wording(
        gettext_lazy("Changes are requested"),
        gettext_noop("%(person)s asks for changes: %(purchase)s"),
        _ANSWERED,
        _purchase(),
    ),
    "rejected": Wording(
        gettext_lazy("A purchase is rejected"),
        gettext_noop("%(person)s rejected %(purchase)s"),
        _ANSWERED,
        _purchase(),
    ),
    "expired": Wording(
        gettext_lazy("A purchase has expired"),
        gettext_noop("Nobody decided in time: %(purchase)s, %(amount)s"),
        ("purchase_name", "amount", "requisition_number", "po_number", "company"),
        _purchase(),
    ),
    "placement_failed": Wording(
        gettext_lazy("Approved, and not ordered"),
        gettext_noop("Approved, but not ordered yet: %(purchase)s"),
        ("purchase_name", "amount", "requisition_number", "po_number", "supplier", "company"),
        _purchase(),
    ),
    "ordered": Wording(
        gettext_lazy("A purchase is ordered"),
        gettext_noop("Ordered for %(amount)s: %(purchase)s"),
        _ORDER,
        _purchase(),
    ),
    "payment_due": Wording(
        gettext_lazy("An order is to be paid"),
        gettext_noop("Approved, and to be paid: %(amount)s for %(purchase)s"),
        _ORDER,
        _purchase(),
    ),
    "paid": Wording(
        gettext_lazy("An order is paid"),
        gettext_noop("Paid: %(amount)s for %(purchase)s"),
        _ORDER,
        _purchase(),
    ),
    "acknowledged": Wording(
        gettext_lazy("You have taken an order over"),
        gettext_noop("%(merchant)s has taken your order over as %(number)s: %(purchase)s"),
        (*_ORDER, "erp_number"),
        _purchase(merchant="supplier", number="erp_number"),
    ),
    "cancelled": Wording(
        gettext_lazy("An order is cancelled"),
        gettext_noop("Cancelled: %(purchase)s for %(amount)s"),
        _ORDER,
        _purchase(),
    ),
    "quote_said": Wording(
        gettext_lazy("An offer, or a request for one"),
        gettext_noop("An offer of %(who)s: %(name)s"),
        _QUOTE,
        {"who": "other_side", "name": "quote_name"},
    ),
    "quote_over": Wording(
        gettext_lazy("A quote is over"),
        gettext_noop("The offer of %(who)s has ended: %(name)s"),
        _QUOTE,
        {"who": "other_side", "name": "quote_name"},
    ),
    "schedule_due": Wording(
        gettext_lazy("A list is due"),
        gettext_noop("“%(list)s” is due"),
        ("list_name", "company"),
        {"list": "list_name"},
    ),
    "invited": Wording(
        gettext_lazy("Somebody is invited"),
        gettext_noop("%(person)s invites you to %(company)s"),
        ("host", "company", "supplier"),
        {"person": "host"},
    ),
    "declined": Wording(
        gettext_lazy("An application is declined"),
        gettext_noop("Your application at %(merchant)s"),
        ("supplier", "company"),
        {"merchant": "supplier"},
    ),
}


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
    """The product's own subject, with placeholders in braces."""
    wording = get_wording(letter)
    with translation.override(language):
        text = _(wording.subject)
    return WRITER_PLACEHOLDER.sub(
        lambda found: "{" + wording.said.get(found[1], found[1]) + "}", text
    )


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
        _check_placeholders(path, text, get_wording(letter).placeholders)
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
    known = WORDINGS[letter].placeholders

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return str(facts.get(PLACEHOLDERS[name].fact) or "") if name in known else found[0]

    return PLACEHOLDER.sub(value, text)

"""A letter that the merchant sends to itself, to look at its own words."""

from __future__ import annotations

from placet.core.errors import NotFound
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.samples import sample_letter
from placet.notices.wordings import check_language


def write_sample(mail: Mail, recipient: Recipient) -> Letter:
    """The letter and the language that the row names, about a purchase that does not exist."""
    letter, _slash, language = mail.subject_ref.partition("/")
    try:
        return sample_letter(letter, check_language(language))
    except NotFound as error:
        raise Dropped("there is no such letter") from error

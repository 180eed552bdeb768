"""*Norden Supply asks to keep your rules*, for whoever manages the company and answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.notices.addresses import rules_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import get_rulebook


def write_keeping_asked(mail: Mail, recipient: Recipient) -> Letter:
    """Tell whoever answers; dropped when it was answered or taken back meanwhile."""
    try:
        rulebook = get_rulebook(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the rules are outside the reach of this person") from error
    if not rulebook.asked_keeper:
        raise Dropped("the question was answered meanwhile")
    merchant = get_merchant().name
    return Letter(
        subject=header_text(_("%(merchant)s asks to keep your rules") % {"merchant": merchant}),
        template="keeping_asked",
        button_url=rules_url(recipient.actor.company_slug),
        facts={
            "merchant": merchant,
            "company": recipient.actor.company_name,
            "is_with_us": rulebook.asked_keeper == Rulebook.KeptBy.BOTH,
            "reason": rulebook.asked_reason,
        },
    )

"""*Norden Supply asks to keep your rules*, for whoever answers; and the answer, for who asked."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.companies.queries import get_merchant, list_companies
from placet.core.errors import NotFound
from placet.events.models import Event
from placet.notices.addresses import customer_approvers_url, rules_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_ask_to_keep
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


def write_keeping_answered(mail: Mail, recipient: Recipient) -> Letter:
    """Tell who asked what the customer said; dropped once it was asked again or handed back."""
    rulebook = Rulebook.objects.select_related("company").get(pk=mail.subject_ref)
    sees = list_companies(recipient.actor).filter(pk=rulebook.company_id).exists()
    if not sees or can_ask_to_keep(recipient.actor, rulebook) is not None:
        raise Dropped("the rules are outside the reach of this person")
    event = Event.objects.get(pk=mail.event_id)
    said = json.loads(event.payload)
    if rulebook.asked_keeper or rulebook.kept_by != said["kept_by"]:
        raise Dropped("it is kept in another way since")
    customer = rulebook.company.name
    subject = (
        _("%(customer)s lets you keep its rules")
        if said["accepted"]
        else _("%(customer)s has said no: who keeps its rules stays as it is")
    )
    answered = Member.objects.filter(pk=event.actor_member).select_related("user").first()
    return Letter(
        subject=header_text(subject % {"customer": customer}),
        template="keeping_answered",
        button_url=customer_approvers_url(recipient.actor.company_slug, rulebook.company_id),
        facts={
            "customer": customer,
            "company": recipient.actor.company_name,
            "person": answered.user.name if answered else "",
            "is_accepted": said["accepted"],
            "is_with_us": rulebook.kept_by == Rulebook.KeptBy.BOTH,
        },
    )

"""Who may look at the mails of a company, and send one again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.companies.permissions import AUDIT_VIEW, COMPANY_MANAGE, WEBHOOK_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor


def can_view_mails(actor: Actor) -> Refusal | None:
    """Auditors see what was told to whom; who manages webhooks sees what did not leave."""
    if actor.holds(WEBHOOK_MANAGE):
        return None
    return can_do(actor, AUDIT_VIEW)


def can_retry_mail(actor: Actor) -> Refusal | None:
    """Sending again belongs to those who manage what leaves."""
    return can_do(actor, WEBHOOK_MANAGE)


def can_word_letters(actor: Actor) -> Refusal | None:
    """The words of mails are the store's: whoever manages it writes them."""
    if not actor.is_merchant:
        return Refusal("merchant_only", _("Only the supplier words the mails."))
    return can_do(actor, COMPANY_MANAGE)


def can_choose_notifications(actor: Actor, member: Member) -> Refusal | None:
    """Everybody chooses for themselves; a key of the company is nobody."""
    if not actor.member_id or actor.member_id != member.pk:
        return Refusal("own_only", _("Everybody chooses for themselves what they are told."))
    return None

"""*The API key ERP, production ends soon*: programs that use it are refused from then on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.ending_keys import ROTATED
from placet.companies.models import ApiKey
from placet.companies.permissions import KEY_MANAGE
from placet.core.formats import instant_text
from placet.events.models import Event
from placet.notices.addresses import keys_url, own_keys_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text


def write_key_ending(mail: Mail, recipient: Recipient) -> Letter:
    """Say when a key ends and whether it is used; dropped when it was revoked, or ends no more."""
    actor = recipient.actor
    key = ApiKey.objects.filter(pk=mail.subject_ref, company_id=actor.company_id).first()
    if key is None or (key.member_id and key.member_id != actor.member_id):
        raise Dropped("there is no such key for this person")
    if key.revoked_at is not None or key.expires_at is None:
        raise Dropped("the key was revoked, or does not end")
    language, zone = recipient.language, recipient.time_zone
    used = key.last_used_at
    return Letter(
        subject=header_text(_("The API key %(key)s ends soon") % {"key": key.name}),
        template="key_ending",
        button_url=(own_keys_url if key.member_id else keys_url)(actor.company_slug),
        facts={
            "key": key.name,
            "key_hint": key.hint,
            "key_ends": instant_text(key.expires_at, language, zone),
            "key_used": instant_text(used, language, zone) if used else "",
            "is_replaced": Event.objects.filter(subject=key.pk, type=ROTATED).exists(),
            "is_own_key": bool(key.member_id),
            "may_rotate": actor.holds(KEY_MANAGE),
            "company": actor.company_name,
        },
    )

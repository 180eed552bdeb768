"""*Is this your address?* for somebody outside who would like to comment through a link."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.links import name_of_thing
from placet.carts.models import LinkGuest
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.notices.addresses import guest_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text


def write_confirm_guest(mail: Mail, recipient: Recipient) -> Letter:
    """Ask whether the address is theirs; dropped once this mail or a later one has confirmed it."""
    guest = _guest(mail)
    if guest is None or guest.used_number >= guest.mail_number:
        raise Dropped("the address was confirmed meanwhile")
    name = name_of_thing(guest.link)
    return Letter(
        subject=header_text(_("Confirm your address to comment on “%(name)s”") % {"name": name}),
        template="confirm_guest",
        button_url=guest_url(guest),
        facts={
            "guest": guest.name,
            "email": guest.email,
            "purchase": name,
            "company": recipient.actor.company_name,
        },
    )


def guest_of(mail: Mail) -> Recipient:
    """Somebody outside: they may see nothing but what the letter says."""
    guest = _guest(mail)
    if guest is None:
        raise Dropped("there is no such guest")
    merchant = get_merchant()
    nobody = Actor(
        channel="mail",
        company_id="",
        company_slug="",
        company_name=merchant.name,
        company_kind="",
        currency=merchant.currency,
        name=guest.name,
        language=guest.language,
        time_zone=merchant.time_zone,
    )
    return Recipient(actor=nobody, address=guest.email)


def _guest(mail: Mail) -> LinkGuest | None:
    rows = LinkGuest.objects.select_related("link__cart", "link__purchase_list")
    return rows.filter(pk=mail.subject_ref, link__revoked_at=None).first()

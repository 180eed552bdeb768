"""*Ines Keller invites you to Meridian Health Group*: who did, and one button that leads in."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.utils.translation import gettext as _

from placet.companies.models import Member, User
from placet.companies.queries import get_merchant
from placet.events.models import Event
from placet.notices.letter import Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text


def write_invited(mail: Mail, recipient: Recipient) -> Letter:
    """Invite somebody in; without a password the button lets them choose one.

    The way in is made when the mail is sent and is good once: nothing secret is stored.
    """
    user = User.objects.get(pk=recipient.actor.user_id)
    has_password = user.has_usable_password()
    company = recipient.actor.company_name
    host = _host_of(mail)
    subject = _("%(person)s invites you to %(company)s") % {"person": host, "company": company}
    if not host:
        subject = _("You are invited to %(company)s") % {"company": company}
    return Letter(
        subject=header_text(subject),
        template="invited",
        button_url=_home(recipient) if has_password else _password_url(user),
        facts={
            "host": host,
            "company": company,
            "merchant": get_merchant().name,
            "unit": recipient.actor.unit_name,
            "has_password": has_password,
        },
    )


def _host_of(mail: Mail) -> str:
    """Who invited; nobody is named where the set-up or a directory did."""
    event = Event.objects.filter(pk=mail.event_id).first()
    found = Member.objects.filter(pk=event.actor_member if event else "").select_related("user")
    return next((member.user.name for member in found), "")


def _home(recipient: Recipient) -> str:
    return f"{settings.PLACET_BASE_URL}/c/{recipient.actor.company_slug}/"


def _password_url(user: User) -> str:
    key = default_token_generator.make_token(user)
    return (
        f"{settings.PLACET_BASE_URL}/account/password/reset/key/{user_pk_to_url_str(user)}-{key}/"
    )

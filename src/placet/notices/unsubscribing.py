"""The link that ends the daily mail: a member's id and a signature, so nothing is stored."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from placet.companies.models import Member
from placet.core.errors import NotFound

SIGNER_SALT = "placet.notices.digest"


def unsubscribe_url(member_id: str) -> str:
    """Where one press ends the daily mail of this member; opening it ends nothing."""
    return f"{settings.PLACET_BASE_URL}/no-daily-mail/{_signer().sign(member_id)}/"


def find_subscriber(token: str) -> Member:
    """The member of a link; ``NotFound`` for what we did not sign."""
    try:
        member_id = _signer().unsign(token)
    except BadSignature as error:
        raise NotFound(_("This link is not one of ours.")) from error
    found = Member.objects.select_related("user", "company").filter(pk=member_id).first()
    if found is None:
        raise NotFound(_("This link is not one of ours."))
    return found


def _signer() -> Signer:
    return Signer(salt=SIGNER_SALT)

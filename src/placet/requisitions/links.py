"""Mail links: the token is the id of a row and an HMAC of it, so no secret is stored."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from placet.companies.models import Company
from placet.core.errors import NotFound
from placet.requisitions.models import DecisionLink, Step

LIFETIME = timedelta(days=14)


def make_link(
    step: Step, member_id: str, principal_id: str | None, *, now: datetime
) -> DecisionLink:
    """The link for one person, one step and one revision; asked for twice, it is the same one.

    A later mail about the same step gives it its full time again.
    """
    until = now + LIFETIME
    link, is_new = DecisionLink.objects.get_or_create(
        step=step,
        revision_id=step.revision_id,
        member_id=member_id,
        principal_id=principal_id,
        defaults={"created_at": now, "expires_at": until},
    )
    if not is_new and link.expires_at < until:
        DecisionLink.objects.filter(pk=link.pk).update(expires_at=until)
        link.expires_at = until
    return link


def token_of(link: DecisionLink) -> str:
    """What stands in the address: the row's id and its signature."""
    return f"{link.pk}.{_signature(link.pk)}"


def find_link(token: str) -> DecisionLink:
    """The link of a token; ``NotFound`` for anything that we did not sign."""
    link_id, _dot, signature = token.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(link_id).encode()):
        raise NotFound(_("This link is not one of ours."))
    found = (
        DecisionLink.objects.select_related(
            "step", "revision__requisition__company", "member__user", "principal__user"
        )
        .filter(pk=link_id)
        .first()
    )
    if found is None:
        raise NotFound(_("This link is not one of ours."))
    return found


def needs_no_sign_in(company: Company, *, total_minor: int, currency: str) -> bool:
    """Whether a link of a member of this company decides about such an amount without a sign-in.

    The approver's own company says so: a customer does not speak for the merchant's staff.
    """
    return (
        company.mail_decisions == Company.MailDecisions.UP_TO
        and company.currency == currency
        and total_minor <= company.mail_decisions_up_to_minor
    )


def _signature(link_id: str) -> str:
    key = hashlib.sha256(b"placet.decision-link:" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, link_id.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest)[:32].decode()

"""Offers beyond their author's authority: somebody is asked, and the author hears what came of it.

Only the merchant's own people get these letters.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.core.errors import NotFound
from placet.notices.addresses import release_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.quotes.models import OfferRelease
from placet.quotes.releases import get_release


def write_release_asked(mail: Mail, recipient: Recipient) -> Letter:
    """An offer waits for the reader."""
    release = _release(mail, recipient)
    if release.status != OfferRelease.Status.WAITING:
        raise Dropped(f"the release is {release.status}")
    return _letter("release_asked", _("To release: an offer to %(customer)s"), release, recipient)


def write_release_decided(mail: Mail, recipient: Recipient) -> Letter:
    """The reader's own offer was released, declined, or does not fit any more."""
    release = _release(mail, recipient)
    subjects = {
        OfferRelease.Status.RELEASED: _("Released: your offer to %(customer)s"),
        OfferRelease.Status.DECLINED: _("Declined: your offer to %(customer)s"),
        OfferRelease.Status.LAPSED: _("Not sent: your offer to %(customer)s"),
    }
    subject = subjects.get(OfferRelease.Status(release.status))
    if subject is None:
        raise Dropped("somebody else is still asked")
    return _letter("release_decided", subject, release, recipient)


def _release(mail: Mail, recipient: Recipient) -> OfferRelease:
    try:
        return get_release(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the release is outside the reach of this person") from error


def _letter(template: str, subject: str, release: OfferRelease, recipient: Recipient) -> Letter:
    customer = release.quote.company.name
    last = release.decisions.select_related("member__user").order_by("-created_at", "-id").first()
    return Letter(
        subject=header_text(subject % {"customer": customer}),
        template=template,
        button_url=release_url(recipient.actor.company_slug, release.pk),
        facts={
            "customer": customer,
            "author": release.author.user.name,
            "who": last.member.user.name if last else "",
            "name": release.quote.name,
            "number": release.quote.number,
            "status": release.status,
            "reason": last.reason if last else "",
            "company": recipient.actor.company_name,
        },
    )

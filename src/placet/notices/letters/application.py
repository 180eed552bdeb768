"""*Falk Dental would like to buy here*, for the merchant; and the merchant's no, for who asked."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from placet.companies.models import CompanyApplication
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.notices.addresses import application_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text

Status = CompanyApplication.Status


def write_applied(mail: Mail, recipient: Recipient) -> Letter:
    """Tell whoever answers that somebody waits; dropped when they were answered meanwhile."""
    application = _application(mail, Status.WAITING)
    subject = _("%(company)s would like to buy here") % {"company": application.name}
    return Letter(
        subject=header_text(subject),
        template="applied",
        button_url=application_url(recipient.actor.company_slug, application.pk),
        facts={
            "applicant": application.applicant_name,
            "company": application.name,
            "customer": application.name,
            "email": application.email,
            "text": application.message,
        },
    )


def write_declined(mail: Mail, recipient: Recipient) -> Letter:
    """Tell who applied that the merchant said no, and why."""
    application = _application(mail, Status.DECLINED)
    merchant = get_merchant().name
    return Letter(
        subject=header_text(_("Your application at %(merchant)s") % {"merchant": merchant}),
        template="declined",
        button_url=f"{settings.PLACET_BASE_URL}/apply/",
        facts={
            "merchant": merchant,
            "company": application.name,
            "reason": application.answer,
        },
    )


def stranger_of(mail: Mail) -> Recipient:
    """Somebody who is no member of anything: they may see nothing but what the letter says."""
    application = CompanyApplication.objects.filter(pk=mail.subject_ref).first()
    if application is None:
        raise Dropped("there is no such application")
    nobody = Actor(
        channel="mail",
        company_id="",
        company_slug="",
        company_name=application.name,
        company_kind=application.kind,
        currency=application.currency,
        name=application.applicant_name,
        language=application.language,
        time_zone=application.time_zone,
    )
    return Recipient(actor=nobody, address=application.email)


def _application(mail: Mail, status: str) -> CompanyApplication:
    found = CompanyApplication.objects.filter(pk=mail.subject_ref, status=status).first()
    if found is None:
        raise Dropped("the application was answered meanwhile")
    return found

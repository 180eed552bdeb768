"""The mails to the people of the actor's company."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.notices.models import Mail
from placet.notices.permissions import can_view_mails


def list_mails(actor: Actor, *, status: str = "") -> QuerySet[Mail]:
    """What was sent, waits, failed or was dropped, newest first; raises ``Forbidden``.

    Each row has its attempts, the time of the next one and the last error.
    """
    refuse(can_view_mails(actor))
    mails = Mail.objects.filter(company_id=actor.company_id)
    if status:
        mails = mails.filter(status=status)
    return mails.order_by("-created_at", "-id")


def get_mail(actor: Actor, mail_id: str) -> Mail:
    """One mail to somebody of the actor's company; raises ``NotFound``, ``Forbidden``."""
    found = list_mails(actor).filter(pk=mail_id).first()
    if found is None:
        raise NotFound(_("There is no such mail."))
    return found

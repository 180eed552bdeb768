"""The mails to the people of the actor's company, and what stands below the actor's own bell."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.notices.models import Mail, Notice
from placet.notices.permissions import can_view_mails

MOST_UNREAD = 100


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


def list_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor was told in the portal, newest first; of this company alone."""
    mine = Notice.objects.filter(member_id=actor.member_id, in_app=True)
    return mine.exclude(headline="").order_by("-created_at", "-id")


def get_notice(actor: Actor, notice_id: str) -> Notice:
    """One line of the actor's own; raises ``NotFound``."""
    found = list_notices(actor).filter(pk=notice_id).first()
    if found is None:
        raise NotFound(_("There is no such notice."))
    return found


def count_unread_notices(actor: Actor, *, most: int = MOST_UNREAD) -> int:
    """How many lines the actor has not read, ``most`` at most: one look into one small index."""
    if not actor.member_id:
        return 0
    return list_notices(actor).filter(read_at=None).order_by()[:most].count()

"""Sending a mail again by hand."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.clock import real_now
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.notices.models import Mail
from placet.notices.permissions import can_retry_mail


class MailState(Conflict):
    """The mail was sent or dropped: there is nothing to try again."""

    code = "mail_state"


@transaction
def retry_mail(mail: Mail, *, actor: Actor, now: datetime) -> Mail:
    """Try a mail that waits or failed at once, with all its attempts before it again.

    Raises ``Forbidden``, and ``MailState`` when it was sent or dropped.
    """
    refuse_foreign(actor, mail.company_id)
    refuse(can_retry_mail(actor))
    # Mail servers live in real time, whatever the demo's clock says.
    changed = Mail.objects.filter(
        pk=mail.pk, status__in=(Mail.Status.WAITING, Mail.Status.FAILED)
    ).update(status=Mail.Status.WAITING, attempts=0, next_attempt_at=real_now())
    mail.refresh_from_db()
    if not changed:
        raise MailState(
            _("This mail is %(status)s.") % {"status": mail.get_status_display().lower()}
        )
    record("mail.retried", mail.pk, actor=actor, now=now, mail=mail.pk)
    return mail

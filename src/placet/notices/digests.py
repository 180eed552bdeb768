"""The daily mail: one a morning for members who want it, with what waits and what is new."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from placet.companies.models import Company, Member
from placet.core.transaction import transaction
from placet.notices.models import Digest, Mail, Notice
from placet.notices.mornings import next_morning
from placet.requisitions.models import StepAssignment

BATCH = 100


def write_digests(*, now: datetime, real_now: datetime) -> int:
    """Make the daily mails of members whose morning has come; returns how many were looked at.

    After a standstill each member gets one mail, not one for every morning that was missed. ``now``
    is the time that people see, ``real_now`` that at which the mail is due.
    """
    due = Digest.objects.filter(next_at__lte=now).order_by("next_at", "member_id")
    digests = list(due.select_related("member__company", "member__user")[:BATCH])
    for digest in digests:
        _write(digest, now, real_now)
    return len(digests)


@transaction
def _write(digest: Digest, now: datetime, real_now: datetime) -> None:
    """Whoever moves the row to the next morning writes this one's mail."""
    member = digest.member
    claimed = Digest.objects.filter(pk=digest.pk, next_at=digest.next_at).update(
        next_at=next_morning(member, now)
    )
    if not claimed or not _is_there(member):
        return
    new = Notice.objects.filter(member=member, in_digest=True, digest_id="", created_at__lte=now)
    waits = StepAssignment.objects.filter(member=member, is_open=True)
    day = now.astimezone(ZoneInfo(member.time_zone)).date().isoformat()
    told = Mail.objects.filter(member_id=member.pk, kind="digest", subject_ref=day)
    if told.exists() or not (new.exists() or waits.exists()):
        return
    mail = Mail.objects.create(
        created_at=real_now,
        company_id=member.company_id,
        member_id=member.pk,
        address=member.user.email,
        kind="digest",
        subject_ref=day,
        event_id="",
        next_attempt_at=real_now,
    )
    new.update(digest_id=mail.pk)


def _is_there(member: Member) -> bool:
    return (
        member.status == Member.Status.ACTIVE
        and member.user.is_active
        and member.company.status == Company.Status.ACTIVE
    )

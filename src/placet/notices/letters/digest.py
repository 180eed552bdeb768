"""*2 purchases wait for you*: the daily mail, with everything that a member wants in it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import ngettext

from placet.core.formats import instant_text, money_text
from placet.notices.addresses import inbox_url, notification_settings_url, step_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail, Notice
from placet.notices.preferences import wanted_of
from placet.notices.settling import ASKING
from placet.notices.unsubscribing import unsubscribe_url
from placet.notices.words import header_text
from placet.requisitions.models import StepAssignment
from placet.requisitions.queries import list_inbox

MOST_SHOWN = 20
MOST_COUNTED = 1000


class WaitingRow(NamedTuple):
    """A purchase that waits for the reader."""

    person: str
    purchase: str
    amount: str
    due: str
    url: str


class NewRow(NamedTuple):
    """Something that happened since the last daily mail."""

    headline: str
    url: str


def write_digest(mail: Mail, recipient: Recipient) -> Letter:
    """Say what waits and what is new; raises ``Dropped`` when there is nothing any more."""
    waiting, count = _waiting(recipient)
    news = _news(mail, recipient)
    if not waiting and not news:
        raise Dropped("nothing waits and nothing is new")
    unsubscribe = unsubscribe_url(recipient.actor.member_id)
    slug = recipient.actor.company_slug
    return Letter(
        subject=header_text(_subject(count, len(news))),
        template="digest",
        button_url=inbox_url(slug),
        facts={
            "waiting": waiting,
            "count": count,
            "more": count - len(waiting),
            "news": news,
            "company": recipient.actor.company_name,
            "settings_url": notification_settings_url(slug),
            "unsubscribe_url": unsubscribe,
        },
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _subject(waiting: int, news: int) -> str:
    if waiting:
        return ngettext("%(n)d purchase waits for you", "%(n)d purchases wait for you", waiting) % {
            "n": waiting
        }
    return ngettext("%(n)d thing is new", "%(n)d things are new", news) % {"n": news}


def _waiting(recipient: Recipient) -> tuple[list[WaitingRow], int]:
    """The first that are due, and how many there are in all."""
    if not wanted_of(recipient.actor.member_id)["asked"].digest:
        return [], 0
    inbox = list_inbox(recipient.actor)
    rows = [_row(assignment, recipient) for assignment in inbox[:MOST_SHOWN]]
    return rows, len(rows) if len(rows) < MOST_SHOWN else inbox.order_by()[:MOST_COUNTED].count()


def _row(assignment: StepAssignment, recipient: Recipient) -> WaitingRow:
    requisition = assignment.requisition
    due_at = assignment.due_at
    return WaitingRow(
        person=requisition.requester.user.name,
        purchase=requisition.name,
        amount=money_text(_net_minor(assignment), requisition.currency, recipient.language),
        due=instant_text(due_at, recipient.language, recipient.time_zone) if due_at else "",
        url=step_url(recipient.actor.company_slug, assignment.step_id),
    )


def _net_minor(assignment: StepAssignment) -> int:
    """What an approver is asked for everywhere else: goods and delivery, without tax."""
    revision = assignment.step.revision
    return int(revision.goods_minor + revision.shipping_minor)


def _news(mail: Mail, recipient: Recipient) -> list[NewRow]:
    found = Notice.objects.filter(member_id=recipient.actor.member_id, digest_id=mail.pk)
    unseen = found.filter(read_at=None).exclude(headline="").exclude(kind__in=ASKING)
    return [
        NewRow(notice.headline, f"{settings.PLACET_BASE_URL}{notice.path}")
        for notice in unseen.order_by("created_at", "id")[:MOST_SHOWN]
    ]

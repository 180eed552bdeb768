"""*“Ward needs” is due*, and *“Ward needs” stands still*: for whoever a schedule acts for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.carts.models import Schedule
from placet.carts.schedules.queries import get_schedule
from placet.core.errors import NotFound
from placet.notices.addresses import schedule_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.requisitions.standing_words import problem_words


def write_schedule_due(mail: Mail, recipient: Recipient) -> Letter:
    """Remind of a list on its day; one click makes a cart of it."""
    schedule = _schedule(mail, recipient)
    if schedule.status == Schedule.Status.PAUSED:
        raise Dropped("the reminder was paused meanwhile")
    return _letter("schedule_due", _("“%(list)s” is due"), schedule, recipient)


def write_schedule_paused(mail: Mail, recipient: Recipient) -> Letter:
    """Tell whoever it acts for why it stands still; the head of their unit once they have left."""
    schedule = _schedule(mail, recipient)
    if schedule.status != Schedule.Status.PAUSED or not schedule.problem:
        raise Dropped("it goes on again")
    return _letter(
        "schedule_paused",
        _("“%(list)s” stands still"),
        schedule,
        recipient,
        why=problem_words(schedule.problem, schedule.problem_about),
        owner=schedule.owner.user.name,
        is_own=schedule.owner_id == recipient.actor.member_id,
    )


def _schedule(mail: Mail, recipient: Recipient) -> Schedule:
    try:
        return get_schedule(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the schedule is outside the reach of this person") from error


def _letter(
    template: str, subject: str, schedule: Schedule, recipient: Recipient, **facts: object
) -> Letter:
    name = schedule.purchase_list.name
    return Letter(
        subject=header_text(subject % {"list": name}),
        template=template,
        button_url=schedule_url(recipient.actor.company_slug, schedule.pk),
        facts={"list": name, "company": recipient.actor.company_name, **facts},
    )

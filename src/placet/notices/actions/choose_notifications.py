"""A member says where they want to hear of what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.models import Member
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.notices.models import Digest, NotificationPreference
from placet.notices.mornings import next_morning
from placet.notices.permissions import can_choose_notifications
from placet.notices.preferences import wanted_of
from placet.notices.topics import WHERE, Topic, Wanted, topics_of


@transaction
def choose_notifications(
    member: Member, *, wanted: Mapping[str, Wanted], actor: Actor, now: datetime
) -> Member:
    """Say for these topics (by key) where the member hears of them; the others stay as they are.

    What is already made is still sent. Raises ``InvalidInput`` for a topic that nobody of this side
    has and for one that cannot be switched off there, ``Forbidden`` for another member.
    """
    refuse_foreign(actor, member.company_id)
    refuse(can_choose_notifications(actor, member))
    hold_actor(actor)
    _check(wanted, {topic.key: topic for topic in topics_of(actor)})
    before = wanted_of(member.pk)
    changed = {key: choice for key, choice in wanted.items() if before[key] != choice}
    for key, choice in changed.items():
        NotificationPreference.objects.update_or_create(
            member=member,
            topic=key,
            defaults=choice._asdict(),
            create_defaults={**choice._asdict(), "created_at": now},
        )
    _keep_digest(member, now)
    if changed:
        record(
            "member.notifications_chosen",
            member.pk,
            actor=actor,
            now=now,
            topics={
                key: [where for where in WHERE if getattr(choice, where)]
                for key, choice in sorted(changed.items())
            },
        )
    return member


@transaction
def stop_digest(member: Member, *, actor: Actor, now: datetime) -> Member:
    """No daily mail any more, from the link in one of them; everything else stays as it is."""
    off = {
        topic.key: wanted._replace(digest=False)
        for topic in topics_of(actor)
        if (wanted := wanted_of(member.pk)[topic.key]).digest
    }
    return choose_notifications(member, wanted=off, actor=actor, now=now)


def _check(wanted: Mapping[str, Wanted], topics: Mapping[str, Topic]) -> None:
    for key, choice in wanted.items():
        if key not in topics:
            raise InvalidInput(f"topics/{key}", "unknown", _("There is no such topic."))
        for where in sorted(topics[key].locked):
            if not getattr(choice, where):
                raise InvalidInput(
                    f"topics/{key}/{where}", "locked", _("This cannot be switched off.")
                )


def _keep_digest(member: Member, now: datetime) -> None:
    """The row of the daily mail is there exactly while some topic is wanted in it."""
    if any(choice.digest for choice in wanted_of(member.pk).values()):
        Digest.objects.get_or_create(
            member=member, defaults={"created_at": now, "next_at": next_morning(member, now)}
        )
    else:
        Digest.objects.filter(member=member).delete()

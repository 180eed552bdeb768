"""Where members want to hear of what: their own wishes over the defaults of each topic."""

from __future__ import annotations

from collections.abc import Callable, Collection

from placet.notices.models import NotificationPreference
from placet.notices.topics import BY_MAIL_ONLY, TOPIC_OF_KEY, TOPIC_OF_KIND, Wanted, kept

WantedOf = Callable[[str, str], Wanted]
AT_ONCE = Wanted(mail=True, in_app=False, digest=False)


def read_wanted(member_ids: Collection[str]) -> WantedOf:
    """A function from member and kind of mail to where it goes; one query for all of them."""
    chosen = {
        (row.member_id, row.topic): Wanted(row.mail, row.in_app, row.digest)
        for row in NotificationPreference.objects.filter(member_id__in=member_ids)
        if row.topic in TOPIC_OF_KEY
    }

    def wanted(member_id: str, kind: str) -> Wanted:
        topic = TOPIC_OF_KIND.get(kind)
        if kind in BY_MAIL_ONLY or topic is None:
            return AT_ONCE
        return kept(topic, chosen.get((member_id, topic.key), topic.default))

    return wanted


def wanted_of(member_id: str) -> dict[str, Wanted]:
    """The whole matrix of one member, by the key of the topic."""
    chosen = {
        row.topic: Wanted(row.mail, row.in_app, row.digest)
        for row in NotificationPreference.objects.filter(member_id=member_id)
    }
    return {key: kept(topic, chosen.get(key, topic.default)) for key, topic in TOPIC_OF_KEY.items()}

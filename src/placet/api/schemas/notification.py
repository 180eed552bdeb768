"""Documents about what the member of a key is told, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Wish
from placet.core.actor import Actor
from placet.notices.models import Digest
from placet.notices.models import Notice as NoticeRow
from placet.notices.preferences import wanted_of
from placet.notices.topics import WHERE, Topic, Wanted, topics_of


class TopicShown(Answer):
    """A topic and where the member hears of it; ``locked`` places cannot be switched off."""

    topic: str
    label: str
    mail: bool
    in_app: bool
    digest: bool
    locked: list[str]


class NotificationPreferences(Answer):
    """The whole matrix; ``next_digest_at`` is empty where no topic is wanted in the daily mail."""

    object: Literal["notification_preferences"] = "notification_preferences"
    topics: list[TopicShown]
    next_digest_at: datetime | None


class Places(Wish):
    """Where a topic is wanted: all three have to be said."""

    mail: bool
    in_app: bool
    digest: bool

    def wanted(self) -> Wanted:
        """The same for the action."""
        return Wanted(self.mail, self.in_app, self.digest)


class PreferencesWish(Wish):
    """By topic; topics that are left out stay as they are."""

    topics: dict[str, Places]


class NoticeShown(Answer):
    """One thing that the member was told. ``path`` is the page about it."""

    object: Literal["notice"] = "notice"
    id: str
    created_at: datetime
    topic: str
    kind: str
    headline: str
    path: str
    subject: str
    read_at: datetime | None


class NoticesRead(Answer):
    """How many were new until now."""

    object: Literal["reading"] = "reading"
    read: int


def show_preferences(actor: Actor) -> NotificationPreferences:
    """The matrix of the actor as it holds now."""
    wanted = wanted_of(actor.member_id)
    digest = Digest.objects.filter(member_id=actor.member_id).first()
    return NotificationPreferences(
        topics=[_topic(topic, wanted) for topic in topics_of(actor)],
        next_digest_at=digest.next_at if digest else None,
    )


def show_notices(rows: Sequence[NoticeRow]) -> list[NoticeShown]:
    """Lines as they stand below the bell."""
    return [
        NoticeShown(
            id=row.pk,
            created_at=row.created_at,
            topic=row.topic,
            kind=row.kind,
            headline=row.headline,
            path=row.path,
            subject=row.subject_ref,
            read_at=row.read_at,
        )
        for row in rows
    ]


def _topic(topic: Topic, wanted: Mapping[str, Wanted]) -> TopicShown:
    return TopicShown(
        topic=topic.key,
        label=str(topic.label),
        locked=[where for where in WHERE if where in topic.locked],
        **wanted[topic.key]._asdict(),
    )

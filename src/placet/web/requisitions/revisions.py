"""The revisions of a requisition: who made each, why, and what it changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.events.models import Event
from placet.requisitions.models import Requisition, Revision, RevisionOrigin
from placet.web.requisitions.changes import Changes, read_changes

Cause = RevisionOrigin.Cause


class RevisionRow(NamedTuple):
    """One revision: what was done in a sentence, their words, and what it changed.

    ``worth`` says how many approvals were kept and how many had to be asked for again.
    """

    revision: Revision
    at: datetime
    sentence: str
    said: str
    worth: str
    changes: Changes | None


class _Told(NamedTuple):
    """What the event about a revision adds to its rows."""

    who: str
    said: str
    kept: int
    reset: int


def list_revision_rows(
    requisition: Requisition, events: Iterable[Event], reader: Actor
) -> list[RevisionRow]:
    """All revisions, the newest first, in two queries; nothing while there is only one.

    ``events`` are those of the requisition.
    """
    revisions = list(
        requisition.revisions.select_related(
            "submitted_by__user",
            "origin__decision__member__user",
            "origin__suggestion__member__user",
        ).order_by("number")
    )
    if len(revisions) < 2:
        return []
    told = _read_events([event for event in events if event.type == "requisition.revised"])
    rows = [
        _row(revision, before, told.get(revision.pk), reader)
        for before, revision in zip([None, *revisions], revisions, strict=False)
    ]
    return rows[::-1]


def _read_events(events: Collection[Event]) -> dict[str, _Told]:
    people = Member.objects.select_related("user").in_bulk({one.actor_member for one in events})
    found: dict[str, _Told] = {}
    for event in events:
        payload = json.loads(event.payload)
        private = getattr(event, "private", None)
        words = json.loads(private.payload) if private else {}
        person = people.get(event.actor_member)
        found[payload["revision"]] = _Told(
            person.user.name if person else "",
            str(words.get("reason", "")),
            len(payload["kept"]),
            len(payload["reset"]),
        )
    return found


def _row(
    revision: Revision, before: Revision | None, told: _Told | None, reader: Actor
) -> RevisionRow:
    return RevisionRow(
        revision=revision,
        at=revision.created_at,
        sentence=_sentence(revision, told, reader),
        said=told.said if told and not reader.is_merchant else "",
        worth=_worth(told) if told else "",
        changes=read_changes(before, revision, reader) if before else None,
    )


def _sentence(revision: Revision, told: _Told | None, reader: Actor) -> str:
    """The supplier reads the names of who buys and who approves, none of who manages the rules."""
    origin: RevisionOrigin | None = getattr(revision, "origin", None)
    who = {"who": revision.submitted_by.user.name}
    if origin is None:
        return _("%(who)s submitted it") % who
    if origin.cause == Cause.REDUCED and origin.decision:
        return _("%(who)s approved less of it") % {"who": origin.decision.member.user.name}
    if origin.cause == Cause.SUGGESTED and origin.suggestion:
        return _("%(who)s took over what %(by)s suggested") % {
            **who,
            "by": origin.suggestion.member.user.name,
        }
    if origin.cause == Cause.REPLANNED:
        if told and told.who and not reader.is_merchant:
            return _("%(who)s had it planned again by the rules of that day") % {"who": told.who}
        return _("It was planned again by the rules of that day")
    if origin.cause == Cause.MOVED:
        return _("Prices had moved when it was to be ordered")
    return _("%(who)s edited it and resubmitted") % who


def _worth(told: _Told) -> str:
    parts = []
    if told.kept:
        kept = ngettext("%(n)d approval still counted", "%(n)d approvals still counted", told.kept)
        parts.append(kept % {"n": told.kept})
    if told.reset:
        reset = ngettext(
            "%(n)d approval was asked for again",
            "%(n)d approvals were asked for again",
            told.reset,
        )
        parts.append(reset % {"n": told.reset})
    return ", ".join(parts)

"""``record()`` collects facts during an action; they are written as its last statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from placet.core import ids, sql
from placet.core.actor import Actor
from placet.core.transaction import after_commit, running
from placet.events.canonical import canonical_bytes, sha256
from placet.events.models import Event
from placet.events.wake import wake

# Locks the company's head and takes so many numbers; the hash is still that of the last event.
TAKE_NUMBERS = """
INSERT INTO events_eventhead (company_id, seq, hash) VALUES (%s, %s, '')
ON CONFLICT (company_id) DO UPDATE SET seq = events_eventhead.seq + excluded.seq
RETURNING seq, hash"""
FACTS_AT_ONCE = 2_000
"""An import states a hundred thousand facts: so many are in memory as rows."""
LINK = "UPDATE events_eventhead SET hash = %s WHERE company_id = %s"


class NewEvent(NamedTuple):
    """The row of an event that is about to be written, by the columns of its table."""

    id: str
    created_at: datetime
    company_id: str
    seq: int
    type: str
    subject: str
    payload: str
    actor_user: str
    actor_member: str
    person_user: str
    channel: str
    private_hash: str
    previous_hash: str
    hash: str = ""


class Fact(NamedTuple):
    """An event that waits for the end of its transaction."""

    company_id: str
    type: str
    subject: str
    payload: Mapping[str, Any]
    private: Mapping[str, Any]
    actor: Actor
    now: datetime


def record(
    kind: str,
    subject: str,
    /,
    *,
    actor: Actor,
    now: datetime,
    company_id: str = "",
    private: Mapping[str, Any] | None = None,
    **payload: Any,
) -> None:
    """Note what happened (``kind``: ``requisition.submitted``) to ``subject`` (an id).

    ``payload`` holds ids, amounts, codes and hashes; names, addresses and free text go to
    ``private``. The chain is that of ``company_id``, by default the actor's company.
    """
    opened = running()
    facts: list[Fact] = opened.notes.setdefault("facts", [])
    opened.finishers.setdefault("events", _write_facts)
    facts.append(
        Fact(company_id or actor.company_id, kind, subject, payload, private or {}, actor, now)
    )


def _write_facts() -> None:
    facts: list[Fact] = running().notes.pop("facts", [])
    by_company: dict[str, list[Fact]] = {}
    for fact in facts:
        by_company.setdefault(fact.company_id, []).append(fact)
    for company_id in sorted(by_company):
        _append(company_id, by_company[company_id])
    if facts:
        after_commit(wake)


def _append(company_id: str, facts: list[Fact]) -> None:
    ((last, hash_before),) = sql.rows(TAKE_NUMBERS, [company_id, len(facts)])
    first = last - len(facts) + 1
    for start in range(0, len(facts), FACTS_AT_ONCE):
        part = facts[start : start + FACTS_AT_ONCE]
        hash_before = _insert(part, first + start, hash_before)
    sql.write(LINK, [hash_before, company_id], expected=1)


def _insert(facts: list[Fact], first: int, hash_before: str) -> str:
    """Write these facts, chained from a hash on; returns the hash of the last one."""
    events: list[NewEvent] = []
    privates: list[list[str]] = []
    for seq, fact in enumerate(facts, first):
        event, private = _chained(fact, seq, hash_before)
        hash_before = event.hash
        events.append(event)
        privates += private
    sql.insert("events_event", NewEvent._fields, [_row(event) for event in events])
    sql.insert("events_eventprivate", ("event_id", "salt", "payload"), privates)
    sql.insert("events_eventpending", ("event_id",), [[event.id] for event in events])
    return hash_before


def _row(event: NewEvent) -> list[object]:
    return [event.id, sql.instant(event.created_at), *event[2:]]


def _chained(fact: Fact, seq: int, previous_hash: str) -> tuple[NewEvent, list[list[str]]]:
    """The event, and the row of its erasable part where it has one."""
    event_id, private, private_hash = ids.new_id("evt"), [], ""
    if fact.private:
        salt, text = ids.new_bytes(32).hex(), canonical_bytes(fact.private).decode()
        private_hash = sha256((salt + text).encode())
        private = [[event_id, salt, text]]
    event = NewEvent(
        id=event_id,
        created_at=fact.now,
        company_id=fact.company_id,
        seq=seq,
        type=fact.type,
        subject=fact.subject,
        payload=canonical_bytes(fact.payload).decode(),
        actor_user=fact.actor.user_id,
        actor_member=fact.actor.member_id,
        person_user=fact.actor.person_user_id,
        channel=fact.actor.channel,
        private_hash=private_hash,
        previous_hash=previous_hash,
    )
    return event._replace(hash=hash_of(event)), private


def hash_of(event: Event | NewEvent) -> str:
    """The hash of an event: over its own columns and the hash of the event before it."""
    return sha256(canonical_bytes(hashed_values(event)))


def hashed_values(event: Event | NewEvent) -> dict[str, str | int]:
    """What the hash of an event covers, under the names that an exported chain uses."""
    return {
        "format": 1,
        "id": event.id,
        "company": event.company_id,
        "seq": event.seq,
        "type": event.type,
        "subject": event.subject,
        "payload": event.payload,
        "user": event.actor_user,
        "member": event.actor_member,
        "person": event.person_user,
        "channel": event.channel,
        "at": event.created_at.isoformat(),
        "private": event.private_hash,
        "previous": event.previous_hash,
    }

"""Walking a company's chain of events: no gap, every hash right, the private parts unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from placet.events.canonical import sha256
from placet.events.models import Event, EventHead
from placet.events.record import hash_of

CHUNK = 2000


class ChainFault(NamedTuple):
    """What is wrong with a chain, and where: ``place`` is an event's id, or the company's."""

    code: str
    place: str
    sentence: str


def walk_chain(company_id: str) -> Iterator[ChainFault]:
    """Every fault from the first event of a company to its head; constant memory."""
    head = EventHead.objects.filter(company_id=company_id).first()
    events = Event.objects.filter(company_id=company_id).order_by("seq")
    if head is None:
        if events.exists():
            yield ChainFault(
                "chain_without_head", company_id, "Events exist, but no end of their chain."
            )
        return
    seq, previous = 0, ""
    for event in events.select_related("private").iterator(chunk_size=CHUNK):
        seq += 1
        if event.seq != seq:
            said = f"Event {seq} is missing before {event.seq}."
            yield ChainFault("chain_gap", event.id, said)
            seq = event.seq
        if event.previous_hash != previous:
            yield ChainFault("chain_broken", event.id, "It does not follow the event before it.")
        yield from _faults_of(event)
        previous = event.hash
    if (head.seq, head.hash) != (seq, previous):
        yield ChainFault("chain_cut", company_id, "The last events of the chain are missing.")


def _faults_of(event: Event) -> Iterator[ChainFault]:
    if hash_of(event) != event.hash:
        yield ChainFault("event_changed", event.id, "Its content does not match its hash.")
    private = getattr(event, "private", None)
    if private and sha256((private.salt + private.payload).encode()) != event.private_hash:
        yield ChainFault("private_changed", event.id, "Its private part was changed.")

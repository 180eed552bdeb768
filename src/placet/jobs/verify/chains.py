"""The chains of events: no gap, every hash right, the private parts unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from placet.events.canonical import sha256
from placet.events.models import Event, EventHead
from placet.events.record import hash_of
from placet.jobs.verify.finding import Finding

CHUNK = 2000


def check_chains() -> Iterator[Finding]:
    """Walk each company's chain from its first event to its head."""
    for head in EventHead.objects.order_by("company_id"):
        yield from _check_chain(head)
    headless = Event.objects.exclude(company_id__in=EventHead.objects.values("company_id"))
    for company_id in headless.values_list("company_id", flat=True).distinct():
        yield Finding("chain_without_head", company_id, "Events exist, but no end of their chain.")


def _check_chain(head: EventHead) -> Iterator[Finding]:
    seq, previous = 0, ""
    events = Event.objects.filter(company_id=head.company_id).order_by("seq")
    for event in events.select_related("private").iterator(chunk_size=CHUNK):
        seq += 1
        if event.seq != seq:
            yield Finding("chain_gap", event.id, f"Event {seq} is missing before {event.seq}.")
            seq = event.seq
        if event.previous_hash != previous:
            yield Finding("chain_broken", event.id, "It does not follow the event before it.")
        if hash_of(event) != event.hash:
            yield Finding("event_changed", event.id, "Its content does not match its hash.")
        private = getattr(event, "private", None)
        if private and sha256((private.salt + private.payload).encode()) != event.private_hash:
            yield Finding("private_changed", event.id, "Its private part was changed.")
        previous = event.hash
    if (head.seq, head.hash) != (seq, previous):
        yield Finding("chain_cut", head.company_id, "The last events of the chain are missing.")

"""The chain of a company as lines of JSON, for an auditor who trusts nobody's screen.

The first line says which company, how many events and the last hash; then one event a line, the
oldest first, with exactly what its hash covers. ``verify_chain.py`` proves such a file without us.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from placet.events.canonical import canonical_bytes
from placet.events.models import Event, EventHead
from placet.events.record import hashed_values

FORMAT = 1
CHUNK = 500
VERIFIER = Path(__file__).with_name("verify_chain.py")


def export_chain(company_id: str, *, with_words: bool = False) -> Iterator[str]:
    """The lines, read in pieces up to the end of the chain as it is now.

    Without the words, the file holds ids, amounts and codes, and of names and free text the salted
    hash alone; with them, each event brings its words and their salt, unless they were erased.
    """
    head = EventHead.objects.filter(company_id=company_id).first()
    last = head.seq if head else 0
    yield _line(
        {
            "placet_chain": FORMAT,
            "company": company_id,
            "events": last,
            "head": head.hash if head else "",
        }
    )
    events = Event.objects.filter(company_id=company_id, seq__lte=last).order_by("seq")
    behind = -1
    while chunk := list(events.filter(seq__gt=behind).select_related("private")[:CHUNK]):
        for event in chunk:
            yield _line(_written(event, with_words))
        behind = chunk[-1].seq


def _written(event: Event, with_words: bool) -> dict[str, object]:
    written: dict[str, object] = {**hashed_values(event), "hash": event.hash}
    private = getattr(event, "private", None) if with_words else None
    if private is not None:
        written |= {"salt": private.salt, "words": private.payload}
    return written


def _line(value: dict[str, object]) -> str:
    return canonical_bytes(value).decode() + "\n"

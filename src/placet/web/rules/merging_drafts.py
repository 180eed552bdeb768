"""A draft brought up to date: its changes on top of what was published meanwhile, saved."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.rulebooks.queries import list_examples
from placet.web.rules.merging import Merged, merge_texts
from placet.web.rules.texts import Seen, WorkingText, empty_text, keep_text, readable_document


def merge_published(text: WorkingText, seen: Seen, *, actor: Actor, now: datetime) -> Merged | None:
    """Save the merged text, with the examples of both sides; nothing where it is up to date."""
    published = text.rulebook.published
    now_is = readable_document(published) if published else None
    if text.draft is None or not text.is_outdated or published is None or now_is is None:
        return None
    base = readable_document(text.draft.based_on) if text.draft.based_on else None
    merged = merge_texts(base or empty_text(text.rulebook), now_is, text.document)
    rules = {rule["id"] for rule in merged.document["rules"]}
    known = [*text.examples, *(e for e in list_examples(published) if e not in text.examples)]
    keep_text(
        text,
        seen,
        document=merged.document,
        examples=[example for example in known if example.get("rule", "") in {"", *rules}],
        based_on=published.number,
        actor=actor,
        now=now,
    )
    return merged

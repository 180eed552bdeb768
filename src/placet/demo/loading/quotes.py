"""Negotiations in every state, by the actions of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Timeline
from placet.demo.world.quotes import ASKER, DESK, TALKS, Line, Round, Talk
from placet.quotes.actions import (
    OfferValues,
    decline_quote,
    draft_quote,
    save_offer_draft,
    send_offer,
    withdraw_quote,
    write_about_quote,
)
from placet.quotes.drafting import DraftLine
from placet.quotes.models import Quote


class _Said(NamedTuple):
    """Which quote a talk became."""

    quotes: dict[str, Quote]


def plan_quotes(registry: Registry, timeline: Timeline) -> None:
    """Put every word of the talks on the timeline, the last one where the talk stands today."""
    said = _Said({})
    for talk in TALKS:
        for number, spoken in enumerate(talk.rounds):
            moment = registry.now - timedelta(days=spoken.days_ago, minutes=37 * (number + 1))
            timeline.plan(moment, partial(_speak, registry, said, talk, number))


def _speak(registry: Registry, said: _Said, talk: Talk, number: int, now: datetime) -> None:
    spoken = talk.rounds[number]
    actor = registry.actor(ASKER if spoken.verb in BUYERS else DESK)
    if spoken.verb == "ask":
        values = _values(registry, spoken)
        quote = draft_quote(talk.name, values=values, actor=actor, now=now)
        said.quotes[talk.key] = quote
        if not spoken.is_draft:
            send_offer(quote, offer_number=0, actor=actor, now=now)
        return
    quote = said.quotes[talk.key]
    quote.refresh_from_db()
    seen = quote.offer_number
    if spoken.verb in ("offer", "counter"):
        save_offer_draft(quote, values=_values(registry, spoken), actor=actor, now=now)
        send_offer(quote, offer_number=seen, actor=actor, now=now)
    elif spoken.verb == "decline":
        decline_quote(quote, reason=spoken.text, offer_number=seen, actor=actor, now=now)
    elif spoken.verb == "withdraw":
        withdraw_quote(quote, reason=spoken.text, actor=actor, now=now)
    else:
        write_about_quote(quote, text=spoken.text, actor=actor, now=now)


BUYERS = ("ask", "counter", "decline", "withdraw", "say")
"""What Lena says; an offer and an answer are Maja's."""


def _values(registry: Registry, spoken: Round) -> OfferValues:
    until = registry.day(spoken.holds_days) if spoken.holds_days is not None else None
    return OfferValues(
        lines=_lines(spoken.lines),
        is_whole=spoken.is_whole,
        is_final=spoken.is_final,
        valid_until=until,
    )


def _lines(lines: Sequence[Line]) -> list[DraftLine]:
    return [
        DraftLine(
            number, line.sku, line.name, line.quantity, line.least, line.price, note=line.note
        )
        for number, line in enumerate(lines, 1)
    ]

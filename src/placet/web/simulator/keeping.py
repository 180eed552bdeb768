"""Keeping a tried purchase: it is simulated again, and what comes of it is the expectation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.plans.keep_example import keep_example
from placet.policy.rulebook import CompiledRulebook
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import get_rulebook
from placet.web.simulator.page import Answer, read_answer
from placet.web.simulator.wish import Wish, find_requester


def keep(actor: Actor, wish: Wish, sent: Mapping[str, Any], *, now: datetime) -> Rulebook:
    """Add the purchase to the draft of the rulebook; raises what the simulator and drafts raise."""
    rulebook = get_rulebook(actor, sent.get("rulebook", ""))
    requester = find_requester(actor, wish)
    if requester is None or wish.is_empty:
        raise InvalidInput("purchase", "missing", _("There is no purchase to keep."))
    answer = read_answer(actor, wish, requester, now=now)
    keep_example(
        rulebook,
        book=_book_of(answer, rulebook),
        facts=answer.simulation.facts,
        rule=sent.get("rule", ""),
        name=sent.get("name", ""),
        version=sent.get("version"),
        actor=actor,
        now=now,
    )
    return rulebook


def _book_of(answer: Answer, rulebook: Rulebook) -> CompiledRulebook:
    for book in answer.simulation.rulebooks:
        if isinstance(book, CompiledRulebook) and book.rulebook == rulebook.pk:
            return book
    raise InvalidInput("rulebook", "elsewhere", _("These rules do not hold for this purchase."))

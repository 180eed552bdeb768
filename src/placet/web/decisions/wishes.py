"""What the reader of a decision page can say beside yes and no, and whom they could ask."""

from __future__ import annotations

from typing import NamedTuple

from placet.companies.models import Member
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.requisitions.choosing import list_colleagues
from placet.requisitions.models import Step
from placet.requisitions.permissions import can_forward_step, can_lower_lines
from placet.web.inbox.page import DecisionPage


class Wishes(NamedTuple):
    """For somebody who is asked. ``may_lower`` is false where it would be refused."""

    step: Step
    content_hash: str
    may_lower: bool
    may_talk: bool
    forward_refusal: Refusal | None
    colleagues: list[Member]


def read_wishes(actor: Actor, page: DecisionPage) -> Wishes | None:
    """What may be said at the step of a page; nothing where its reader is not asked."""
    if page.refusal is not None or page.mine is None:
        return None
    step = page.step
    return Wishes(
        step=step,
        content_hash=page.shown.revision.content_hash,
        may_lower=can_lower_lines(actor, step) is None,
        may_talk=not actor.is_merchant,
        forward_refusal=can_forward_step(actor, step),
        colleagues=list_colleagues(step, actor=actor),
    )

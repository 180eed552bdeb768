"""The suggestions that wait for the requester, with what accepting them would lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.requisitions.fates import Fate, list_fates
from placet.requisitions.models import Requisition, RevisionLine, Suggestion
from placet.requisitions.next_revision import current_revision
from placet.requisitions.permissions import can_answer_suggestions
from placet.requisitions.suggesting import (
    choose_suggestions,
    list_suggestions,
    preview_suggestions,
)
from placet.web.decisions.reduction import describe_following


class SuggestionRow(NamedTuple):
    """One suggestion beside what is asked for now; without ``line`` it is one more product."""

    suggestion: Suggestion
    line: RevisionLine | None
    product: Product | None
    is_chosen: bool


class SuggestionBox(NamedTuple):
    """All of them; ``plan_hash`` is of the plan that is shown for the chosen ones."""

    requisition: Requisition
    rows: list[SuggestionRow]
    may_answer: bool
    plan_hash: str = ""
    before_minor: int = 0
    after_minor: int = 0
    currency: str = ""
    fates: tuple[Fate, ...] = ()
    blocked: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str = ""


def read_suggestion_box(
    actor: Actor,
    requisition: Requisition,
    *,
    chosen: Sequence[str] | None = None,
    now: datetime,
) -> SuggestionBox | None:
    """The open suggestions; those that are ``chosen`` (all, if nothing is said) are planned."""
    found = [] if actor.is_merchant else list_suggestions(requisition)
    if not found:
        return None
    ticked = _ticked(found, chosen)
    may_answer = can_answer_suggestions(actor, requisition) is None
    box = SuggestionBox(requisition, _rows(requisition, found, ticked), may_answer)
    if not may_answer or not ticked:
        return box
    try:
        wanted = choose_suggestions(requisition, ticked)
        return _planned(box, wanted, actor, now)
    except Conflict as error:
        return box._replace(problem=error.detail)


def _ticked(found: Sequence[Suggestion], chosen: Sequence[str] | None) -> list[str]:
    """Those that were ticked; else the last one about each line, and all other products."""
    if chosen is not None:
        return [one.pk for one in found if one.pk in chosen]
    by_line: Mapping[object, str] = {one.line_number or one.pk: one.pk for one in found}
    return list(by_line.values())


def _rows(
    requisition: Requisition, found: Sequence[Suggestion], ticked: Sequence[str]
) -> list[SuggestionRow]:
    lines = {line.number: line for line in current_revision(requisition).lines.all()}
    products = Product.objects.in_bulk([one.product_id for one in found if one.product_id])
    return [
        SuggestionRow(
            one, lines.get(one.line_number), products.get(one.product_id), one.pk in ticked
        )
        for one in found
    ]


def _planned(
    box: SuggestionBox, wanted: Sequence[Suggestion], actor: Actor, now: datetime
) -> SuggestionBox:
    requisition = box.requisition
    following = preview_suggestions(requisition, wanted, actor=actor, now=now)
    described = describe_following(actor, requisition, following, now=now)
    by_key = {one.key: one for one in described.steps}
    return box._replace(
        plan_hash=following.planned.hash,
        before_minor=requisition.total_minor,
        after_minor=following.content.net_minor,
        currency=following.content.currency,
        fates=list_fates(following.carried, by_key, following.content, reader=actor),
        blocked=tuple(one.sentence for one in described.blocked),
        warnings=tuple(one.message or one.sentence for one in described.warnings),
    )

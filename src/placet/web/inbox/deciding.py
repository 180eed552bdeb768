"""Approving several rows at once: each row is a decision of its own through the one gate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound, PlacetError
from placet.requisitions.actions import decide_step
from placet.requisitions.models import Decision
from placet.requisitions.queries import get_step


class RowResult(NamedTuple):
    """What became of one row; ``refusal`` is empty where it was approved."""

    name: str
    refusal: str


def approve_rows(
    rows: Sequence[tuple[str, str]], *, actor: Actor, now: datetime
) -> list[RowResult]:
    """Approve pairs of step and content hash, one by one; one that fails stops no other."""
    return [_approve(step_id, content_hash, actor, now) for step_id, content_hash in rows]


def _approve(step_id: str, content_hash: str, actor: Actor, now: datetime) -> RowResult:
    try:
        step = get_step(actor, step_id)
    except NotFound:
        return RowResult(_("One row"), _("It is not in your inbox any more."))
    name = f"{step.requisition.number} {step.requisition.name}"
    try:
        decide_step(
            step, kind=Decision.Kind.APPROVE, content_hash=content_hash, actor=actor, now=now
        )
    except PlacetError as error:
        return RowResult(name, error.detail)
    return RowResult(name, "")

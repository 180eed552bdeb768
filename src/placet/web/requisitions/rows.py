"""Requisitions as rows of a list: how far each is, and who is asked now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.orders.models import Order
from placet.orders.queries import find_order_states
from placet.requisitions.models import Requisition, Step, StepAssignment

Status = Requisition.Status
_STATES: dict[str, tuple[str, str | Promise, str]] = {
    Status.PENDING: ("pending", gettext_lazy("Waiting"), "clock"),
    Status.CHANGES_REQUESTED: ("warn", gettext_lazy("Changes requested"), "reply"),
    Status.APPROVED: ("approved", gettext_lazy("Approved"), "check"),
    Status.ORDERED: ("approved", gettext_lazy("Ordered"), "package-check"),
    Status.REJECTED: ("blocked", gettext_lazy("Rejected"), "x"),
    Status.WITHDRAWN: ("", gettext_lazy("Withdrawn"), "undo-2"),
    Status.EXPIRED: ("", gettext_lazy("Expired"), "hourglass"),
    Status.PLACEMENT_FAILED: ("warn", gettext_lazy("Not placed"), "triangle-alert"),
}
_CANCELLED: tuple[str, str | Promise, str] = ("", gettext_lazy("Cancelled"), "x")


class RequisitionRow(NamedTuple):
    """One requisition with the dashes of its progress and a phrase for who is asked."""

    requisition: Requisition
    state: str
    label: str | Promise
    icon: str
    marks: tuple[str, ...]
    waiting_for: str
    due_at: datetime | None


def state_of(requisition: Requisition, order_status: str = "") -> tuple[str, str | Promise, str]:
    """The colour, the word and the icon of a requisition's state.

    Where the order that it became was cancelled, that is said instead.
    """
    if order_status == Order.Status.CANCELLED:
        return _CANCELLED
    return _STATES[requisition.status]


def list_requisition_rows(
    actor: Actor, requisitions: Sequence[Requisition]
) -> list[RequisitionRow]:
    """The rows of one page, in three queries."""
    revisions = [requisition.revision_id for requisition in requisitions]
    steps: dict[str, list[Step]] = {}
    people = StepAssignment.objects.filter(is_open=True).select_related("member__user")
    for step in (
        Step.objects.filter(revision_id__in=revisions)
        .prefetch_related(Prefetch("assignments", people.order_by("id"), to_attr="asked"))
        .order_by("position")
    ):
        steps.setdefault(step.requisition_id, []).append(step)
    orders = find_order_states(one.pk for one in requisitions)
    return [_row(actor, one, steps.get(one.pk, []), orders.get(one.pk, "")) for one in requisitions]


def _row(
    actor: Actor, requisition: Requisition, steps: Sequence[Step], order_status: str
) -> RequisitionRow:
    state, label, icon = state_of(requisition, order_status)
    now = [step for step in steps if step.status == Step.Status.PENDING]
    asked = now[0].asked if now and requisition.status == Status.PENDING else []  # type: ignore[attr-defined]
    return RequisitionRow(
        requisition,
        state,
        label,
        icon,
        marks=tuple(_mark(step) for step in steps),
        waiting_for=_names(actor, now[0], asked) if asked else "",
        due_at=now[0].due_at if asked else None,
    )


def _mark(step: Step) -> str:
    return {"approved": "on", "pending": "now", "rejected": "no"}.get(step.status, "")


def _names(actor: Actor, step: Step, asked: Sequence[StepAssignment]) -> str:
    if step.side == "merchant" and not actor.is_merchant:
        return _("the supplier")
    names: list[str] = list(dict.fromkeys(one.member.user.name for one in asked))
    if len(names) == 1:
        return names[0]
    return _("%(name)s or %(n)d more") % {"name": names[0], "n": len(names) - 1}

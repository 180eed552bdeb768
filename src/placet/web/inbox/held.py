"""Answers that can still be undone: nobody is told of them until their time has passed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.requisitions.models import Decision, DecisionPending, Requisition
from placet.web import formats
from placet.web.shell import company_url


class HeldAnswer(NamedTuple):
    """One answer as its toast tells it; ``seconds`` are left for undoing it."""

    text: str
    undo_url: str
    seconds: int
    decision: Decision
    requisition: Requisition


def list_held(actor: Actor, *, now: datetime) -> list[HeldAnswer]:
    """The actor's own answers that have not taken effect, the latest first: one query."""
    rows = DecisionPending.objects.filter(
        user_id=actor.user_id, decision__member_id=actor.member_id, effective_at__gt=now
    ).select_related("decision__step__requisition")
    return [_held(row, actor, now) for row in rows.order_by("-effective_at", "-decision_id")]


def get_own_decision(actor: Actor, decision_id: str) -> Decision:
    """A decision that the actor made; raises ``NotFound`` for all others."""
    found = (
        Decision.objects.filter(pk=decision_id, member_id=actor.member_id)
        .select_related("step__requisition")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such answer of yours."))
    return found


def _held(row: DecisionPending, actor: Actor, now: datetime) -> HeldAnswer:
    decision = row.decision
    requisition = decision.step.requisition
    sentence = {
        Decision.Kind.APPROVE: _("Approved “%(name)s”, %(amount)s."),
        Decision.Kind.REJECT: _("Rejected “%(name)s”, %(amount)s."),
        Decision.Kind.REQUEST_CHANGES: _("Asked for changes of “%(name)s”, %(amount)s."),
    }[Decision.Kind(decision.kind)]
    amount = formats.money_currency(requisition.total_minor, requisition.currency)
    return HeldAnswer(
        sentence % {"name": requisition.name, "amount": amount},
        company_url(actor, "undo_decision", decision.pk),
        max(int((row.effective_at - now).total_seconds()), 0),
        decision,
        requisition,
    )

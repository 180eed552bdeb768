"""The history on the timeline: each purchase is submitted, answered, and ordered or ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b

from placet.budgets.actions import commit_reservations, release_reservations, uncount_purchase
from placet.core.actor import Actor, Channel
from placet.demo.loading.history.decisions import answered_at, decision_of
from placet.demo.loading.history.submitting import Played, Submitter
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Happening, Timeline
from placet.demo.world.history.play import Purchase, purchases
from placet.events.record import record
from placet.orders.actions import acknowledge_order, create_order
from placet.orders.models import Order
from placet.plans.history import write_history
from placet.policy.chain import Kind
from placet.requisitions.models import Decision, Requisition

REJECTION = "We still have enough of this on the shelf."
STAFF = "tomas"
# Everything of the history is answered before the moment of loading.
LATEST = timedelta(minutes=20)
STEP = timedelta(minutes=2)
# The merchant's system takes orders over within hours; the latest still wait there.
TAKEN_OVER = timedelta(hours=4)


class History:
    """Plays the purchases of three months; ``write`` comes when everything has happened."""

    def __init__(self, registry: Registry, timeline: Timeline) -> None:
        self.registry = registry
        self.timeline = timeline
        self.submitter = Submitter(registry)
        self.figures = self.submitter.planner.figures
        self.key_of = {member.id: key for key, member in registry.members.items()}

    def plan(self) -> None:
        """Put every purchase on the timeline, at the moment of its submission."""
        latest = self.registry.now - LATEST
        for purchase in purchases(self.registry.today, self.registry.seed):
            moment = self.registry.at(purchase.company, purchase.submitted_on, purchase.minute)
            self.timeline.plan(min(moment, latest), partial(self._submit, purchase))

    def write(self) -> None:
        """Insert the requisitions of the history."""
        self.submitter.written.write()

    def forget_figures(self) -> None:
        """Somebody else ordered or reserved meanwhile."""
        self.figures.forget()

    def forget_people(self) -> None:
        """Somebody left meanwhile."""
        self.submitter.planner.organisations.forget()

    def _submit(self, purchase: Purchase, now: datetime) -> None:
        played = self.submitter.submit(purchase, now)
        if played is not None:
            self._advance(played, now, who=purchase.member)

    def _advance(self, played: Played, now: datetime, *, who: str) -> None:
        """To where the votes lead: ordered, or the next person is asked."""
        if played.answers.settle(actor=self.registry.actor(who), now=now) == "approved":
            self._order(played, now, who=who)
            return
        is_withdrawn = played.purchase.outcome == "withdrawn"
        happening: Happening = partial(self._withdraw if is_withdrawn else self._answer, played)
        self.timeline.plan(self._moment(played, now), happening)

    def _moment(self, played: Played, now: datetime) -> datetime:
        """Within six working hours, and before the moment of loading."""
        step, row = played.answers.next_answer()
        number = played.requisition.number
        moment = answered_at(
            step,
            _roll(number, step.position, 6),
            _roll(row.member_id, number, 60),
            played.requisition.company,
        )
        return min(max(moment, now + STEP), max(self.registry.now - STEP, now))

    def _answer(self, played: Played, now: datetime) -> None:
        step, row = played.answers.next_answer()
        who = self.key_of[row.member_id]
        kind: Kind = "reject" if played.purchase.outcome == "rejected" else "approve"
        by_mail = _roll(played.requisition.number, who, 4) == 0
        channel: Channel = "mail" if by_mail else "web"
        decision, outcome = decision_of(
            step,
            row,
            kind=kind,
            reason=REJECTION if kind == "reject" else "",
            actor=self.registry.actor(who, channel),
            now=now,
        )
        self.submitter.written.decisions.append(decision)
        self.submitter.written.outcomes.append(outcome)
        played.answers.count(decision, kind)
        if kind == "reject":
            self._reject(played, decision, now, who=who)
        else:
            self._advance(played, now, who=who)

    def _reject(self, played: Played, decision: Decision, now: datetime, *, who: str) -> None:
        requisition, actor = played.requisition, self.registry.actor(who)
        played.answers.settle(actor=actor, now=now)
        self._end(played, Requisition.Status.REJECTED, actor, now)
        record(
            "requisition.rejected",
            requisition.id,
            actor=actor,
            now=now,
            company_id=requisition.company_id,
            requisition=requisition.id,
            number=requisition.number,
            decision=decision.pk,
        )

    def _withdraw(self, played: Played, now: datetime) -> None:
        requisition = played.requisition
        actor = self.registry.actor(played.purchase.member)
        self._end(played, Requisition.Status.WITHDRAWN, actor, now)
        record(
            "requisition.withdrawn",
            requisition.id,
            actor=actor,
            now=now,
            requisition=requisition.id,
            number=requisition.number,
        )

    def _end(self, played: Played, status: Requisition.Status, actor: Actor, now: datetime) -> None:
        requisition = played.requisition
        requisition.status, requisition.ended_at = status, now
        played.answers.void(now)
        uncount_purchase(requisition.pk)
        release_reservations(requisition.pk, actor=actor, now=now)
        self.figures.move(played.past.draws, is_committed=False)

    def _order(self, played: Played, now: datetime, *, who: str) -> None:
        requisition, actor = played.requisition, self.registry.actor(who)
        order = create_order(
            revision_id=str(requisition.revision_id),
            content=played.content_bytes,
            content_hash=played.content_hash,
            actor=actor,
            now=now,
        )
        commit_reservations(requisition.pk, actor=actor, now=now)
        self.figures.move(played.past.draws, is_committed=True)
        self.figures.ordered(played.content, now)
        path = requisition.unit.path
        write_history(played.content, order_id=order.pk, unit_path=path, now=now)
        requisition.status, requisition.ended_at = Requisition.Status.ORDERED, now
        record(
            "requisition.ordered",
            requisition.id,
            actor=actor,
            now=now,
            company_id=requisition.company_id,
            requisition=requisition.id,
            number=requisition.number,
            order=order.pk,
        )
        taken_over = now + timedelta(minutes=30 + _roll(order.number, "erp", 180))
        if taken_over < self.registry.now - TAKEN_OVER:
            self.timeline.plan(taken_over, partial(self._acknowledge, order))

    def _acknowledge(self, order: Order, now: datetime) -> None:
        number = int(order.number.partition("-")[2])
        actor = self.registry.actor(STAFF, "api")
        acknowledge_order(order, erp_number=f"NS-{4_000_000 + number}", actor=actor, now=now)


def _roll(name: str, turn: object, bound: int) -> int:
    """A number from 0 to ``bound - 1`` that depends on the names alone."""
    digest = blake2b(f"{name}/{turn}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % bound

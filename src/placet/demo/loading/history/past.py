"""The history on the timeline: each purchase is submitted, answered, and ordered or ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b

from placet.budgets.actions import commit_reservations, release_reservations, uncount_purchase
from placet.companies.queries import get_merchant
from placet.core.actor import Actor, Channel
from placet.demo.loading.history.decisions import answered_at, decision_of
from placet.demo.loading.history.submitting import Played, Submitter
from placet.demo.loading.registry import Registry
from placet.demo.loading.timeline import Happening, Timeline
from placet.demo.world.history.play import Purchase, purchases
from placet.events.record import record
from placet.orders.actions import acknowledge_order
from placet.orders.actions.acknowledge_order import record_acknowledged
from placet.orders.actions.create_order import record_created
from placet.orders.models import HandOver, Order
from placet.orders.rows import new_lines, new_order
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
    """Plays the purchases of the past; ``write`` comes when everything has happened."""

    def __init__(self, registry: Registry, timeline: Timeline) -> None:
        self.registry = registry
        self.timeline = timeline
        self.submitter = Submitter(registry)
        self.figures = self.submitter.planner.figures
        self.key_of = {member.id: key for key, member in registry.members.items()}
        self.merchant_id = get_merchant().pk
        self.flushes = 0
        # Of which flush the counts and reservations of an open purchase are not part yet.
        self._open: dict[str, int] = {}

    def plan(self) -> None:
        """Put every purchase on the timeline, at the moment of its submission."""
        latest = self.registry.now - LATEST
        for purchase in purchases(self.registry.today, self.registry.seed, self.registry.scale):
            moment = self.registry.at(purchase.company, purchase.submitted_on, purchase.minute)
            self.timeline.plan(min(moment, latest), partial(self._submit, purchase), in_memory=True)

    def write(self) -> None:
        """Insert the requisitions of the history."""
        self.flush()
        self.submitter.written.write()

    def flush(self) -> None:
        """Write down what others read and change: they act now, by the product's actions."""
        self.submitter.flush()
        self.flushes += 1

    def catch_up(self) -> None:
        """Others acted: what they ordered counts from now on."""
        self.figures.purchased.catch_up()

    def forget_people(self) -> None:
        """Somebody left meanwhile."""
        self.submitter.planner.organisations.forget()

    def _submit(self, purchase: Purchase, now: datetime) -> None:
        played = self.submitter.submit(purchase, now)
        if played is not None:
            self._open[played.requisition.pk] = self.flushes
            self._advance(played, now, who=purchase.member)

    def _advance(self, played: Played, now: datetime, *, who: str) -> None:
        """To where the votes lead: ordered, or the next person is asked."""
        if played.answers.settle(actor=self.registry.actor(who), now=now) == "approved":
            if played.answers.steps:
                self._tell_approved(played, now, who=who)
            self._order(played, now, who=who)
            return
        is_withdrawn = played.purchase.outcome == "withdrawn"
        happening: Happening = partial(self._withdraw if is_withdrawn else self._answer, played)
        self.timeline.plan(self._moment(played, now), happening, in_memory=True)

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

    def _tell_approved(self, played: Played, now: datetime, *, who: str) -> None:
        requisition = played.requisition
        record(
            "requisition.approved",
            requisition.id,
            actor=self.registry.actor(who),
            now=now,
            company_id=requisition.company_id,
            requisition=requisition.id,
            number=requisition.number,
            revision=str(requisition.revision_id),
            hash=played.content_hash,
            total_minor=requisition.total_minor,
            currency=requisition.currency,
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
        if self._is_unwritten(requisition):
            self.submitter.counters.uncount(requisition.pk)
            self.figures.ledger.settle(requisition.pk, is_ordered=False, actor=actor, now=now)
        else:
            self.flush()
            uncount_purchase(requisition.pk)
            release_reservations(requisition.pk, actor=actor, now=now)

    def _is_unwritten(self, requisition: Requisition) -> bool:
        return self._open.pop(requisition.pk) == self.flushes

    def _order(self, played: Played, now: datetime, *, who: str) -> None:
        requisition, actor = played.requisition, self.registry.actor(who)
        order = new_order(
            played.content,
            self.submitter.numbers.next_number(self.merchant_id, "ORD"),
            str(requisition.revision_id),
            played.content_bytes,
            played.content_hash,
            now=now,
        )
        self.submitter.written.orders[order.pk] = order
        self.submitter.written.order_lines += new_lines(order, played.content)
        record_created(order, read=played.content, actor=actor, now=now)
        if self._is_unwritten(requisition):
            self.figures.ledger.settle(requisition.pk, is_ordered=True, actor=actor, now=now)
        else:
            self.flush()
            commit_reservations(requisition.pk, actor=actor, now=now)
        path = requisition.unit.path
        self.figures.purchased.ordered(played.content, order_id=order.pk, unit_path=path, now=now)
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
            self.timeline.plan(taken_over, partial(self._acknowledge, order), in_memory=True)

    def _acknowledge(self, order: Order, now: datetime) -> None:
        number = f"NS-{4_000_000 + int(order.number.partition('-')[2])}"
        actor = self.registry.actor(STAFF, "api")
        if order.pk not in self.submitter.written.orders:
            acknowledge_order(order, erp_number=number, actor=actor, now=now)
            return
        order.status, order.erp_number = Order.Status.EXPORTED, number
        order.version += 1
        self.submitter.written.hand_overs.append(
            HandOver(
                created_at=now,
                order=order,
                kind=HandOver.Kind.ACKNOWLEDGEMENT,
                erp_number=number,
                actor_member=actor.member_id,
                channel=actor.channel,
            )
        )
        record_acknowledged(order, actor=actor, now=now)


def _roll(name: str, turn: object, bound: int) -> int:
    """A number from 0 to ``bound - 1`` that depends on the names alone."""
    digest = blake2b(f"{name}/{turn}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % bound

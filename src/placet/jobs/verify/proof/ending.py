"""What the state of a purchase claims: an order, an answer, a budget, a chain of facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from placet.budgets.models import Reservation
from placet.events.models import Event
from placet.events.record import hash_of
from placet.jobs.verify.changes import stands_behind
from placet.jobs.verify.promise import check_order
from placet.jobs.verify.proof.said import Said, claim, who
from placet.orders.models import Order
from placet.requisitions.models import Decision, DecisionOutcome, Requisition, Revision, Step

Status = Requisition.Status
Held = Reservation.Status
FREE: Final = frozenset({str(Held.RELEASED), str(Held.EXPIRED)})
# What a state says about the budget: the states of its reservations, and a word for them.
BUDGET: Final = {
    str(Status.ORDERED): (frozenset({str(Held.COMMITTED), str(Held.REFUNDED)}), "committed"),
    str(Status.REJECTED): (FREE, "free again"),
    str(Status.WITHDRAWN): (FREE, "free again"),
    str(Status.EXPIRED): (FREE, "free again"),
}
GIVEN: Final = frozenset({str(Held.COMMITTED), str(Held.REFUNDED)})
RESERVED: Final = (frozenset({str(Held.OPEN)}), "reserved")
ENDED_BY: Final = {
    str(Status.REJECTED): Decision.Kind.REJECT,
    str(Status.CHANGES_REQUESTED): Decision.Kind.REQUEST_CHANGES,
}


def say_end(requisition: Requisition, revision: Revision) -> Iterator[Said]:
    """The order and its bytes, or that there is none; the answer that ended it."""
    orders = list(Order.objects.filter(requisition_id=requisition.pk))
    if requisition.status == Status.ORDERED and orders:
        found = [Said(one.sentence, False) for one in check_order(orders[0])]
        good = f"{orders[0].number} left with exactly the bytes of revision {revision.number}."
        yield from found or [Said(good)]
    elif orders and stands_behind(orders[0], requisition):
        yield from _say_changing(orders[0])
    else:
        is_right = requisition.status != Status.ORDERED and not orders
        yield claim(is_right, "There is no order of it.", "Its state and its orders differ.")
    kind = ENDED_BY.get(requisition.status)
    if kind:
        yield _ended_by(revision, kind)
    if requisition.status in (Status.APPROVED, Status.PLACEMENT_FAILED):
        yield claim(
            not revision.steps.exclude(status=Step.Status.APPROVED).exists(),
            f"Every step is approved; the order waits ({requisition.problem or 'no problem'}).",
            "It waits to be ordered, but not every step is approved.",
        )


def _say_changing(order: Order) -> Iterator[Said]:
    """The order stands as it was, with what was approved for that, while this is decided."""
    found = [Said(one.sentence, False) for one in check_order(order)]
    number = Revision.objects.get(pk=order.revision_id).number
    good = (
        f"{order.number} stands with exactly the bytes of revision {number} until this is decided."
    )
    yield from found or [Said(good)]


def _ended_by(revision: Revision, kind: str) -> Said:
    said = (
        Decision.objects.filter(
            revision=revision, kind=kind, outcome__kind=DecisionOutcome.Kind.APPLIED
        )
        .select_related("member__user", "principal__user")
        .first()
    )
    if said is None:
        return Said("Nobody gave the answer that its state claims.", False)
    about = f"{who(said)} answered about {said.content_hash}"
    matches = said.content_hash == revision.content_hash
    return claim(matches, f"{about}, which is it.", f"{about}, which is another content.")


def say_decisions(requisition: Requisition) -> Iterator[Said]:
    """What became of every answer, also of those that count for nothing."""
    rows = Decision.objects.filter(step__requisition=requisition).select_related(
        "member__user", "principal__user", "outcome", "pending", "revision"
    )
    for decision in rows.order_by("created_at", "id"):
        outcome, waits = getattr(decision, "outcome", None), hasattr(decision, "pending")
        fate = str(outcome.kind) if outcome else "may still be undone"
        fate += f" ({outcome.reason})" if outcome and outcome.reason else ""
        about = f"{who(decision)}: {decision.kind} of revision {decision.revision.number}, {fate}"
        matches = decision.content_hash == decision.revision.content_hash
        yield claim(
            matches and (outcome is None) == waits,
            f"{about}.",
            f"{about}; but its hash or what became of it contradicts the rows.",
        )


def say_budget(requisition: Requisition) -> Iterator[Said]:
    """What it holds in each budget fits its state; former revisions hold nothing."""
    rows = list(Reservation.objects.filter(requisition_id=requisition.pk).select_related("budget"))
    states, word = BUDGET.get(requisition.status, RESERVED)
    order = Order.objects.filter(requisition_id=requisition.pk).first()
    ordered = order.revision_id if order is not None else ""
    taken = {(row.budget_id, row.revision_id) for row in rows if row.status in GIVEN}
    wrong = [
        f"{row.budget.name} ({row.status})"
        for row in rows
        if row.status not in _fitting(row, requisition, states, ordered, taken)
    ]
    here = sum(row.revision_id == requisition.revision_id for row in rows)
    yield claim(
        not wrong,
        f"What it drew from budgets is {word} ({here})." if here else "No budget is drawn on.",
        f"Its budgets do not fit its state: {', '.join(wrong)}.",
    )


def _fitting(
    row: Reservation,
    requisition: Requisition,
    states: frozenset[str],
    ordered: str,
    taken: Collection[tuple[str, str]],
) -> frozenset[str]:
    """The states in which a reservation may be; ``ordered`` is the revision that the order has.

    What a change held beyond the order is released once the whole is taken, as a row beside it.
    """
    if row.revision_id == ordered:
        is_beside = (row.budget_id, row.revision_id) in taken
        return GIVEN | (FREE if is_beside else frozenset())
    if row.revision_id == requisition.revision_id:
        return states
    # What a content took that was ordered before its change is given back.
    return FREE | (frozenset({str(Held.REFUNDED)}) if ordered else frozenset())


def say_events(requisition: Requisition) -> Iterator[Said]:
    """Its facts in the chain, each with its neighbour; the whole chain is the other command's."""
    chain = Event.objects.filter(company_id=requisition.company_id)
    events = list(chain.filter(subject=requisition.pk).order_by("seq"))
    before = dict(
        chain.filter(seq__in=[event.seq - 1 for event in events]).values_list("seq", "hash")
    )
    wrong = [
        Said(f"Event no. {event.seq} ({event.type}) was changed.", False)
        for event in events
        if hash_of(event) != event.hash or event.previous_hash != before.get(event.seq - 1, "")
    ]
    yield from wrong
    if not wrong and events:
        yield Said(
            f"{len(events)} events from no. {events[0].seq} to no. {events[-1].seq}: each hash is "
            f"right and follows the one before. The last is {events[-1].hash}."
        )
    if not events:
        yield Said("No event tells of it.", False)

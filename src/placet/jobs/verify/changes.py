"""Changes of orders: an unbroken chain of approved contents, and only the extra held meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from placet.budgets.models import Budget, Reservation
from placet.jobs.verify.finding import Finding
from placet.orders.models import Order, OrderChange
from placet.policy.plan import Plan
from placet.requisitions.models import Requisition, Revision, Step
from placet.requisitions.permissions import UNDECIDED
from placet.requisitions.progress import plan_of

States = Reservation.Status


def stands_behind(order: Order, requisition: Requisition | None) -> bool:
    """Whether a requisition is what an order came from, in the state that the order's says.

    It points to the order's content, or, while the order is being changed, to a later one.
    """
    if requisition is None:
        return False
    if requisition.status in UNDECIDED:
        is_other = requisition.revision_id != order.revision_id
        return order.status == Order.Status.CHANGING and is_other
    is_same = requisition.revision_id == order.revision_id
    return order.status != Order.Status.CHANGING and is_same


def check_changes() -> Iterator[Finding]:
    """Every order that was changed, and every one that is being changed now."""
    chains: dict[str, list[OrderChange]] = defaultdict(list)
    for change in OrderChange.objects.order_by("order_id", "number"):
        chains[change.order_id].append(change)
    for order in Order.objects.filter(pk__in=chains).order_by("id"):
        yield from _check_chain(order, chains[order.pk])
        yield from _check_held(order)
    for order in Order.objects.filter(status=Order.Status.CHANGING).order_by("id"):
        yield from _check_extra(order)


def _check_chain(order: Order, changes: Sequence[OrderChange]) -> Iterator[Finding]:
    """From the first content to the one that the order has; each was approved by every step."""
    numbers = [change.number for change in changes]
    joined = all(
        (one.to_revision_id, one.to_hash) == (next_.from_revision_id, next_.from_hash)
        for one, next_ in pairwise(changes)
    )
    last = changes[-1]
    is_current = (last.to_revision_id, last.to_hash) == (order.revision_id, order.content_hash)
    if numbers != list(range(1, len(changes) + 1)) or not joined or not is_current:
        yield Finding("changes_broken", order.pk, "Its changes do not lead to what it says now.")
    stated = {one.from_revision_id: one.from_hash for one in changes}
    stated |= {one.to_revision_id: one.to_hash for one in changes}
    stored = Revision.objects.filter(requisition_id=order.requisition_id, pk__in=stated)
    if dict(stored.values_list("pk", "content_hash")) != stated:
        yield Finding("change_differs", order.pk, "A change names what no revision says.")
    steps = Step.objects.filter(revision_id__in=stated).exclude(status=Step.Status.APPROVED)
    for step in steps.order_by("id"):
        yield Finding("change_not_approved", step.pk, "The order had this before it was approved.")


def _check_held(order: Order) -> Iterator[Finding]:
    """What stands in the budgets for it is of the content that it has, and of no other."""
    rows = Reservation.objects.filter(
        requisition_id=order.requisition_id, status=States.COMMITTED
    ).exclude(revision_id=order.revision_id)
    for row in rows.order_by("id"):
        yield Finding("old_content_committed", row.pk, "The order has changed since.")


def _check_extra(order: Order) -> Iterator[Finding]:
    """A change that waits holds, in each budget, what its plan takes beyond the order."""
    requisition = Requisition.objects.select_related("revision").get(pk=order.requisition_id)
    revision = requisition.revision
    if revision is None or requisition.status not in UNDECIDED:
        return
    held: dict[str, dict[str, int]] = {States.OPEN: {}, States.COMMITTED: {}}
    rows = Reservation.objects.filter(
        requisition_id=order.requisition_id, budget__account=Budget.Account.BUDGET
    )
    for row in rows.filter(status__in=held):
        of_revision = order.revision_id if row.status == States.COMMITTED else revision.pk
        if row.revision_id != of_revision:
            yield Finding("change_holds_other", row.pk, "It is of neither order nor change.")
        taken = row.committed_minor if row.status == States.COMMITTED else row.amount_minor
        held[row.status][row.budget_id] = taken
    wanted = _beyond(plan_of(revision), held[States.COMMITTED])
    if held[States.OPEN] != wanted:
        yield Finding(
            "change_holds_else",
            order.pk,
            f"Its change holds {held[States.OPEN]}, and goes beyond it by {wanted}.",
        )


def _beyond(plan: Plan, committed: dict[str, int]) -> dict[str, int]:
    draws = {one.budget: one.this_minor - committed.get(one.budget, 0) for one in plan.budgets}
    return {budget: more for budget, more in draws.items() if more > 0}

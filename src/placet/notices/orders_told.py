"""Who is told when an order is changed, cancelled, or asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q

from placet.events.models import Event
from placet.notices.tellings import Payload, Telling
from placet.orders.models import Order, OrderRequest
from placet.orders.talking import list_suppliers_side
from placet.requisitions.models import Decision, DecisionOutcome

Rule = Callable[[Event, Payload], Iterable[Telling]]


def tell_of_cancellation(event: Event, payload: Payload) -> Iterable[Telling]:
    """The buyer, the supplier's desk and who approved it, without whoever cancelled it."""
    for order in Order.objects.filter(pk=payload["order"]).select_related("company", "buyer"):
        yield from _without(event, {order.buyer_id}, "cancelled", order.pk)
        desk = list_suppliers_side(order)
        if event.actor_member not in desk:
            yield from _without(event, desk, "order_called_off", order.pk)
        approvers = _approvers(order) - {order.buyer_id}
        yield from _without(event, approvers, "approved_cancelled", order.requisition_id)


def tell_of_change(outcome: str) -> Rule:
    """The buyer: once for each change, with what became of it."""

    def rule(event: Event, payload: Payload) -> Iterable[Telling]:
        for order in Order.objects.filter(pk=payload["order"]):
            subject = f"{order.pk}@{payload.get('kind') or outcome}"
            yield from _without(event, {order.buyer_id}, "order_changed", subject)

    return rule


def tell_desk_of_request(event: Event, payload: Payload) -> Iterable[Telling]:
    """The supplier's people who process orders of this customer."""
    for request in OrderRequest.objects.filter(pk=payload["request"]).select_related("order"):
        yield from _without(event, list_suppliers_side(request.order), "order_asked", request.pk)


def tell_who_asked(event: Event, payload: Payload) -> Iterable[Telling]:
    """Whoever asked, and the buyer."""
    for request in OrderRequest.objects.filter(pk=payload["request"]).select_related("order"):
        people = {request.asked_by_id, request.order.buyer_id}
        yield from _without(event, people, "order_answered", request.pk)


def _without(event: Event, people: set[str], kind: str, subject_ref: str) -> Iterable[Telling]:
    """Each of these people, but for whoever did it."""
    for member_id in sorted(people - {event.actor_member}):
        yield Telling(member_id, kind, subject_ref)


def _approvers(order: Order) -> set[str]:
    """The buyer's people whose approval counted for what was ordered."""
    counted = Q(kind=Decision.Kind.APPROVE, outcome__kind=DecisionOutcome.Kind.APPLIED)
    revision = order.revision_id
    rows = Decision.objects.filter(
        counted & Q(revision_id=revision) | Q(carry_overs__step__revision_id=revision),
        step__side="buyer",
    )
    return set(rows.values_list("member_id", flat=True))

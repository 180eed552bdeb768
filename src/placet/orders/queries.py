"""Orders within reach: the merchant sees those of its customers, a company its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.models import HandOver, Order

EXPORT_STATES = {
    "pending": Order.Status.UNPROCESSED,
    "acknowledged": Order.Status.EXPORTED,
    "failed": Order.Status.FAILED,
}


def list_orders(actor: Actor) -> QuerySet[Order]:
    """Newest first. A buyer sees their own, and with ``purchase.view_all`` those of the units."""
    orders = Order.objects.select_related("company", "buyer__user").order_by("-placed_at", "-id")
    if actor.is_merchant:
        return orders.filter(in_scope(actor)) if actor.holds("order.process") else orders.none()
    orders = orders.filter(company_id=actor.company_id)
    reach = Q(buyer_id=actor.member_id)
    for path in actor.paths_of("purchase.view_all"):
        reach |= Q(buyer__unit__path__startswith=path)
    return orders.filter(reach)


def get_order(actor: Actor, key: str) -> Order:
    """One order by id or number; ``NotFound`` outside the actor's reach."""
    found = list_orders(actor).filter(Q(pk=key) | Q(number=key)).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


def find_order_of(requisition_id: str) -> Order | None:
    """The order that a requisition became, if it did."""
    return Order.objects.filter(requisition_id=requisition_id).first()


def find_order_states(requisition_ids: Iterable[str]) -> Mapping[str, str]:
    """The state of the order that each of these requisitions became, by the requisition's id."""
    rows = Order.objects.filter(requisition_id__in=list(requisition_ids))
    return dict(rows.values_list("requisition_id", "status"))


def find_cancelled_order(requisition_id: str = "pk") -> Exists:
    """Of rows of requisitions: whether the order that they became was cancelled."""
    here = Order.objects.filter(requisition_id=OuterRef(requisition_id))
    return Exists(here.filter(status=Order.Status.CANCELLED))


def list_hand_overs(order: Order) -> QuerySet[HandOver]:
    """What the merchant's system said about the order, oldest first."""
    return order.hand_overs.order_by("created_at", "id")

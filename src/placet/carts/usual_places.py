"""Where a member's purchases usually go: the only place there is, else that of their last cart."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet

from placet.carts.models import Cart
from placet.companies.models import Address, CostCenter
from placet.companies.queries import list_addresses, list_cost_centers
from placet.core.actor import Actor


class Places(NamedTuple):
    """What stands above the lines of a purchase; nothing where there is a choice to be made."""

    ship_to: Address | None
    bill_to: Address | None
    cost_center: CostCenter | None


def only_places(actor: Actor) -> Places:
    """What the member has no choice about; three queries."""
    return _chosen(actor, None)


def usual_places(actor: Actor) -> Places:
    """The same, and where there is a choice what their last cart said, as far as it is in reach."""
    mine = Cart.objects.filter(company_id=actor.company_id, owner_id=actor.member_id, staff=None)
    return _chosen(actor, mine.exclude(ship_to=None).order_by("-changed_at", "-id").first())


def _chosen(actor: Actor, last: Cart | None) -> Places:
    return Places(
        ship_to=_one(
            list_addresses(actor, Address.Kind.SHIP_TO), last.ship_to_id if last else None
        ),
        bill_to=_one(
            list_addresses(actor, Address.Kind.BILL_TO), last.bill_to_id if last else None
        ),
        cost_center=_one(list_cost_centers(actor), last.cost_center_id if last else None),
    )


def _one(choices: QuerySet[Any], last_id: str | None) -> Any:
    """The only choice, or the one that was made last."""
    if last_id:
        last = choices.filter(pk=last_id).first()
        if last is not None:
            return last
    found = list(choices[:2])
    return found[0] if len(found) == 1 else None

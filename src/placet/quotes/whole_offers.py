"""An offer that is taken whole is paid whole: no later edit keeps its prices for a part of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartLine
from placet.core.errors import Conflict
from placet.orders.content import read_content
from placet.quotes.models import Offer
from placet.requisitions.models import Requisition


class OfferNotAcceptable(Conflict):
    """The offer cannot be taken like this now; ``facts['reason']`` is the code."""

    code = "offer_not_acceptable"


def require_whole(cart: Cart) -> None:
    """An edit of what was bought by a whole offer keeps all of its lines as they were offered.

    Else the buyer would have the prices of the whole for a part. What an approver lowered stays
    as it was decided. Raises ``OfferNotAcceptable``.
    """
    if not cart.quoted or not cart.revises:
        return
    offer = Offer.objects.filter(pk=cart.quoted.get("offer"), is_whole=True).first()
    if offer is None:
        return
    offered = dict(offer.lines.values_list("product_id", "quantity"))
    kept = dict(CartLine.objects.filter(cart=cart).values_list("product_id", "quantity"))
    before = dict(_bought_before(cart))
    if any(
        before.get(product) == quantity != kept.get(product, 0)
        for product, quantity in offered.items()
    ):
        raise OfferNotAcceptable(
            _(
                "This was bought by an offer that is taken whole: keep all of its lines as they "
                "were offered, or withdraw and ask for another offer."
            ),
            reason="whole_only",
        )


def _bought_before(cart: Cart) -> Iterable[tuple[str, int]]:
    """What the current revision of the edited requisition holds, by product."""
    for requisition in Requisition.objects.filter(pk=cart.revises).select_related("revision"):
        content = read_content(requisition.revision.content)
        yield from ((line.product, int(line.quantity)) for line in content.lines)

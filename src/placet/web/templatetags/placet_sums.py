"""The sums of a purchase, where a page shows its lines."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from placet.companies.models import Address
from placet.orders.content import Content, ContentLine
from placet.requisitions.sums import Summed, SumRow, list_sums, rounding_sentence
from placet.requisitions.where import Destination, list_destinations

register = template.Library()


@register.simple_tag
def sums_of(purchase: Summed) -> list[SumRow]:
    """The rows below the lines of a frozen content, or of a cart as it is priced now."""
    return list_sums(purchase, _places(purchase), language=get_language() or "en")


@register.simple_tag
def rounding(purchase: Summed) -> str:
    """How the tax was rounded."""
    return rounding_sentence(purchase)


@register.simple_tag
def destinations_of(
    content: Content, line: ContentLine, for_merchant: bool = False
) -> list[Destination]:
    """Where the parts of a frozen line go, where not all of them go the same way."""
    return list_destinations(content, line, for_merchant=for_merchant)


def _places(purchase: Summed) -> Mapping[str, str]:
    """The names of its ship-tos: as they were frozen, or of a live cart as they are now."""
    if isinstance(purchase, Content):
        return {place.id: place.name for place in purchase.ship_tos}
    if len(purchase.shipments) < 2:
        return {}
    rows = Address.objects.filter(pk__in=sorted(one.ship_to for one in purchase.shipments))
    return dict(rows.values_list("pk", "name"))

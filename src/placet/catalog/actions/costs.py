"""What products cost the merchant: the ground of margins, which no buyer ever sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core import sql
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR, is_currency


class CostValues(NamedTuple):
    """What ``price_quantity`` pieces of a product cost; no amount is an unknown cost."""

    sku: str
    cost_minor: int | None
    currency: str


@transaction
def set_costs(costs: Sequence[CostValues], *, actor: Actor, now: datetime) -> int:
    """State the costs of these products; returns how many were written.

    The fact says how many, never how much. Raises ``InvalidInput`` with the row's place.
    """
    require(actor, CATALOG_MANAGE)
    products = {
        one.sku: one
        for one in Product.objects.select_for_update()
        .filter(sku__in=[row.sku for row in costs])
        .only("id", "sku", "version")
        .order_by("id")
    }
    for place, row in enumerate(costs):
        if row.sku not in products:
            raise InvalidInput(f"{place}/sku", "unknown", _("There is no product %s.") % row.sku)
        if row.cost_minor is not None and not 0 <= row.cost_minor <= LARGEST_AMOUNT_MINOR:
            raise InvalidInput(f"{place}/cost", "range", _("A cost is zero or more."))
        if row.cost_minor is not None and not is_currency(row.currency):
            raise InvalidInput(
                f"{place}/currency", "currency", _("A currency is three letters, such as EUR.")
            )
    sql.update(
        Product._meta.db_table,
        ["cost_minor", "cost_currency", "version"],
        "id",
        [
            (
                row.cost_minor,
                row.currency if row.cost_minor is not None else "",
                products[row.sku].version + 1,
                products[row.sku].pk,
            )
            for row in costs
        ],
    )
    record("product.costs_set", actor.company_id, actor=actor, now=now, products=len(costs))
    return len(costs)

"""What the catalog shows as CSV or XLSX: the same products, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from placet.carts.quantities import nearest_quantity
from placet.catalog.listing import list_shelf, read_shelf
from placet.catalog.part_numbers import find_part_numbers
from placet.catalog.prices import list_prices_for
from placet.companies.permissions import PRICE_VIEW
from placet.core.actor import Actor
from placet.policy.money import plain_amount
from placet.web.catalog.forms import read_address
from placet.web.shell import PageRequest, company_page
from placet.web.table_file import answer_with_table

MOST_ROWS: Final = 2_000


@require_GET
@company_page
def export_catalog(request: PageRequest) -> HttpResponse:
    """The first ``MOST_ROWS`` products that the address asks for; ``format=xlsx`` for a sheet."""
    rows = _rows(request.actor, request.GET, request.now)
    name = f"catalog-{request.actor.company_slug}-{request.now:%Y-%m-%d}"
    return answer_with_table(request, rows, name, title=_("Catalog"))


def _rows(actor: Actor, query: QueryDict, now: datetime) -> Iterator[list[object]]:
    asked = read_address(query)
    products = list_shelf(read_shelf(actor, asked.wanted, now=now), limit=MOST_ROWS)
    ids = [product.pk for product in products]
    numbers = find_part_numbers(actor.company_id, ids)
    sees_prices = actor.holds_anywhere(PRICE_VIEW)
    prices = list_prices_for(actor.company_id, actor.currency, ids, now) if sees_prices else {}
    yield [
        *("SKU", _("Part number"), _("Name"), _("Variant"), _("Category"), _("Brand")),
        *(_("Supplier"), _("Pack"), _("From quantity"), _("In steps of"), _("Stock")),
        *(_("Lead time in days"), _("Price"), _("Price for"), _("Currency")),
    ]
    for product in products:
        tiers = prices.get(product.pk)
        smallest = nearest_quantity(product, 1)
        price = plain_amount(tiers.at(smallest), actor.currency) if tiers else ""
        yield [
            *(product.sku, numbers.get(product.pk, ""), product.name, product.variant),
            *(product.category.name, product.brand, product.supplier, product.pack),
            *(smallest, product.step_quantity, product.stock, product.lead_time_days),
            *(price, product.price_quantity, actor.currency),
        ]

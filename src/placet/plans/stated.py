"""What a shop of the merchant's own sold: lines that no product of the catalog is behind."""

from __future__ import annotations

from placet.catalog.models import Category, Product
from placet.orders.content import Content, ContentLine
from placet.plans.models import PastPurchase
from placet.plans.stored_facts import read_facts
from placet.policy import facts


def is_stated(content: Content) -> bool:
    """Whether the prices of a content were stated by a shop, and are in no list of ours."""
    return any(not line.product for line in content.lines)


def stated_products(content: Content) -> dict[int, Product]:
    """By number of its line, what the shop said of it: products that are never saved.

    Brand, supplier, tags and whether it is restricted stand in the facts that were kept beside the
    content; one query, and none for a purchase from the catalog.
    """
    lines = [line for line in content.lines if not line.product]
    if not lines:
        return {}
    kept = PastPurchase.objects.filter(requisition_id=content.requisition).first()
    known = read_facts(kept.facts).purchase.lines if kept is not None else ()
    by_sku = {line.sku: line for line in known}
    return {line.number: _product(line, by_sku.get(line.sku)) for line in lines}


def _product(line: ContentLine, known: facts.Line | None) -> Product:
    return Product(
        id="",
        sku=line.sku,
        name=line.name,
        pack=line.pack,
        category=Category(id="", path=line.category),
        brand=known.brand if known else "",
        supplier=known.supplier if known else "",
        tags=sorted(known.tags) if known else [],
        is_restricted=bool(known and known.restricted),
        price_quantity=line.price_quantity,
        tax_basis_points=line.tax_basis_points,
    )

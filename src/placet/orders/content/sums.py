"""Whether a content's parts are its whole, to the last cent."""

from __future__ import annotations

from collections.abc import Iterator

from placet.orders.content.shape import FREE_SHIPPING, Content, ContentLine


def adds_up(content: Content) -> bool:
    """Lines, their parts, shipments, taxes and discounts each add up to what stands above them.

    A content of format 1 has neither shipments nor taxes: what it has must add up all the same.
    """
    whole = content.goods_minor + content.shipping_minor + content.tax_minor
    return whole == content.total_minor and all(_claims(content))


def _claims(content: Content) -> Iterator[bool]:
    lines, shipments, taxes = content.lines, content.shipments, content.taxes
    yield sum(line.total_minor for line in lines) == content.goods_minor
    yield sum(line.tax_minor for line in lines) == content.tax_minor
    yield sum(line.discount_minor for line in lines) == content.discount_minor
    for line in lines:
        yield from _line_claims(line)
    if shipments:
        yield sum(one.goods_minor for one in shipments) == content.goods_minor
        yield sum(one.shipping_minor for one in shipments) == content.shipping_minor
        yield sum(one.tax_minor for one in shipments) == content.tax_minor
    if taxes:
        yield sum(one.net_minor for one in taxes) == content.net_minor
        yield sum(one.tax_minor for one in taxes) == content.tax_minor
    off_goods = (one for one in content.discounts if one.kind != FREE_SHIPPING)
    yield sum(one.amount_minor for one in off_goods) == content.discount_minor


def _line_claims(line: ContentLine) -> Iterator[bool]:
    parts = line.allocations
    yield sum(part.quantity for part in parts) == line.quantity
    yield sum(part.goods_minor for part in parts) == line.total_minor
    yield sum(part.tax_minor for part in parts) == line.tax_minor

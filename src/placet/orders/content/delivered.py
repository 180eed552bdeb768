"""The part of a frozen purchase that left, as what remains of it once the rest never will."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from placet.orders.content.shape import Content, ContentAllocation, ContentLine
from placet.policy.money import round_half_up


def delivered_content(content: Content, shipped: Mapping[int, int]) -> Content:
    """What is left of a purchase of which only ``shipped`` left, in packs by number of the line.

    Goods and tax go with the pieces, each part rounded half up; of a line that goes to several
    places every part misses its share. Shipping to a place stays once anything went there. Lines
    and parts of which nothing left stay with the quantity 0. It is for counting, never for hashing:
    discounts, shipments and taxes stand as they were.
    """
    kept = {line.number: _quantities(line, shipped.get(line.number, 0)) for line in content.lines}
    reached = {
        part.ship_to
        for line in content.lines
        for part, quantity in zip(line.allocations, kept[line.number], strict=True)
        if quantity
    }
    lines = tuple(_line(line, kept[line.number], reached) for line in content.lines)
    parts = [part for line in lines for part in line.allocations]
    goods = sum(part.goods_minor for part in parts)
    shipping = sum(part.shipping_minor for part in parts)
    tax = sum(part.tax_minor for part in parts)
    return content._replace(
        lines=lines,
        goods_minor=goods,
        shipping_minor=shipping,
        tax_minor=tax,
        total_minor=goods + shipping + tax,
    )


def _quantities(line: ContentLine, shipped: int) -> list[int]:
    """How many pieces of each part left: whole ones, never more than the part had."""
    whole, found, before = line.quantity, [], 0
    for part in line.allocations:
        after = before + part.quantity
        found.append(shipped * after // whole - shipped * before // whole)
        before = after
    return found


def _line(line: ContentLine, kept: list[int], reached: Collection[str]) -> ContentLine:
    parts = tuple(
        _part(part, quantity, part.ship_to in reached)
        for part, quantity in zip(line.allocations, kept, strict=True)
    )
    return line._replace(
        quantity=sum(kept),
        total_minor=sum(part.goods_minor for part in parts),
        tax_minor=sum(part.tax_minor for part in parts),
        allocations=parts,
    )


def _part(part: ContentAllocation, quantity: int, is_reached: bool) -> ContentAllocation:
    if quantity == part.quantity:
        return part
    goods = round_half_up(Fraction(part.goods_minor * quantity, part.quantity))
    shipping = part.shipping_minor if is_reached else 0
    taxed = part.goods_minor + part.shipping_minor
    tax = round_half_up(Fraction(part.tax_minor * (goods + shipping), taxed)) if taxed else 0
    return part._replace(
        quantity=quantity, goods_minor=goods, shipping_minor=shipping, tax_minor=tax
    )

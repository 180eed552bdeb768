"""Lines of one cart in another: quantities add up, parts keep their places, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartAllocation, CartLine
from placet.carts.quantities import LARGEST, MOST_LINES, MOST_PARTS
from placet.core.errors import InvalidInput
from placet.core.transaction import running

MOST_NOTE = 400


def lines_with_parts(cart: Cart) -> list[CartLine]:
    """The lines of a cart in their order, with their products and parts; two queries."""
    return list(
        CartLine.objects.filter(cart=cart)
        .select_related("product")
        .prefetch_related("allocations")
        .order_by("position", "id")
    )


def pour_lines(
    lines: Sequence[CartLine], *, source: Cart, target: Cart, added_by_id: str = "", now: datetime
) -> None:
    """Put these lines of ``source`` into ``target``, which its caller has claimed.

    A product that lies there already gets that many more. A part that followed its cart's ship-to
    or cost centre names these from now on, where the target's are others; what was not split goes
    where the target goes. Conversations and held prices stay where they are. ``added_by_id`` is
    whose lines these are, where not those of who put them into ``source``. Raises ``InvalidInput``
    for more than a cart or a line can hold; a number of statements that hangs on nothing.
    """
    running()
    there = {line.product_id: line for line in lines_with_parts(target)}
    fresh = [line for line in lines if line.product_id not in there]
    if len(there) + len(fresh) > MOST_LINES:
        raise InvalidInput("lines", "too_many", _("A cart has 500 lines at most."))
    position = target.lines.aggregate(last=Max("position"))["last"] or 0
    parts: list[CartAllocation] = []
    made = []
    for place, line in enumerate(fresh, position + 1):
        copied = _copied(line, target, place, added_by_id or line.added_by_id, now)
        made.append(copied)
        parts += [_part(part, copied, i, source, now) for i, part in enumerate(_parts(line), 1)]
    CartLine.objects.bulk_create(made)
    parts += _add_up(lines, there, source=source, target=target, now=now)
    CartAllocation.objects.bulk_create(parts)


def _copied(
    line: CartLine, target: Cart, position: int, added_by_id: str, now: datetime
) -> CartLine:
    return CartLine(
        created_at=now,
        cart=target,
        product_id=line.product_id,
        position=position,
        quantity=line.quantity,
        added_by_id=added_by_id,
        replaces_sku=line.replaces_sku,
        note=line.note,
        references=line.references,
    )


def _add_up(
    lines: Sequence[CartLine],
    there: Mapping[str, CartLine],
    *,
    source: Cart,
    target: Cart,
    now: datetime,
) -> list[CartAllocation]:
    """Raise the quantities of what lies in the target already; the parts that this adds."""
    parts: list[CartAllocation] = []
    raised = []
    for line in lines:
        found = there.get(line.product_id)
        if found is None:
            continue
        before, found.quantity = found.quantity, found.quantity + line.quantity
        if found.quantity > LARGEST:
            raise InvalidInput(
                "lines",
                "quantity",
                _("%(sku)s would be more than a million.") % {"sku": line.product.sku},
            )
        found.version += 1
        found.note = _joined(found.note, line.note)
        found.references = {**line.references, **found.references}
        raised.append(found)
        parts += _joined_parts(line, found, before, source=source, target=target, now=now)
    CartLine.objects.bulk_update(raised, ["quantity", "version", "note", "references"])
    return parts


def _joined_parts(
    line: CartLine, found: CartLine, before: int, *, source: Cart, target: Cart, now: datetime
) -> list[CartAllocation]:
    """Rows that keep the parts of both apart; none where neither was split."""
    mine, theirs = _parts(found), _parts(line)
    if not mine and not theirs:
        return []
    if len(mine) + len(theirs) + 1 > MOST_PARTS:
        raise InvalidInput("allocations", "too_many", _("A line has 50 parts at most."))
    added = []
    if not mine:
        added.append(CartAllocation(created_at=now, line=found, position=1, quantity=before))
    place = max((part.position for part in mine), default=1) + 1
    if theirs:
        added += [_part(part, found, place + i, source, now) for i, part in enumerate(theirs)]
    else:
        rest = CartAllocation(created_at=now, line=found, position=place, quantity=line.quantity)
        added.append(rest)
    return added


def _parts(line: CartLine) -> list[CartAllocation]:
    return sorted(line.allocations.all(), key=lambda part: part.position)


def _part(
    part: CartAllocation, line: CartLine, position: int, source: Cart, now: datetime
) -> CartAllocation:
    """The part in another cart; what it left to its cart is written down."""
    return CartAllocation(
        created_at=now,
        line=line,
        position=position,
        quantity=part.quantity,
        ship_to_id=part.ship_to_id or source.ship_to_id,
        cost_center_id=part.cost_center_id or source.cost_center_id,
        need_by_on=part.need_by_on,
    )


def _joined(mine: str, theirs: str) -> str:
    if not theirs or theirs in mine:
        return mine
    return f"{mine}; {theirs}"[:MOST_NOTE] if mine else theirs

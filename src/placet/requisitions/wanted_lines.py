"""The lines of a revision as they are wanted again: to be lowered, replaced, moved and priced.

A revision that nobody edits in a cart is made from these, for example by an approval that lowers a
line, with the header of ``plans.frozen.cart_of_content``:

    content = read_content(revision.content)
    wanted = [with_quantity(line, 3) if … else line for line in list_wanted_lines(revision)]
    priced = price_lines(content.company, content.currency, wanted, allowed=Allowed(), now=now)
    revise_requisition(requisition, cart=cart_of_content(content), priced=priced, …)
"""

from __future__ import annotations

from placet.carts.pricing import WantedLine, held_today
from placet.catalog.models import Product
from placet.orders.content import read_content
from placet.plans.frozen import day_of
from placet.requisitions.models import Revision
from placet.requisitions.priced_anew import splits_of


def list_wanted_lines(revision: Revision) -> list[WantedLine]:
    """The lines in their order, each at the price that is held for its quantity; three queries.

    ``price_lines`` lets go of a price that is not held any more.
    """
    content = read_content(revision.content)
    products = Product.objects.select_related("category").in_bulk(
        [line.product for line in content.lines]
    )
    threads = dict(revision.lines.exclude(thread=None).values_list("number", "thread_id"))
    held_until = day_of(content.prices_held_until)
    return [
        WantedLine(
            product=products[line.product],
            quantity=line.quantity,
            splits=splits_of(line),
            added_by_id=content.requester,
            held=held_today(
                products[line.product],
                line.unit_price_minor,
                line.price_quantity,
                line.quantity,
                held_until,
            )
            if held_until
            else None,
            thread_id=threads.get(line.number, ""),
            note=line.note,
            references=line.references,
        )
        for line in content.lines
    ]


def with_quantity(line: WantedLine, quantity: int) -> WantedLine:
    """The line with another quantity; of a split line the last parts take the difference."""
    splits = list(line.splits)
    missing = quantity - sum(part.quantity for part in splits)
    if missing > 0:
        splits[-1] = splits[-1]._replace(quantity=splits[-1].quantity + missing)
    while missing < 0:
        last = splits.pop()
        if last.quantity > -missing:
            splits.append(last._replace(quantity=last.quantity + missing))
            break
        missing += last.quantity
    return line._replace(quantity=quantity, splits=tuple(splits))

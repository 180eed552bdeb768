"""Lists that leave as sheets: a row a line, with everything that people look a purchase up by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from placet.companies.models import ReferenceField
from placet.core.actor import Actor
from placet.orders.content import Content, ContentLine, read_content
from placet.orders.models import Order
from placet.orders.queries import find_order_states
from placet.policy.money import plain_amount
from placet.requisitions.models import Requisition

AT_ONCE: Final = 200
MOST_PURCHASES: Final = 5_000
Cell = str | int
Row = TypeVar("Row")


def order_sheet(orders: Iterable[Order], *, reader: Actor) -> Iterator[list[Cell]]:
    """Header and lines of orders; the merchant reads what is meant for it."""
    yield [_("Order"), _("Placed"), _("Company"), _("Buyer"), _("State"), _("Payment"), *_header()]
    for part in in_parts(orders):
        names = _field_names([one.company_id for one in part], reader)
        for order in part:
            content = read_content(order.content)
            first: list[Cell] = [
                order.number,
                order.placed_at.date().isoformat(),
                order.company.name,
                order.buyer.user.name,
                order.get_status_display(),
                order.terms,
            ]
            for line in content.lines:
                yield [*first, *_cells(content, line, names, reader)]


def requisition_sheet(
    requisitions: Iterable[Requisition], *, reader: Actor
) -> Iterator[list[Cell]]:
    """Header and lines of requisitions, as their current revisions say them."""
    head = [_("Requisition"), _("Submitted"), _("Company"), _("Requester"), _("State"), _("Unit")]
    yield [*head, *_header()]
    for part in in_parts(requisitions):
        names = _field_names([one.company_id for one in part], reader)
        orders = find_order_states(one.pk for one in part)
        for one in part:
            if one.revision is None:
                continue
            content = read_content(one.revision.content)
            first: list[Cell] = [
                one.number,
                one.submitted_at.date().isoformat(),
                one.company.name,
                one.requester.user.name,
                state_of_requisition(one, orders),
                "" if reader.is_merchant else one.unit.name,
            ]
            for line in content.lines:
                yield [*first, *_cells(content, line, names, reader)]


def state_of_requisition(requisition: Requisition, orders: Mapping[str, str]) -> str:
    """The word for where it stands; ``orders`` are the states of orders, by requisition.

    Where its order was cancelled, that is said instead of *ordered*.
    """
    if orders.get(requisition.pk) == Order.Status.CANCELLED:
        return str(Order.Status.CANCELLED.label)
    return requisition.get_status_display()


def _header() -> list[str]:
    return [
        *(_("Purchase"), _("PO reference"), _("References"), _("Line"), _("SKU")),
        *(_("Part number"), _("Product"), _("Pack"), _("Quantity"), _("Unit price")),
        *(_("Per"), _("Total"), _("Currency"), _("Note")),
    ]


def _cells(
    content: Content, line: ContentLine, names: Mapping[tuple[str, str], str], reader: Actor
) -> list[Cell]:
    own = not reader.is_merchant
    return [
        content.name,
        content.po_number,
        _references(content, line, names),
        line.number,
        line.sku,
        line.part_number if own else "",
        line.name,
        line.pack,
        line.quantity,
        plain_amount(line.unit_price_minor, content.currency),
        line.price_quantity,
        plain_amount(line.total_minor, content.currency),
        content.currency,
        line.note if own else "",
    ]


def _references(content: Content, line: ContentLine, names: Mapping[tuple[str, str], str]) -> str:
    said = {**content.references, **line.references}
    return "; ".join(
        f"{names[content.company, key]}: {value}"
        for key, value in said.items()
        if value and (content.company, key) in names
    )


def _field_names(companies: Sequence[str], reader: Actor) -> dict[tuple[str, str], str]:
    """The names of those fields that the reader may read, closed ones too."""
    fields = ReferenceField.objects.filter(company_id__in=set(companies))
    if reader.is_merchant:
        fields = fields.filter(is_for_supplier=True)
    rows = fields.values_list("company_id", "key", "name")
    return {(company_id, key): name for company_id, key, name in rows}


def in_parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """So many at a time, so that names are looked up once for all of them."""
    left = iter(rows)
    while part := list(islice(left, AT_ONCE)):
        yield part

"""Finding purchases by what people write on them: references, part numbers, SKUs.

One indexed row for each value of the current revision; a search is one condition more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Q

from placet.catalog.search import compact
from placet.companies.models import ReferenceField
from placet.core.actor import Actor
from placet.orders.content import Content
from placet.requisitions.models import PurchaseMark, Requisition

LONGEST = 200


def write_marks(requisition: Requisition, content: Content, *, is_first: bool) -> None:
    """Let a purchase be found by what its current revision says, and by nothing before it."""
    if not is_first:
        PurchaseMark.objects.filter(requisition=requisition).delete()
    keys = {*content.references, *(key for line in content.lines for key in line.references)}
    told = {"po"}
    if keys - told:
        named = ReferenceField.objects.filter(
            company_id=content.company, key__in=keys, is_for_supplier=True
        )
        told |= set(named.values_list("key", flat=True))
    PurchaseMark.objects.bulk_create(marks_of(requisition.pk, content, told))


def marks_of(requisition_id: str, content: Content, told: Collection[str]) -> list[PurchaseMark]:
    """The rows of a purchase, not yet written; ``told`` are the keys that the supplier reads."""
    found: dict[str, bool] = {}
    for key, value in _values(content):
        folded = compact(value)[:LONGEST]
        if folded:
            found[folded] = found.get(folded, False) or key in told
    return [
        PurchaseMark(requisition_id=requisition_id, value=value, is_for_supplier=is_told)
        for value, is_told in found.items()
    ]


def marked_with(actor: Actor, text: str) -> Q:
    """Requisitions with exactly this reference or part number, as far as the reader knows it."""
    marks = PurchaseMark.objects.filter(value=compact(text)[:LONGEST])
    if actor.is_merchant:
        marks = marks.filter(is_for_supplier=True)
    return Q(pk__in=marks.values("requisition_id"))


def spellings_of(sku: str) -> list[str]:
    """How a SKU may be stored that was typed like this; an index finds each."""
    return list(dict.fromkeys((sku, sku.upper(), sku.lower())))


def _values(content: Content) -> Iterator[tuple[str, str]]:
    yield from content.references.items()
    for line in content.lines:
        yield "part_number", line.part_number
        yield from line.references.items()

"""The company's own references of a purchase, with the names of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from placet.companies.models import ReferenceField
from placet.core.actor import Actor
from placet.orders.content import Content

PO: Final = "po"


class ReferenceFact(NamedTuple):
    """What the purchase says to one field."""

    name: str
    value: str
    is_for_supplier: bool


def list_reference_facts(
    references: Mapping[str, str], *, company_id: str, reader: Actor
) -> list[ReferenceFact]:
    """In the order of the fields, closed ones too; the merchant reads those meant for it.

    A purchase without any costs no query. The PO reference is shown by itself, everywhere.
    """
    keys = [key for key, value in references.items() if value and key != PO]
    if not keys:
        return []
    fields = ReferenceField.objects.filter(company_id=company_id, key__in=keys)
    if reader.is_merchant:
        fields = fields.filter(is_for_supplier=True)
    return [
        ReferenceFact(field.name, references[field.key], field.is_for_supplier)
        for field in fields.order_by("position", "id")
    ]


def list_line_facts(content: Content, *, reader: Actor) -> dict[int, list[ReferenceFact]]:
    """By the number of the line; the merchant reads those meant for it. One query at most."""
    keys = {key for line in content.lines for key, value in line.references.items() if value}
    if not keys:
        return {}
    fields = ReferenceField.objects.filter(company_id=content.company, key__in=keys)
    if reader.is_merchant:
        fields = fields.filter(is_for_supplier=True)
    known = list(fields.order_by("position", "id"))
    return {
        line.number: [
            ReferenceFact(field.name, line.references[field.key], field.is_for_supplier)
            for field in known
            if line.references.get(field.key)
        ]
        for line in content.lines
    }

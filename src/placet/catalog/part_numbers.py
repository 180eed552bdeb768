"""What a company calls products: read for its own people alone."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.catalog.models import PartNumber
from placet.companies.permissions import ADDRESS_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.errors import NotFound


def list_part_numbers(actor: Actor) -> QuerySet[PartNumber]:
    """The company's own numbers, by number."""
    rows = PartNumber.objects.filter(company_id=actor.company_id).select_related("product")
    return rows.order_by("folded")


def get_part_number(actor: Actor, part_number_id: str) -> PartNumber:
    """One of the company's own numbers; raises ``NotFound``."""
    found = list_part_numbers(actor).filter(pk=part_number_id).first()
    if found is None:
        raise NotFound(_("Your company has no such part number."))
    return found


def find_part_numbers(company_id: str, product_ids: Collection[str]) -> dict[str, str]:
    """What the company calls these products, by the product's id; one query."""
    rows = PartNumber.objects.filter(company_id=company_id, product_id__in=product_ids)
    return dict(rows.values_list("product_id", "number"))


def can_set_part_number(actor: Actor) -> Refusal | None:
    """Whether the actor keeps the company's own numbers: who keeps its reference data does."""
    if actor.is_merchant:
        return Refusal("buyers_only", _("Customers give products numbers of their own."))
    return can_do(actor, ADDRESS_MANAGE)

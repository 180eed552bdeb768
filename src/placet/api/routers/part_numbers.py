"""What the company calls products: by these numbers its people find and order them."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status
from pydantic import StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.catalog import PartNumber, show_part_numbers
from placet.api.versions import require_version, tag
from placet.catalog import part_numbers
from placet.catalog.actions.part_numbers import remove_part_number, set_part_number
from placet.catalog.queries import get_product

router = Router(tags=["catalog"])
Number = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class NewPartNumber(Wish):
    """What the company calls the product of this SKU."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    number: Number


class PartNumberChange(Wish):
    """Another number for the same product."""

    number: Number


@router.get("/part_numbers", response=ListOf[PartNumber])
def list_part_numbers(request: ApiRequest, page: Query[Page]) -> ListOf[PartNumber]:
    """The company's own numbers, by number."""
    found = part_numbers.list_part_numbers(request.actor)
    return page_of(request, found, page, show_part_numbers)


@router.post("/part_numbers", response={201: PartNumber})
def add_part_number(request: ApiRequest, body: NewPartNumber) -> Status[PartNumber]:
    """Give a product a number, instead of the one that it had."""
    product = get_product(request.actor, body.sku, now=request.now)
    row = set_part_number(product, number=body.number, actor=request.actor, now=request.now)
    return Status(201, _show(request, row.pk))


@router.get("/part_numbers/{part_number_id}", response=PartNumber)
def get_part_number(request: ApiRequest, part_number_id: str) -> PartNumber:
    """One of the company's own numbers."""
    return _show(request, part_number_id)


@router.patch("/part_numbers/{part_number_id}", response=PartNumber)
def change_part_number(
    request: ApiRequest, part_number_id: str, body: PartNumberChange
) -> PartNumber:
    """Give the same product another number; needs If-Match."""
    row = part_numbers.get_part_number(request.actor, part_number_id)
    require_version(request, row.version)
    set_part_number(row.product, number=body.number, actor=request.actor, now=request.now)
    return _show(request, row.pk)


@router.delete("/part_numbers/{part_number_id}", response={204: None})
def delete_part_number(request: ApiRequest, part_number_id: str) -> Status[None]:
    """Let the company have no number for the product; needs If-Match."""
    row = part_numbers.get_part_number(request.actor, part_number_id)
    require_version(request, row.version)
    remove_part_number(row, actor=request.actor, now=request.now)
    return Status(204, None)


def _show(request: ApiRequest, part_number_id: str) -> PartNumber:
    row = part_numbers.get_part_number(request.actor, part_number_id)
    tag(request, row.version)
    return show_part_numbers([row])[0]

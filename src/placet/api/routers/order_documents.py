"""Orders as the documents that other systems read."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from ninja import Router

from placet.api.call import ApiRequest
from placet.api.files import file_answer
from placet.documents.ubl import order_as_ubl
from placet.orders import queries

router = Router(tags=["orders"])
XML: Final = "application/xml"


@router.get("/orders/{order_id}/order.ubl.xml", openapi_extra=file_answer(XML))
def get_order_as_ubl(request: ApiRequest, order_id: str) -> HttpResponse:
    """The order as UBL 2.1 with the fields of Peppol BIS Order only 3."""
    order = queries.get_order(request.actor, order_id)
    return HttpResponse(order_as_ubl(order), content_type=f"{XML}; charset=utf-8")

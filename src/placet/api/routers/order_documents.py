"""Orders, requisitions and quotes as the documents that people and other systems read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from placet.api.call import ApiRequest
from placet.core.errors import NotFound
from placet.documents.formats import (
    ORDER,
    QUOTE,
    REQUISITION,
    Document,
    list_formats,
    make_document,
)
from placet.orders import queries
from placet.quotes.queries import get_quote
from placet.requisitions.queries import get_requisition

router = Router(tags=["orders"])


def document_answer(kind: str) -> dict[str, Any]:
    """What the description says of an operation that answers with one of several files."""
    schema = {"type": "string", "format": "binary"}
    types = [one.media_type.partition(";")[0] for one in list_formats(kind)]
    content = {name: {"schema": schema} for name in types}
    return {"responses": {200: {"description": "OK", "content": content}}}


@router.get("/orders/{order_id}/order.{ending}", openapi_extra=document_answer(ORDER))
def get_order_document(request: ApiRequest, order_id: str, ending: str) -> HttpResponse:
    """The order as `pdf`, `csv`, `xlsx` or `ubl.xml` (UBL 2.1, Peppol BIS Order only 3)."""
    order = queries.get_order(request.actor, order_id)
    return file_of(make_document(ORDER, order, ending, reader=request.actor, now=request.now))


@router.get(
    "/requisitions/{requisition_id}/requisition.{ending}",
    openapi_extra=document_answer(REQUISITION),
)
def get_requisition_document(request: ApiRequest, requisition_id: str, ending: str) -> HttpResponse:
    """The current revision as `pdf`, `csv` or `xlsx`."""
    if not requisition_id.startswith("req_"):
        raise NotFound(_("There is no such requisition."))
    found = get_requisition(request.actor, requisition_id)
    return file_of(make_document(REQUISITION, found, ending, reader=request.actor, now=request.now))


@router.get("/quotes/{quote_id}/quote.{ending}", openapi_extra=document_answer(QUOTE))
def get_quote_document(request: ApiRequest, quote_id: str, ending: str) -> HttpResponse:
    """The last offer as `pdf`."""
    found = get_quote(request.actor, quote_id)
    return file_of(make_document(QUOTE, found, ending, reader=request.actor, now=request.now))


def file_of(document: Document) -> HttpResponse:
    """A document as the caller gets it, with a name to save it under."""
    answer = HttpResponse(document.content, content_type=document.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{document.name}"'
    return answer

"""An order as a file, in every format that there is."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from placet.documents.formats import ORDER, Document, make_document
from placet.orders.queries import get_order
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def order_file(request: PageRequest, number: str, ending: str) -> HttpResponse:
    """The order for whoever sees its page, each side with what it may read."""
    order = get_order(request.actor, number)
    return answer_with(make_document(ORDER, order, ending, reader=request.actor, now=request.now))


def answer_with(document: Document) -> HttpResponse:
    """A document as the browser gets it: shown, or saved under its name."""
    answer = HttpResponse(document.content, content_type=document.media_type)
    how = "inline" if document.is_shown else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{document.name}"'
    return answer

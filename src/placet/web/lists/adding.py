"""*Add to list*: a product, a cart, or an earlier purchase, onto a list that is there or new."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from placet.carts.lists.actions import ListRow, paste_list_lines
from placet.carts.lists.queries import get_list, list_editable_lists
from placet.carts.models import PurchaseList
from placet.carts.queries import get_cart
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.orders.content import read_content
from placet.requisitions.queries import get_requisition
from placet.web.lists.page import list_places
from placet.web.lists.views import REFUSED, create_list_for
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.typed_numbers import read_digits


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def add_to_list(request: PageRequest) -> HttpResponse:
    """Choose a list, or begin one, and put on it what the address or the form names."""
    if request.method == "POST":
        try:
            wanted, listed = _add(request)
        except REFUSED as error:
            return _asked(request, error)
        said = ngettext(
            "%(n)d product is on “%(name)s”.", "%(n)d products are on “%(name)s”.", listed
        )
        messages.success(request, said % {"n": listed, "name": wanted.name})
        return redirect(company_url(request.actor, "list", wanted.pk))
    return _asked(request)


@transaction
def _add(request: PageRequest) -> tuple[PurchaseList, int]:
    rows = _rows(request)
    list_id = request.POST.get("list", "")
    wanted = (
        get_list(request.actor, list_id) if list_id else create_list_for(request.actor, request)
    )
    report = paste_list_lines(wanted, rows=rows, actor=request.actor, now=request.now)
    listed = [row for row in report if row.is_listed]
    if not listed:
        raise InvalidInput("sku", "none", report[0].detail)
    return wanted, len(listed)


def _rows(request: PageRequest) -> list[ListRow]:
    """What is to be put on a list: one product, the lines of a cart, those of a purchase."""
    sent = request.POST if request.method == "POST" else request.GET
    cart_id, requisition_id = sent.get("cart", ""), sent.get("requisition", "")
    if cart_id:
        lines = get_cart(request.actor, cart_id).lines.select_related("product")
        found = [
            (line.product.sku, line.quantity, line.note) for line in lines.order_by("position")
        ]
    elif requisition_id:
        requisition = get_requisition(request.actor, requisition_id)
        assert requisition.revision is not None
        content = read_content(requisition.revision.content)
        found = [(line.sku, line.quantity, "") for line in content.lines]
    else:
        quantity = read_digits(sent.get("quantity", "1"), 0, most=7)
        found = [(sent.get("sku", "")[:64], quantity, "")]
    return [
        ListRow(number, sku, quantity, note=note, is_partial=True)
        for number, (sku, quantity, note) in enumerate(found, 1)
    ]


def _asked(request: PageRequest, error: Exception | None = None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    context = {
        "rows": _rows(request),
        "lists": list_editable_lists(request.actor),
        "places": list_places(request.actor),
        "sent": {name: sent.get(name, "") for name in ("sku", "quantity", "cart", "requisition")},
        "error": error,
        "name": request.POST.get("name", ""),
    }
    status = getattr(error, "status", 200)
    return render(request, "web/lists/adding.html", context, status=status)

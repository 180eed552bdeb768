"""The demo's ERP: receives webhooks at its address, and shows what it received."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from placet.core.clock import business_now, real_now
from placet.core.errors import PlacetError
from placet.demo.doors import demo_only
from placet.demo.erp.receiving import is_signed, keep_message, take_over_order
from placet.demo.models import ReceivedWebhook
from placet.orders.models import Order

MOST_SHOWN = 50


# Another program calls this, with a signature in the place of a cookie and its token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@demo_only
def erp(request: HttpRequest) -> HttpResponse:
    """POST: a webhook arrives; 401 unless it is signed. GET: what has arrived."""
    if request.method == "POST":
        if not is_signed(request.headers, request.body, now=real_now()):
            return HttpResponse(status=401)
        keep_message(request.headers["webhook-id"], request.body, now=real_now())
        return HttpResponse(status=204)
    received = list(ReceivedWebhook.objects.order_by("-received_at")[:MOST_SHOWN])
    orders = Order.objects.select_related("company").in_bulk([row.subject for row in received])
    rows = [(row, order, _net(order)) for row in received for order in [orders.get(row.subject)]]
    return render(request, "demo/erp.html", {"rows": rows})


@require_POST
@demo_only
def acknowledge(request: HttpRequest) -> HttpResponse:
    """The ERP pulls an order and says under which number it has it."""
    try:
        order = take_over_order(request.POST.get("order", ""), now=business_now())
    except PlacetError as error:
        messages.error(request, str(error.detail))
    else:
        sentence = _("%(order)s was taken over as %(number)s.")
        facts = {"order": order.number, "number": order.erp_number}
        messages.success(request, sentence % facts)
    return redirect("demo_erp")


def _net(order: Order | None) -> int:
    """What the pages of Placet call the total: goods and delivery, without tax."""
    return order.goods_minor + order.shipping_minor if order else 0

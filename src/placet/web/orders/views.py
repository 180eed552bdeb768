"""Orders: for the buyer's people what became of them, for the supplier's what is to be done."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.companies.permissions import ORDER_PROCESS, can_do
from placet.companies.queries import get_merchant_day
from placet.core.errors import Conflict, InvalidInput, PlacetError
from placet.orders.actions import acknowledge_order, fail_order, retry_order
from placet.orders.models import Order
from placet.orders.queries import get_order, list_orders
from placet.web.budgets.forms import set_currency
from placet.web.orders.delivery import find_neighbours, read_delivery
from placet.web.orders.filters import STATES, OrderFilter, count_states
from placet.web.orders.forms import Acknowledgement, Failure, Receipt
from placet.web.orders.listed import count_awaiting, page_of_orders
from placet.web.orders.page import read_order
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def order_list(request: PageRequest) -> HttpResponse:
    """The orders within reach, newest first, with the filters of the address."""
    actor = request.actor
    wanted = OrderFilter(request.GET, actor=actor)
    orders = list_orders(actor)
    counts = count_states(orders)
    status = wanted.said("status")
    context = {
        "page": page_of_orders(wanted, orders, request.GET),
        "wanted": wanted,
        "tabs": [(state, label, counts.get(state)) for state, label in STATES],
        "status": status,
        "text": wanted.said("q"),
        "filters": wanted.kept,
        "kept": urlencode(wanted.kept),
        "awaiting": count_awaiting(actor),
        "refusal": can_do(actor, ORDER_PROCESS) if actor.is_merchant else None,
    }
    return render(request, "web/orders/list.html", context)


@require_GET
@company_page
def order_page(request: PageRequest, number: str) -> HttpResponse:
    """One order, from its stored content."""
    return show_order(request, get_order(request.actor, number))


@require_POST
@company_page
def order_acknowledge(request: PageRequest, number: str) -> HttpResponse:
    """The supplier's system has the order, under its own number."""
    form = Acknowledgement(request.POST)
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in ("erp_number", "content_hash")}

    def acknowledge(order: Order) -> str:
        acknowledge_order(order, **said, actor=request.actor, now=request.now)
        return _("%(order)s is taken over as %(number)s.") % {
            "order": order.number,
            "number": order.erp_number,
        }

    return act_on_order(request, number, acknowledge)


@require_POST
@company_page
def order_fail(request: PageRequest, number: str) -> HttpResponse:
    """The supplier's system could not take the order; it waits under *failed*."""
    form = Failure(request.POST)
    form.is_valid()
    reason = form.cleaned_data.get("reason", "")

    def fail(order: Order) -> str:
        fail_order(order, reason=reason, actor=request.actor, now=request.now)
        return _("%(order)s waits under “Failed”.") % {"order": order.number}

    return act_on_order(request, number, fail)


@require_POST
@company_page
def order_retry(request: PageRequest, number: str) -> HttpResponse:
    """A failed order goes back among the unprocessed ones."""

    def retry(order: Order) -> str:
        retry_order(order, actor=request.actor, now=request.now)
        return _("%(order)s is unprocessed again.") % {"order": order.number}

    return act_on_order(request, number, retry)


def act_on_order(request: PageRequest, number: str, act: Callable[[Order], str]) -> HttpResponse:
    """Do it and go back to the order; a refusal is shown on the order as it is now."""
    order = get_order(request.actor, number)
    try:
        messages.success(request, act(order))
    except (Conflict, InvalidInput) as error:
        return show_order(request, get_order(request.actor, number), error)
    return redirect(company_url(request.actor, "order", order.number))


def show_order(
    request: PageRequest,
    order: Order,
    error: PlacetError | None = None,
    receipt: Receipt | None = None,
) -> HttpResponse:
    """The order's page, with what was refused and what was typed."""
    if receipt is None:
        receipt = Receipt(initial={"received_on": get_merchant_day(request.now)})
        set_currency(receipt, "amount", order.currency)
    shown = read_order(request.actor, order)
    context = {
        "shown": shown,
        "error": error,
        "posted": request.POST,
        "receipt": receipt,
        "delivery": read_delivery(request.actor, order, now=request.now),
        "neighbours": find_neighbours(request.actor, order),
    }
    status = error.status if error else 200
    return render(request, "web/orders/page.html", context, status=status)

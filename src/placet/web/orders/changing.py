"""Changing an order in its cart, and what is asked and answered about one that was taken over."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.orders.actions import (
    ask_about_order,
    decline_order_request,
    withdraw_order_request,
)
from placet.orders.asked import get_order_request
from placet.orders.models import Order, OrderRequest
from placet.orders.queries import get_order
from placet.requisitions.actions import accept_order_request, edit_requisition
from placet.requisitions.queries import get_requisition
from placet.web.orders.forms import Answer, Question
from placet.web.orders.views import act_on_order
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def order_change(request: PageRequest, number: str) -> HttpResponse:
    """Open the cart of its requisition with what is ordered now."""
    order = get_order(request.actor, number)
    requisition = get_requisition(request.actor, order.requisition_id)
    try:
        cart = edit_requisition(requisition, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "order", order.number))
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_POST
@company_page
def order_ask(request: PageRequest, number: str) -> HttpResponse:
    """Ask the supplier to cancel an order that they took over, or to give it back."""
    form = Question(request.POST)
    form.is_valid()
    kind, reason = form.cleaned_data.get("kind", ""), form.cleaned_data.get("ask_reason", "")

    def ask(order: Order) -> str:
        try:
            ask_about_order(order, kind=kind, reason=reason, actor=request.actor, now=request.now)
        except InvalidInput as error:
            # The page has several reasons: this one is shown at its own field.
            raise InvalidInput(f"ask_{error.path}", error.code, error.detail) from error
        return _("The supplier is asked. You are told as soon as they answer.")

    return act_on_order(request, number, ask)


@require_POST
@company_page
def order_ask_withdraw(request: PageRequest, number: str, request_id: str) -> HttpResponse:
    """Take back what was asked."""

    def withdraw(asked: OrderRequest) -> str:
        withdraw_order_request(asked, actor=request.actor, now=request.now)
        return _("It is taken back: the order stays as it is.")

    return _act_on_request(request, number, request_id, withdraw)


@require_POST
@company_page
def order_ask_accept(request: PageRequest, number: str, request_id: str) -> HttpResponse:
    """Agree: the order is cancelled, or given back to be changed."""

    def accept(asked: OrderRequest) -> str:
        accepted = accept_order_request(asked, actor=request.actor, now=request.now)
        if accepted.kind == OrderRequest.Kind.CANCEL:
            return _("%(order)s is cancelled.") % {"order": accepted.order.number}
        said = _("%(order)s is unprocessed again. The customer can change it now.")
        return said % {"order": accepted.order.number}

    return _act_on_request(request, number, request_id, accept)


@require_POST
@company_page
def order_ask_decline(request: PageRequest, number: str, request_id: str) -> HttpResponse:
    """Leave the order as it is, with a reason."""
    form = Answer(request.POST)
    form.is_valid()
    answer = form.cleaned_data.get("answer", "")

    def decline(asked: OrderRequest) -> str:
        decline_order_request(asked, answer=answer, actor=request.actor, now=request.now)
        return _("It is declined. The customer is told why.")

    return _act_on_request(request, number, request_id, decline)


def _act_on_request(
    request: PageRequest, number: str, request_id: str, act: Callable[[OrderRequest], str]
) -> HttpResponse:
    asked = get_order_request(request.actor, request_id)
    return act_on_order(request, number, lambda order: act(_of_order(asked, order)))


def _of_order(asked: OrderRequest, order: Order) -> OrderRequest:
    if asked.order_id != order.pk:
        raise Conflict(_("This was asked about another order."))
    return asked

"""A prepaid order: the supplier's staff enter what came in; until then it can be cancelled."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.companies.refusals import refuse
from placet.core.errors import Conflict, InvalidInput
from placet.orders.actions import receive_payment
from placet.orders.models import Order
from placet.orders.permissions import can_process_orders
from placet.orders.queries import get_order
from placet.requisitions.actions import cancel_order
from placet.web.budgets.forms import set_currency
from placet.web.orders.forms import Cancellation, Receipt
from placet.web.orders.views import act_on_order, show_order
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def order_pay(request: PageRequest, number: str) -> HttpResponse:
    """Enter a receipt; with the last of the money the order can be processed."""
    order = get_order(request.actor, number)
    refuse(can_process_orders(request.actor))
    form = Receipt(request.POST)
    set_currency(form, "amount", order.currency)
    if not form.is_valid() or not _received(request, order, form):
        answer = show_order(request, get_order(request.actor, number), receipt=form)
        answer.status_code = 422
        return answer
    return redirect(company_url(request.actor, "order", order.number))


def _received(request: PageRequest, order: Order, form: Receipt) -> bool:
    try:
        receive_payment(
            order,
            amount_minor=form.cleaned_data["amount"],
            currency=order.currency,
            received_on=form.cleaned_data["received_on"],
            reference=form.cleaned_data["reference"],
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, InvalidInput) as error:
        show_refusal(form, error)
        return False
    if order.status == Order.Status.AWAITING_PAYMENT:
        messages.success(request, _("The receipt is entered."))
    else:
        messages.success(request, _("%(order)s is paid.") % {"order": order.number})
    return True


@require_POST
@company_page
def order_cancel(request: PageRequest, number: str) -> HttpResponse:
    """Cancel an order that nobody has taken over yet."""
    form = Cancellation(request.POST)
    form.is_valid()
    reason = form.cleaned_data.get("cancel_reason", "")

    def cancel(order: Order) -> str:
        try:
            cancel_order(order, reason=reason, actor=request.actor, now=request.now)
        except InvalidInput as error:
            # The page has several reasons: this one is shown at its own field.
            raise InvalidInput(f"cancel_{error.path}", error.code, error.detail) from error
        return _("%(order)s is cancelled. The budget is free again.") % {"order": order.number}

    return act_on_order(request, number, cancel)

"""Submitting: what was shown is what is submitted, or the new plan is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.quotes.actions import submit_purchase
from placet.requisitions.changing import has_changed, is_changing
from placet.requisitions.errors import PlanChanged
from placet.requisitions.models import Requisition
from placet.web.carts.forms import SubmitForm
from placet.web.carts.response import show_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def cart_submit(request: PageRequest, cart_id: str) -> HttpResponse:
    """Freeze the cart and send it on its way; with nothing to approve it is ordered at once."""
    cart = get_cart(request.actor, cart_id)
    form = SubmitForm(request.POST)
    form.is_valid()
    try:
        requisition = _submit(request, cart, form)
    except (Conflict, Forbidden, InvalidInput) as error:
        place = getattr(error, "path", "panel").partition("/")[0]
        said = Said(error=error, place=place, plan_changed=isinstance(error, PlanChanged))
        return show_cart(request, cart_id, said, status=error.status)
    messages.success(request, _submitted(requisition, is_revised=bool(cart.revises)))
    target = company_url(request.actor, "requisition", requisition.number)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _submit(request: PageRequest, cart: Cart, form: SubmitForm) -> Requisition:
    return submit_purchase(
        cart,
        plan_hash=form.cleaned_data.get("plan_hash", ""),
        warnings_read=bool(form.cleaned_data.get("acknowledged")),
        actor=request.actor,
        now=request.now,
    )


def _submitted(requisition: Requisition, *, is_revised: bool) -> str:
    requisition.refresh_from_db()
    if requisition.status == Requisition.Status.ORDERED and is_revised and has_changed(requisition):
        return _("The order of %(number)s is changed.") % {"number": requisition.number}
    if requisition.status == Requisition.Status.ORDERED:
        return _("%(number)s is ordered.") % {"number": requisition.number}
    if is_revised and is_changing(requisition):
        return _("The change of %(number)s is submitted.") % {"number": requisition.number}
    if is_revised:
        return _("%(number)s is resubmitted.") % {"number": requisition.number}
    return _("%(number)s is submitted.") % {"number": requisition.number}

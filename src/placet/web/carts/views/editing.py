"""The end of an edit that is not resubmitted: discarded, or kept as a new purchase."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.queries import get_cart
from placet.core.errors import Conflict, Forbidden
from placet.requisitions.actions import discard_edit, keep_edit
from placet.web.carts.response import show_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def edit_discard(request: PageRequest, cart_id: str) -> HttpResponse:
    """Let go of what was changed; the requisition stays as it is."""
    cart = get_cart(request.actor, cart_id)
    try:
        requisition = discard_edit(cart, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        return show_cart(request, cart_id, Said(error=error), status=error.status)
    messages.success(
        request,
        _("Your changes are discarded; %(number)s is as it was.") % {"number": requisition.number},
    )
    return redirect(company_url(request.actor, "requisition", requisition.number))


@require_POST
@company_page
def edit_keep(request: PageRequest, cart_id: str) -> HttpResponse:
    """The requisition has ended: go on with the cart as a new purchase."""
    cart = get_cart(request.actor, cart_id)
    try:
        keep_edit(cart, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        return show_cart(request, cart_id, Said(error=error), status=error.status)
    messages.success(request, _("This cart is a new purchase now."))
    return redirect(company_url(request.actor, "cart", cart_id))

"""What an open cart asks by itself: has a colleague changed it? And what was seen since."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.carts.changes import find_last_change
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.carts.queries import find_cart_version, get_cart
from placet.carts.visits import see_changes
from placet.web.carts.response import change_cart
from placet.web.carts.said import Said
from placet.web.shell import STOP_ASKING, PageRequest, company_page, company_signal


@require_GET
@company_signal
def cart_pulse(request: PageRequest, cart_id: str) -> HttpResponse:
    """Nothing while the cart is as it was shown; else who changed it, and where to see that.

    One query where nothing changed. Who may no longer see the cart is told to stop asking.
    """
    version = find_cart_version(request.actor, cart_id)
    if version is None:
        return HttpResponse(status=STOP_ASKING, headers={"HX-Reswap": "none"})
    if str(version) == request.GET.get("version"):
        return HttpResponse(status=204)
    cart = get_cart(request.actor, cart_id)
    context = {"cart": cart, "change": find_last_change(cart, reader=request.actor)}
    return render(request, "web/carts/pulse.html", context)


@require_POST
@company_page
def cart_seen(request: PageRequest, cart_id: str) -> HttpResponse:
    """What changed since the last visit was read."""

    def see(cart: Cart) -> Said:
        priced = price_cart(cart, now=request.now)
        see_changes(cart, priced, actor=request.actor, now=request.now)
        return Said(_("Noted. From now on you are told what changes after this moment."))

    return change_cart(request, cart_id, see, place="lines")

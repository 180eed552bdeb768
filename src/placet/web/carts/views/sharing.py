"""Who else may see a cart: colleagues one by one, and units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.actions import (
    share_cart,
    share_cart_with_unit,
    unshare_cart,
    unshare_cart_with_unit,
)
from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.companies.models import Member, Unit
from placet.companies.queries import get_member, get_unit
from placet.web.carts.forms import ShareForm
from placet.web.carts.response import change_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def cart_share(request: PageRequest, cart_id: str) -> HttpResponse:
    """Let a colleague, or everybody of a unit, view, comment or edit."""
    form = ShareForm(request.POST)
    form.is_valid()

    def share(cart: Cart) -> Said:
        whom = _whom(request, form)
        level = form.cleaned_data.get("level", "")
        if isinstance(whom, Unit):
            share_cart_with_unit(cart, unit=whom, level=level, actor=request.actor, now=request.now)
            return Said(_("Shared with everybody of %(unit)s.") % {"unit": whom.name})
        share_cart(cart, member=whom, level=level, actor=request.actor, now=request.now)
        return Said(_("Shared with %(person)s.") % {"person": whom.user.name})

    return change_cart(request, cart_id, share, place="people")


@require_POST
@company_page
def cart_unshare(request: PageRequest, cart_id: str) -> HttpResponse:
    """Take the access of a colleague or a unit away; whoever leaves sees the list of carts."""
    form = ShareForm(request.POST)
    form.is_valid()

    def unshare(cart: Cart) -> Said:
        whom = _whom(request, form)
        if isinstance(whom, Unit):
            unshare_cart_with_unit(cart, unit=whom, actor=request.actor, now=request.now)
            return Said(_("%(unit)s no longer sees it.") % {"unit": whom.name})
        unshare_cart(cart, member=whom, actor=request.actor, now=request.now)
        return Said(_("%(person)s no longer sees it.") % {"person": whom.user.name})

    if form.cleaned_data.get("member") == request.actor.member_id:
        return _leave(request, cart_id)
    return change_cart(request, cart_id, unshare, place="people")


def _leave(request: PageRequest, cart_id: str) -> HttpResponse:
    cart = get_cart(request.actor, cart_id)
    member = get_member(request.actor, request.actor.member_id)
    unshare_cart(cart, member=member, actor=request.actor, now=request.now)
    messages.success(request, _("You left “%(name)s”.") % {"name": cart.name})
    return redirect(company_url(request.actor, "carts"))


def _whom(request: PageRequest, form: ShareForm) -> Member | Unit:
    """One list holds colleagues and units, so either may stand in either field."""
    chosen = form.cleaned_data.get("member") or form.cleaned_data.get("unit", "")
    if chosen.startswith("unt_"):
        return get_unit(request.actor, chosen)
    return get_member(request.actor, chosen)

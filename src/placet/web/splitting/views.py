"""Dividing a line over places, cost centres and days; and all lines of a cart over places."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from placet.carts.actions import allocate_line
from placet.carts.models import Cart, CartLine
from placet.carts.permissions import can_edit_cart
from placet.carts.queries import get_cart, get_cart_line
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.splitting.dividing import wanted_parts
from placet.web.splitting.forms import typed_matrix, typed_parts, typed_version
from placet.web.splitting.page import read_line_form, read_matrix
from placet.web.splitting.spreading import change_matrix
from placet.web.typed_numbers import read_digits

REFUSED = (Conflict, InvalidInput, NotFound)


@require_http_methods(["GET", "POST"])
@company_page
def line_split(request: PageRequest, cart_id: str, line_id: str) -> HttpResponse:
    """A line's parts: how many go where, on which cost centre, by when."""
    cart = _get_open(request, cart_id)
    line = get_cart_line(request.actor, cart_id, line_id)
    if request.method == "GET":
        return _show_line(request, cart, line)
    typed, wish = typed_parts(request.POST), request.POST.get("do", "")
    if wish == "more":
        return _show_line(request, cart, line, typed=typed, more=1)
    try:
        allocate_line(
            line,
            allocations=wanted_parts(cart, line, typed, wish),
            version=typed_version(request.POST),
            actor=request.actor,
            now=request.now,
        )
    except REFUSED as error:
        return _show_line(request, cart, line, typed=typed, error=error)
    return _back(request, cart, _("%(name)s: saved.") % {"name": line.product.name})


@require_http_methods(["GET", "POST"])
@company_page
def cart_split(request: PageRequest, cart_id: str) -> HttpResponse:
    """Lines by places: how many of each go where."""
    cart = _get_open(request, cart_id)
    sent = request.GET if request.method == "GET" else request.POST
    places, page = sent.getlist("to"), sent.get("page", "1")
    number = read_digits(page, 1, most=4)
    if request.method == "GET":
        return _show_matrix(request, cart, places, page=number)
    typed = typed_matrix(request.POST, places)
    try:
        changed = change_matrix(cart, typed, request.POST, actor=request.actor, now=request.now)
    except REFUSED as error:
        return _show_matrix(request, cart, places, page=number, typed=typed.quantities, error=error)
    said = ngettext("%(n)d line is divided anew.", "%(n)d lines are divided anew.", changed)
    return _back(request, cart, said % {"n": changed})


def _get_open(request: PageRequest, cart_id: str) -> Cart:
    cart = get_cart(request.actor, cart_id)
    refuse(can_edit_cart(request.actor, cart))
    return cart


def _show_line(request: PageRequest, cart: Cart, line: CartLine, **shown: Any) -> HttpResponse:
    form = read_line_form(request.actor, cart, line, **shown)
    status = form.error.status if form.error else 200
    return render(request, "web/splitting/line.html", {"form": form}, status=status)


def _show_matrix(request: PageRequest, cart: Cart, places: list[str], **shown: Any) -> HttpResponse:
    matrix = read_matrix(request.actor, cart, places, **shown)
    status = matrix.error.status if matrix.error else 200
    return render(request, "web/splitting/cart.html", {"matrix": matrix}, status=status)


def _back(request: PageRequest, cart: Cart, sentence: str) -> HttpResponse:
    request.session[f"cart:{cart.pk}"] = Said(sentence).kept()
    return redirect(f"{company_url(request.actor, 'cart', cart.pk)}?said=1#lines")

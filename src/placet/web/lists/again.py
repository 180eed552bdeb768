"""Buying again: an earlier purchase with what has changed since, and what is usual here."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.carts.actions.order_again import order_again
from placet.carts.again import Again, AgainRow
from placet.carts.models import Cart
from placet.carts.queries import get_cart
from placet.companies.permissions import ORDER_SUBMIT, can_do
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.orders.content import read_content
from placet.requisitions.actions import withdraw_envelope
from placet.requisitions.models import Requisition
from placet.requisitions.occurrences import find_schedule
from placet.requisitions.permissions import can_change_here
from placet.requisitions.queries import get_requisition
from placet.requisitions.reordering import ReorderLine, chosen_again, read_reorder
from placet.web.lists.forms import QUANTITY, typed_numbers
from placet.web.lists.page import editable_carts
from placet.web.lists.usual_page import UsualRow, read_usual
from placet.web.shell import PageRequest, company_page, company_url

REFUSED = (Conflict, Forbidden, InvalidInput)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def reorder(request: PageRequest, requisition_id: str) -> HttpResponse:
    """What an earlier purchase would be today; the chosen lines go into a cart."""
    requisition = get_requisition(request.actor, requisition_id)
    lines = _lines_of(request, requisition)
    error = None
    if request.method == "POST":
        try:
            chosen = chosen_again(lines, _chosen(request))
            return _into_cart(request, chosen, requisition.name, requisition.pk)
        except REFUSED as refused:
            error = refused
    context = {
        "requisition": requisition,
        "lines": lines,
        "carts": editable_carts(request.actor),
        "refusal": can_change_here(requisition)
        or can_do(request.actor, ORDER_SUBMIT, request.actor.unit_path),
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "web/lists/reorder.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def usual(request: PageRequest) -> HttpResponse:
    """What my unit orders often, with the last price and the typical quantity."""
    rows = read_usual(request.actor, now=request.now)
    error = None
    if request.method == "POST":
        try:
            return _into_cart(request, _chosen_usual(request, rows), _("The usual"), "")
        except REFUSED as refused:
            error = refused
    context = {"rows": rows, "carts": editable_carts(request.actor), "error": error}
    status = error.status if error else 200
    return render(request, "web/lists/usual.html", context, status=status)


@require_POST
@company_page
def envelope_withdraw(request: PageRequest, requisition_id: str) -> HttpResponse:
    """Whoever approved it takes back that it covers later occurrences."""
    requisition = get_requisition(request.actor, requisition_id)
    schedule = find_schedule(requisition)
    try:
        if schedule is None:
            raise Conflict(_("This purchase covers nothing later."))
        withdraw_envelope(schedule, actor=request.actor, now=request.now)
        messages.success(request, _("Later occurrences are approved anew."))
    except REFUSED as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "requisition", requisition.number))


def _lines_of(request: PageRequest, requisition: Requisition) -> list[ReorderLine]:
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    return read_reorder(content, actor=request.actor, now=request.now)


def _chosen(request: PageRequest) -> dict[str, int]:
    picked = set(request.POST.getlist("line"))
    typed = typed_numbers(request.POST, QUANTITY)
    return {product: quantity for product, quantity in typed.items() if product in picked}


def _chosen_usual(request: PageRequest, rows: Sequence[UsualRow]) -> list[Again]:
    chosen = _chosen(request)
    return [
        Again(one.row.product, chosen[one.row.product.pk])
        for one in rows
        if chosen.get(one.row.product.pk, 0) > 0
    ]


def _into_cart(
    request: PageRequest, chosen: Sequence[Again], name: str, origin: str
) -> HttpResponse:
    into = request.POST.get("cart", "")
    cart: Cart | None = get_cart(request.actor, into) if into else None
    cart, rows = order_again(
        chosen, name=name, origin=origin, cart=cart, actor=request.actor, now=request.now
    )
    _say(request, rows)
    return redirect(company_url(request.actor, "cart", cart.pk))


def _say(request: PageRequest, rows: Sequence[AgainRow]) -> None:
    left = [row.product.sku for row in rows if not row.is_orderable]
    if left:
        said = _("Left behind, since it cannot be ordered now: %(skus)s.")
        messages.warning(request, said % {"skus": ", ".join(left)})
    messages.success(request, _("It is in the cart, at the prices of today."))

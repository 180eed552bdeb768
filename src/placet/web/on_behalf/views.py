"""Ordering on behalf of a customer's member, on the merchant's own pages."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.carts.actions.staff_carts import (
    begin_cart_for,
    change_line_for,
    describe_cart_for,
    drop_cart_for,
    paste_lines_for,
)
from placet.carts.models import Cart
from placet.carts.on_behalf import (
    get_orderer,
    get_staff_cart,
    get_staff_line,
    list_orderers,
    list_staff_carts,
)
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.orders.queries import find_cancelled_order
from placet.requisitions.actions.order_on_behalf import order_on_behalf
from placet.requisitions.models import Requisition
from placet.requisitions.staff_outlook import read_outlook
from placet.web.attempt import attempt, status_of
from placet.web.on_behalf.forms import BeginForm, DetailsForm, PasteForm, QuantityForm
from placet.web.shell import PageRequest, company_page, company_url

MOST_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def orders_for(request: PageRequest, customer_id: str) -> HttpResponse:
    """Begin an order for somebody of a customer; one's carts for it, and what was ordered."""
    company = get_orderer(request.actor, customer_id)
    people = list_orderers(company)
    form = BeginForm(request.POST if request.method == "POST" else None, people=people)
    cart = attempt(
        form,
        lambda: begin_cart_for(
            next(one for one in people if one.pk == form.cleaned_data["member"]),
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=request.now,
        ),
    )
    if cart is not None:
        return redirect(company_url(request.actor, "order_for", company.pk, cart.pk))
    context = {
        "company": company,
        "people": people,
        "form": form,
        "carts": list_staff_carts(request.actor, company)[:MOST_SHOWN],
        "ordered": _ordered(request, company),
    }
    return render(request, "web/on_behalf/begin.html", context, status=status_of(form))


@require_GET
@company_page
def order_for(request: PageRequest, customer_id: str, cart_id: str) -> HttpResponse:
    """The cart, what ordering it would mean, and the button."""
    return _shown(request, get_staff_cart(request.actor, customer_id, cart_id))


@require_POST
@company_page
def order_for_add(request: PageRequest, customer_id: str, cart_id: str) -> HttpResponse:
    """Put rows of SKU and quantity in."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    form = PasteForm(request.POST)
    report = attempt(
        form,
        lambda: paste_lines_for(
            cart, text=form.cleaned_data["text"], actor=request.actor, now=request.now
        ),
    )
    if report is None:
        return _shown(request, cart, paste=form, status=422)
    if not report.failed:
        return _back(request, cart)
    left = PasteForm(initial={"text": "\n".join(row.text for row in report.failed)})
    return _shown(request, cart, paste=left, faults=[*report.failed], status=422)


@require_POST
@company_page
def order_for_line(
    request: PageRequest, customer_id: str, cart_id: str, line_id: str
) -> HttpResponse:
    """Set how many of a product; none takes it out."""
    line = get_staff_line(request.actor, customer_id, cart_id, line_id)
    form = QuantityForm(request.POST)
    try:
        if not form.is_valid():
            raise InvalidInput("quantity", "number", _("A quantity is a whole number."))
        change_line_for(line, actor=request.actor, now=request.now, **form.cleaned_data)
    except (InvalidInput, Conflict, Forbidden) as error:
        return _shown(request, line.cart, error=error.detail, status=error.status)
    return _back(request, line.cart)


@require_POST
@company_page
def order_for_details(request: PageRequest, customer_id: str, cart_id: str) -> HttpResponse:
    """Say where it goes and what stands on it."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    form = DetailsForm(request.POST, cart=cart)
    described = attempt(
        form,
        lambda: describe_cart_for(cart, actor=request.actor, now=request.now, **form.changes),
    )
    if described is None:
        return _shown(request, cart, details=form, status=422)
    messages.success(request, _("Saved."))
    return _back(request, cart)


@require_POST
@company_page
def order_for_submit(request: PageRequest, customer_id: str, cart_id: str) -> HttpResponse:
    """Order it: the member's own gates hold, and the member is told."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    try:
        made = order_on_behalf(
            cart, plan_hash=request.POST.get("plan_hash", ""), actor=request.actor, now=request.now
        )
    except (InvalidInput, Conflict, Forbidden) as error:
        return _shown(request, cart, error=error.detail, status=error.status)
    messages.success(request, _said(made))
    return redirect(company_url(request.actor, "orders_for", customer_id))


@require_POST
@company_page
def order_for_drop(request: PageRequest, customer_id: str, cart_id: str) -> HttpResponse:
    """Let go of it."""
    cart = get_staff_cart(request.actor, customer_id, cart_id)
    try:
        drop_cart_for(cart, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        return _shown(request, cart, error=error.detail, status=error.status)
    messages.success(request, _("Nothing was ordered."))
    return redirect(company_url(request.actor, "orders_for", customer_id))


def _ordered(request: PageRequest, company: Company) -> QuerySet[Requisition]:
    """What the reader ordered for a customer, newest first."""
    ordered = Requisition.objects.filter(company=company, staff_id=request.actor.member_id)
    rows = ordered.select_related("requester__user").annotate(was_cancelled=find_cancelled_order())
    return rows.order_by("-submitted_at", "-id")[:MOST_SHOWN]


def _shown(
    request: PageRequest,
    cart: Cart,
    *,
    paste: PasteForm | None = None,
    details: DetailsForm | None = None,
    faults: list[object] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    fresh = get_staff_cart(request.actor, cart.company_id, cart.pk) if request.POST else cart
    context = {
        "cart": fresh,
        "outlook": read_outlook(fresh, actor=request.actor, now=request.now),
        "paste": paste or PasteForm(),
        "details": details or DetailsForm(cart=fresh),
        "faults": faults or [],
        "error": error,
    }
    return render(request, "web/on_behalf/cart.html", context, status=status)


def _back(request: PageRequest, cart: Cart) -> HttpResponse:
    return redirect(company_url(request.actor, "order_for", cart.company_id, cart.pk))


def _said(made: Requisition) -> str:
    made.refresh_from_db()
    said = {"number": made.number, "name": made.requester.user.name}
    if made.status == Requisition.Status.ORDERED:
        return _("%(number)s is ordered. %(name)s is told by mail.") % said
    return _("%(number)s waits for approval. %(name)s is told by mail.") % said

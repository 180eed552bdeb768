"""Shipments of an order: what left, what is expected when, what was entered wrongly, the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.core.errors import InvalidInput, NotFound
from placet.orders.actions.expect_lines import expect_lines
from placet.orders.actions.ship_order import ship_order
from placet.orders.actions.void_shipment import void_shipment
from placet.orders.models import Order, Shipment
from placet.requisitions.actions import complete_order
from placet.web.orders.views import act_on_order
from placet.web.shell import PageRequest, company_page
from placet.web.typed_numbers import read_digits

LONGEST_NUMBER = 18


class ShipmentForm(forms.Form):
    """What is said of a shipment beside its quantities, and why one is taken back."""

    shipped_on = forms.CharField(max_length=20, required=False)
    carrier = forms.CharField(max_length=200, required=False)
    tracking = forms.CharField(max_length=400, required=False)
    void_reason = forms.CharField(max_length=2000, required=False)
    close_reason = forms.CharField(max_length=2000, required=False)
    after = forms.CharField(max_length=9, required=False)


@require_POST
@company_page
def order_ship(request: PageRequest, number: str) -> HttpResponse:
    """Enter what left."""
    sent = _read(request)

    def ship(order: Order) -> str:
        shipment = ship_order(
            order,
            quantities=read_quantities(request.POST),
            shipped_on=_day("shipped_on", sent["shipped_on"]),
            carrier=sent["carrier"],
            tracking=sent["tracking"],
            after=read_digits(sent["after"], None, most=9),
            actor=request.actor,
            now=request.now,
        )
        return _("Shipment %(number)s is entered.") % {"number": shipment.number}

    return act_on_order(request, number, ship)


@require_POST
@company_page
def order_expect(request: PageRequest, number: str) -> HttpResponse:
    """Say when the rest comes."""

    def expect(order: Order) -> str:
        expect_lines(order, days=read_days(request.POST), actor=request.actor, now=request.now)
        return _("The days are noted, and the buyer is told.")

    return act_on_order(request, number, expect)


@require_POST
@company_page
def order_complete(request: PageRequest, number: str) -> HttpResponse:
    """End the order although something is open."""
    sent = _read(request)

    def complete(order: Order) -> str:
        try:
            complete_order(order, reason=sent["close_reason"], actor=request.actor, now=request.now)
        except InvalidInput as error:
            raise InvalidInput("close_reason", error.code, error.detail) from error
        return _("%(order)s is completed.") % {"order": order.number}

    return act_on_order(request, number, complete)


@require_POST
@company_page
def shipment_void(request: PageRequest, number: str, shipment_id: str) -> HttpResponse:
    """Take back a shipment that was entered wrongly."""
    sent = _read(request)

    def void(order: Order) -> str:
        shipment = Shipment.objects.filter(order=order, pk=shipment_id).first()
        if shipment is None:
            raise NotFound(_("There is no such shipment."))
        try:
            void_shipment(
                shipment, reason=sent["void_reason"], actor=request.actor, now=request.now
            )
        except InvalidInput as error:
            raise InvalidInput("void_reason", error.code, error.detail) from error
        return _("Shipment %(number)s is taken back.") % {"number": shipment.number}

    return act_on_order(request, number, void)


def read_quantities(sent: QueryDict) -> Mapping[int, int]:
    """The quantities by the number of the line; empty boxes and zeros are lines that stay."""
    found = {}
    for number, typed in _by_line(sent, "quantity-"):
        if not typed or typed == "0":
            continue
        if not typed.isdecimal() or not typed.isascii() or len(typed) > LONGEST_NUMBER:
            raise InvalidInput(f"lines/{number}", "number", _("A quantity is a whole number."))
        found[number] = int(typed)
    return found


def read_days(sent: QueryDict) -> Mapping[int, date | None]:
    """The days by the number of the line; an empty box takes a day back."""
    return {
        number: _day(f"lines/{number}", typed) if typed else None
        for number, typed in _by_line(sent, "expected-")
    }


def _by_line(sent: QueryDict, prefix: str) -> list[tuple[int, str]]:
    return [
        (int(name.removeprefix(prefix)), str(typed).strip())
        for name, typed in sent.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal() and len(name) < 25
    ]


def _day(path: str, typed: str) -> date:
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None:
        raise InvalidInput(path, "date", _("Type a day, such as 2026-11-30."))
    return day


def _read(request: PageRequest) -> Mapping[str, str]:
    form = ShipmentForm(request.POST)
    form.is_valid()
    return {name: str(form.cleaned_data.get(name, "")) for name in form.fields}

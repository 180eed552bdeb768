"""Ship-tos and bill-tos: the list, a new one, changing, sharing and closing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.actions import add_address, change_address, close_address, share_address
from placet.companies.models import Address
from placet.companies.permissions import ADDRESS_MANAGE, require
from placet.companies.queries import get_company, get_member
from placet.core.errors import Conflict, NotFound
from placet.web.access import require_anywhere
from placet.web.addresses.choices import read_place
from placet.web.addresses.forms import AddressForm, ShareForm
from placet.web.addresses.page import find_address, managed_addresses, rows_of, uses_of
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def address_list(request: PageRequest) -> HttpResponse:
    """Where goods and invoices go, with whom each is for."""
    _require(request)
    is_closed = request.GET.get("state") == "closed"
    addresses = managed_addresses(request.actor).filter(closed_at__isnull=not is_closed)
    context = {"rows": rows_of(request.actor, addresses), "is_closed": is_closed}
    return render(request, "web/addresses/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def address_new(request: PageRequest) -> HttpResponse:
    """One more place."""
    _require(request)
    form = _form(request, None)
    made = attempt(form, lambda: _add(request, form))
    if made is None:
        return render(request, "web/addresses/form.html", {"form": form}, status=status_of(form))
    messages.success(request, _("“%(name)s” can be chosen.") % {"name": made.name})
    return redirect(company_url(request.actor, "addresses"))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def address_edit(request: PageRequest, address_id: str) -> HttpResponse:
    """What it is from now on; what was submitted keeps it as it was."""
    address = _managed(request, address_id)
    form = _form(request, address)
    changed = attempt(form, lambda: _change(request, address, form), unit="place", member="place")
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect(company_url(request.actor, "addresses"))
    return _shown(request, address, form, None)


@require_POST
@company_page
def address_share(request: PageRequest, address_id: str) -> HttpResponse:
    """Which members alone may use it."""
    address = _managed(request, address_id)
    form = ShareForm(request.POST, actor=request.actor)
    shared = attempt(form, lambda: _share(request, address, form))
    if shared is None:
        return _shown(request, address, _form(request, address, is_fresh=True), form)
    messages.success(request, _("Saved."))
    return redirect(company_url(request.actor, "address", address.pk))


@require_POST
@company_page
def address_close(request: PageRequest, address_id: str) -> HttpResponse:
    """Nobody can choose it any more."""
    address = _managed(request, address_id)
    try:
        close_address(address, actor=request.actor, now=request.now)
        messages.success(request, _("“%(name)s” is closed.") % {"name": address.name})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "addresses"))


def _require(request: PageRequest) -> None:
    """For the merchant's people there are no ship-tos of their own."""
    if request.actor.is_merchant:
        raise NotFound
    require_anywhere(request.actor, ADDRESS_MANAGE)


def _managed(request: PageRequest, address_id: str) -> Address:
    _require(request)
    address = find_address(request.actor, address_id)
    require(request.actor, ADDRESS_MANAGE, address.unit.path if address.unit else "")
    return address


def _form(request: PageRequest, address: Address | None, *, is_fresh: bool = False) -> AddressForm:
    posted = request.POST if request.method == "POST" and not is_fresh else None
    company = get_company(request.actor)
    return AddressForm(posted, actor=request.actor, company=company, address=address)


def _add(request: PageRequest, form: AddressForm) -> Address:
    unit, member = read_place(request.actor, form.cleaned_data["place"])
    return add_address(
        get_company(request.actor),
        kind=form.cleaned_data["kind"],
        unit=unit,
        member=member,
        actor=request.actor,
        now=request.now,
        **form.texts,
    )


def _change(request: PageRequest, address: Address, form: AddressForm) -> Address:
    unit, member = read_place(request.actor, form.cleaned_data["place"])
    return change_address(
        address,
        version=form.cleaned_data["version"],
        unit=unit,
        member=member,
        actor=request.actor,
        now=request.now,
        **form.texts,
    )


def _share(request: PageRequest, address: Address, form: ShareForm) -> Address:
    members = [get_member(request.actor, pk) for pk in form.cleaned_data["members"]]
    return share_address(address, members=members, actor=request.actor, now=request.now)


def _shown(
    request: PageRequest, address: Address, form: AddressForm, sharing: ShareForm | None
) -> HttpResponse:
    granted = [grant.member_id for grant in address.grants.all()]
    context = {
        "address": address,
        "form": form,
        "sharing": sharing or ShareForm(actor=request.actor, initial={"members": granted}),
        "granted": len(granted),
        "uses": uses_of(address),
    }
    status = max(status_of(form), status_of(sharing) if sharing else 200)
    return render(request, "web/addresses/form.html", context, status=status)

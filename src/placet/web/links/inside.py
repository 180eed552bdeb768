"""Links as those inside see them: which there are, how often each was opened, making and ending."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.carts.actions.share_links import create_share_link, revoke_share_link
from placet.carts.link_permissions import can_share_outside
from placet.carts.links import get_link, list_links, list_links_of
from placet.carts.lists.queries import get_list
from placet.carts.models import Cart, PurchaseList
from placet.carts.queries import get_cart
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden
from placet.web.attempt import attempt, status_of
from placet.web.links.forms import LinkForm
from placet.web.links.page import address_of, back_of, list_rows
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def share_links(request: PageRequest) -> HttpResponse:
    """The reader's links, for company admins all of the company; the newest first."""
    page = page_of(list_links(request.actor), "created_at", request.GET)
    context = {"page": page, "rows": list_rows(page.rows, request.actor, now=request.now)}
    return render(request, "web/links/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def cart_links(request: PageRequest, cart_id: str) -> HttpResponse:
    """The links to a cart; a POST makes one, and its answer alone shows the address."""
    return _links_of(request, get_cart(request.actor, cart_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def list_share_links(request: PageRequest, list_id: str) -> HttpResponse:
    """The links to a list."""
    return _links_of(request, get_list(request.actor, list_id))


@require_POST
@company_page
def share_link_revoke(request: PageRequest, link_id: str) -> HttpResponse:
    """End a link at once."""
    link = get_link(request.actor, link_id)
    try:
        revoke_share_link(link, actor=request.actor, now=request.now)
        messages.success(request, _("The link leads nowhere any more."))
    except (Conflict, Forbidden) as error:
        messages.error(request, error.detail)
    if "all" in request.POST:
        return redirect(company_url(request.actor, "share_links"))
    return redirect(_page_of(request, link.cart or link.purchase_list))


def _links_of(request: PageRequest, thing: Cart | PurchaseList) -> HttpResponse:
    refuse(can_share_outside(request.actor, thing))
    posted = request.POST if request.method == "POST" else None
    form = LinkForm(posted, now=request.now, time_zone=request.actor.time_zone)
    made = attempt(form, lambda: _create(request, form, thing), expires_at="ends_on")
    context = {
        "thing": thing,
        "back": back_of(request.actor, thing),
        "form": form,
        "address": made,
        "rows": list_rows(list_links_of(thing)[:100], request.actor, now=request.now),
    }
    return render(request, "web/links/of_thing.html", context, status=status_of(form))


def _create(request: PageRequest, form: LinkForm, thing: Cart | PurchaseList) -> str:
    said = form.cleaned_data
    made = create_share_link(
        thing,
        expires_at=form.expires_at,
        shows_prices=said["shows_prices"],
        shows_names=said["shows_names"],
        may_comment=said["may_comment"],
        actor=request.actor,
        now=request.now,
    )
    return address_of(made.token)


def _page_of(request: PageRequest, thing: Cart | PurchaseList) -> str:
    name = "cart_links" if isinstance(thing, Cart) else "list_share_links"
    return company_url(request.actor, name, thing.pk)

"""What signed-in people do with a link: a colleague joins, another company takes a copy."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.actions.copy_link import copy_by_link
from placet.carts.actions.outsiders import join_by_link
from placet.carts.links import find_open_link
from placet.carts.models import ShareLink
from placet.companies.models import Member
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.web.account.policy import find_missing_factor, send_to_security
from placet.web.carts.said import report_of
from placet.web.links.door import for_outsiders
from placet.web.links.visitor import read_visitor
from placet.web.shell import company_url

Wish = Callable[[Actor, ShareLink], HttpResponse]


@for_outsiders
@require_POST
def shared_join(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague takes part, with what the link gives and no more."""
    link = find_open_link(token, now=request.now)  # type: ignore[attr-defined]

    def join(actor: Actor, link: ShareLink) -> HttpResponse:
        join_by_link(link, actor=actor, now=request.now)  # type: ignore[attr-defined]
        return redirect(_inside(actor, link))

    return _as_member(request, link, read_visitor(request, link).colleague, join)


@for_outsiders
@require_POST
def shared_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The products go into a cart of another company, at its prices; it is told what could not."""
    link = find_open_link(token, now=request.now)  # type: ignore[attr-defined]
    wanted = request.POST.get("company", "")
    buyers = read_visitor(request, link).buyers
    chosen = next((one for one in buyers if one.company.slug == wanted), None)

    def copy(actor: Actor, link: ShareLink) -> HttpResponse:
        cart, report = copy_by_link(link, actor=actor, now=request.now)  # type: ignore[attr-defined]
        if report is not None:
            request.session[f"cart:{cart.pk}"] = report_of(report).kept()
        return redirect(f"{company_url(actor, 'cart', cart.pk)}?said=1#lines")

    return _as_member(request, link, chosen, copy)


def _as_member(
    request: HttpRequest, link: ShareLink, member: Member | None, wish: Wish
) -> HttpResponse:
    """Do it as this member, under the same rules as on the pages of their company."""
    if member is None:
        raise NotFound(_("This link leads nowhere any more."))
    slug = member.company.slug
    actor = get_actor(user_id=member.user_id, company_slug=slug, channel="web")
    with translation.override(actor.language):
        wanted = find_missing_factor(actor, [member])
        if wanted:
            request.actor = actor  # type: ignore[attr-defined]
            return send_to_security(request, wanted)
        return wish(actor, link)


def _inside(actor: Actor, link: ShareLink) -> str:
    if link.cart:
        return company_url(actor, "cart", link.cart.pk)
    return company_url(actor, "list", link.purchase_list_id)

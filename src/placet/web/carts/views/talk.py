"""Conversations about the cart and its lines."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.carts.actions import (
    comment_on_cart,
    comment_on_line,
    resolve_cart_thread,
    resolve_line_thread,
)
from placet.carts.models import Cart
from placet.carts.queries import get_cart_line
from placet.web.carts.response import change_cart
from placet.web.carts.said import Said
from placet.web.shell import PageRequest, company_page
from placet.web.threads.sending import read_uploads


@require_POST
@company_page
def cart_comment(request: PageRequest, cart_id: str) -> HttpResponse:
    """Say something about the cart; whom the owner names with @ is told and invited."""
    typed = request.POST.get("text", "")

    def comment(cart: Cart) -> Said:
        comment_on_cart(
            cart,
            text=typed,
            files=read_uploads(request),
            actor=request.actor,
            now=request.now,
        )
        return Said(_("Your comment is added."))

    return change_cart(request, cart_id, comment, place="talk", typed=typed)


@require_POST
@company_page
def cart_resolve(request: PageRequest, cart_id: str) -> HttpResponse:
    """The question about the cart is answered."""

    def resolve(cart: Cart) -> Said:
        resolve_cart_thread(cart, actor=request.actor, now=request.now)
        return Said(_("The conversation is resolved."))

    return change_cart(request, cart_id, resolve, place="talk")


@require_POST
@company_page
def line_comment(request: PageRequest, cart_id: str, line_id: str) -> HttpResponse:
    """Say something about a line."""
    typed = request.POST.get("text", "")

    def comment(cart: Cart) -> Said:
        line = get_cart_line(request.actor, cart_id, line_id)
        comment_on_line(
            line,
            text=typed,
            files=read_uploads(request),
            actor=request.actor,
            now=request.now,
        )
        return Said(_("Your comment is added."))

    return change_cart(request, cart_id, comment, place="line_talk", line_id=line_id, typed=typed)


@require_POST
@company_page
def line_resolve(request: PageRequest, cart_id: str, line_id: str) -> HttpResponse:
    """The question about a line is answered."""

    def resolve(cart: Cart) -> Said:
        line = get_cart_line(request.actor, cart_id, line_id)
        resolve_line_thread(line, actor=request.actor, now=request.now)
        return Said(_("The conversation is resolved."))

    return change_cart(request, cart_id, resolve, place="line_talk", line_id=line_id)

"""What a share link opens. Loading it changes nothing but the count of its openings."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from placet.carts.actions.outsiders import comment_as_guest, confirm_guest, invite_guest
from placet.carts.links import (
    count_opening,
    find_guest_of_code,
    find_open_link,
    guest_mark,
    hash_of_token,
)
from placet.carts.models import LinkGuest, ShareLink
from placet.carts.outside import read_outside
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.threads.queries import find_outside_attachment
from placet.web.links.door import count_try, for_outsiders
from placet.web.links.forms import GuestForm, TextForm
from placet.web.links.visitor import mark_name, read_visitor
from placet.web.refused import show_refusal
from placet.web.threads.sending import send_file

RETURN: Final = "placet_link"
"""The cookie in which the browser keeps its link while its owner looks into the mail."""


@for_outsiders
@require_http_methods(["GET", "HEAD"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The one fixed view of a cart or a list, the same for everybody who holds the link."""
    link = find_open_link(token, now=_now(request))
    if request.method == "GET" and not _is_only_looked_ahead(request):
        count_opening(link, now=_now(request))
    return show_link(request, link, token)


@for_outsiders
@require_POST
def shared_guest(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody who would like to comment gives an address; the mail to it confirms it."""
    link = find_open_link(token, now=_now(request))
    form = GuestForm(request.POST)
    if form.is_valid() and _invite(request, link, form):
        answer = show_link(request, link, token, asked=form.cleaned_data["email"])
        _keep(answer, RETURN, token, reverse("guest_confirm", args=["-"]).partition("-")[0])
        return answer
    return show_link(request, link, token, guest_form=form, status=422)


@for_outsiders
@require_POST
def shared_comment(request: HttpRequest, token: str) -> HttpResponse:
    """A confirmed guest says something; it stands in the link's own conversation."""
    link = find_open_link(token, now=_now(request))
    guest = read_visitor(request, link).guest
    form = TextForm(request.POST)
    form.is_valid()
    if guest is None:
        return show_link(request, link, token, guest_form=GuestForm(), status=403)
    count_try(request, "link_comment", guest.pk)
    try:
        comment_as_guest(link, guest=guest, text=form.cleaned_data["text"], now=_now(request))
    except (InvalidInput, Forbidden) as error:
        show_refusal(form, error)
        return show_link(request, link, token, text_form=form, status=error.status)
    return redirect(reverse("shared", args=[token]) + "#talk")


@for_outsiders
@require_http_methods(["GET", "HEAD"])
def shared_file(request: HttpRequest, token: str, file_id: str) -> HttpResponse:
    """A file that the company put into the conversation of this link."""
    link = find_open_link(token, now=_now(request))
    found = find_outside_attachment(link.thread_id or "", file_id)
    if found is None:
        raise NotFound
    return send_file(found)


@for_outsiders
@require_http_methods(["GET", "HEAD", "POST"])
def guest_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The link of the mail: opening it confirms nothing, one press does, once."""
    guest = find_guest_of_code(code, now=_now(request))
    if request.method != "POST":
        return render(request, "web/links/confirm.html", {"guest": guest})
    confirmed = confirm_guest(guest, now=_now(request))
    answer = _way_back(request, confirmed.link)
    _keep(answer, mark_name(confirmed.link), guest_mark(confirmed), "/s/", confirmed.link)
    answer.delete_cookie(RETURN, path=reverse("guest_confirm", args=["-"]).partition("-")[0])
    return answer


def show_link(
    request: HttpRequest,
    link: ShareLink,
    token: str,
    *,
    guest_form: GuestForm | None = None,
    text_form: TextForm | None = None,
    asked: str = "",
    status: int = 200,
) -> HttpResponse:
    """The view with what its reader may do beside reading, and what was refused."""
    context = {
        "outside": read_outside(link, now=_now(request)),
        "visitor": read_visitor(request, link),
        "token": token,
        "guest_form": guest_form or GuestForm(),
        "text_form": text_form or TextForm(),
        "asked": asked,
    }
    return render(request, "web/links/outside.html", context, status=status)


def _invite(request: HttpRequest, link: ShareLink, form: GuestForm) -> LinkGuest | None:
    email = form.cleaned_data["email"].strip().lower()
    count_try(request, "link_guest", email)
    try:
        return invite_guest(
            link,
            name=form.cleaned_data["name"],
            email=email,
            language=get_language() or "en",
            now=_now(request),
        )
    except (InvalidInput, Forbidden, Conflict) as error:
        show_refusal(form, error)
        return None


def _way_back(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """To the link itself, where this browser has it; another one has to open it again."""
    token = request.COOKIES.get(RETURN, "")
    if token and hash_of_token(token) == link.token_hash:
        return redirect(reverse("shared", args=[token]) + "#talk")
    return render(request, "web/links/confirmed.html")


def _keep(
    answer: HttpResponse, name: str, value: str, path: str, link: ShareLink | None = None
) -> None:
    """A cookie of these pages alone; a guest's lasts as long as the link."""
    answer.set_cookie(
        name,
        value,
        path=path,
        expires=link.expires_at if link else None,
        max_age=None if link else 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_only_looked_ahead(request: HttpRequest) -> bool:
    """Whether a browser fetches the page before anybody asked for it."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in purpose


def _now(request: HttpRequest):  # type: ignore[no-untyped-def]
    return request.now  # type: ignore[attr-defined]

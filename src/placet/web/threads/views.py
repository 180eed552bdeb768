"""The page of a conversation: mails and the bell lead to it, and it is answered there."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.conversations.actions import (
    reopen_conversation,
    resolve_conversation,
    speak_in_thread,
)
from placet.conversations.places import Place, find_place
from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.orders.actions.write_about_order import write_about_order
from placet.orders.queries import get_order
from placet.threads.files import ACCEPT
from placet.threads.models import Comment
from placet.threads.queries import get_attachment
from placet.web.attempt import attempt
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.threads.forms import SpeakForm
from placet.web.threads.page import ThreadPage, read_thread
from placet.web.threads.sending import read_uploads, send_file


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def thread(request: PageRequest, thread_id: str) -> HttpResponse:
    """What was said, whatever it is about, and one's own answer."""
    place = find_place(request.actor, thread_id)
    page = read_thread(request.actor, place)
    form = SpeakForm(request.POST if request.method == "POST" else None, people=page.people)
    if attempt(form, lambda: _speak(request, place, form)):
        return redirect(company_url(request.actor, "thread", thread_id) + "#say")
    return _shown(request, page, form)


@require_POST
@company_page
def thread_resolve(request: PageRequest, thread_id: str) -> HttpResponse:
    """It is settled."""
    return _settle(request, thread_id, resolve_conversation)


@require_POST
@company_page
def thread_reopen(request: PageRequest, thread_id: str) -> HttpResponse:
    """It is not settled after all."""
    return _settle(request, thread_id, reopen_conversation)


@require_GET
@company_page
def attachment(request: PageRequest, file_id: str) -> HttpResponse:
    """A file of a conversation that the reader may see, to be saved."""
    found = get_attachment(request.actor, file_id)
    find_place(request.actor, found.comment.thread_id)
    return send_file(found)


@require_POST
@company_page
def order_write(request: PageRequest, number: str) -> HttpResponse:
    """Write to the other side about an order; the first word begins the conversation."""
    order = get_order(request.actor, number)
    form = SpeakForm(request.POST, people=[])
    form.is_valid()
    try:
        write_about_order(
            order,
            text=form.cleaned_data.get("text", ""),
            files=read_uploads(request),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "order", order.number) + "#h-supplier")


def _speak(request: PageRequest, place: Place, form: SpeakForm) -> Comment:
    return speak_in_thread(
        place,
        text=form.cleaned_data["text"],
        mentions=form.cleaned_data["mention"],
        files=read_uploads(request),
        actor=request.actor,
        now=request.now,
    )


def _settle(request: PageRequest, thread_id: str, settle: Callable[..., object]) -> HttpResponse:
    place = find_place(request.actor, thread_id)
    try:
        settle(place, actor=request.actor, now=request.now)
    except (Conflict, Forbidden) as error:
        _tell(request, error)
    return redirect(company_url(request.actor, "thread", thread_id))


def _tell(request: PageRequest, error: PlacetError) -> None:
    messages.error(request, error.detail or _("That is not possible any more."))


def _shown(request: PageRequest, page: ThreadPage, form: SpeakForm) -> HttpResponse:
    context = {"page": page, "form": form, "accept": ACCEPT}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/threads/page.html", context, status=status)

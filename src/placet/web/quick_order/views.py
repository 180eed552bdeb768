"""The pages of a quick order; nothing is added before its report was seen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.carts.actions import take_back_lines
from placet.core.errors import Conflict, InvalidInput
from placet.imports.models import ImportFile
from placet.imports.quick_order.adding import get_line_import, get_order_file, keep_order_file
from placet.imports.quick_order.reading import table_of_file, table_of_text
from placet.web.quick_order.forms import OrderForm, StartForm
from placet.web.quick_order.page import OrderPage, read_order
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def quick_order(request: PageRequest) -> HttpResponse:
    """Paste rows or send a file; what they would do is shown before anything is added."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    first = {"cart": request.GET.get("cart", "")}
    form = StartForm(*sent, actor=request.actor, initial=first)
    if form.is_bound and form.is_valid():
        file = _kept(request, form)
        if file is not None:
            chosen = {key: form.cleaned_data[key] for key in ("cart", "name")}
            address = company_url(request.actor, "quick_order_check", file.pk)
            return redirect(f"{address}?{urlencode(chosen)}")
    status = 422 if form.errors else 200
    return render(request, "web/quick_order/start.html", {"form": form}, status=status)


@require_GET
@company_page
def quick_order_check(request: PageRequest, file_id: str) -> HttpResponse:
    """What each row would do; the columns and the cart can be chosen anew."""
    file = get_order_file(request.actor, file_id)
    try:
        page = read_order(request, file, OrderForm(request.GET))
    except InvalidInput as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "quick_order_check", file_id))
    return show_page(request, page)


@require_GET
@company_page
def quick_order_added(request: PageRequest, import_id: str) -> HttpResponse:
    """What went into the cart, and the way back."""
    found = get_line_import(request.actor, import_id)
    return render(request, "web/quick_order/added.html", {"found": found})


@require_POST
@company_page
def quick_order_undo(request: PageRequest, import_id: str) -> HttpResponse:
    """Take exactly these lines out again; what was changed since stays and is named."""
    found = get_line_import(request.actor, import_id)
    try:
        take_back_lines(found, actor=request.actor, now=request.now)
        messages.success(request, _("What was added is taken out again."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "quick_order_added", import_id))


def show_page(request: PageRequest, page: OrderPage, status: int = 200) -> HttpResponse:
    """The report of a file."""
    return render(request, "web/quick_order/check.html", {"page": page}, status=status)


def _kept(request: PageRequest, form: StartForm) -> ImportFile | None:
    """The rows as they were read, or nothing with the reason in the form."""
    sent, text = form.cleaned_data["file"], form.cleaned_data["text"]
    name = sent.name if sent is not None else _("Pasted rows")
    try:
        table = table_of_text(text) if sent is None else table_of_file(sent.read())
        return keep_order_file(table, name=name, actor=request.actor, now=request.now)
    except InvalidInput as error:
        show_refusal(form, error)
        return None

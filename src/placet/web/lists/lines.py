"""What stands on a list: adding one or many, changing, moving, removing, ordering, files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from placet.carts.lists.actions import (
    ListedRow,
    change_list_line,
    move_list_line,
    order_list,
    paste_list_lines,
    remove_list_line,
)
from placet.carts.lists.lines import up_to_par
from placet.carts.lists.queries import get_list, get_list_line
from placet.carts.models import PurchaseList, PurchaseListLine
from placet.carts.queries import get_cart
from placet.core.errors import InvalidInput
from placet.web.lists.forms import (
    ON_HAND,
    QUANTITY,
    LineForm,
    UploadForm,
    pasted_rows,
    rows_of_file,
    typed_numbers,
)
from placet.web.lists.views import REFUSED, change_list, show_list
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.table_file import answer_with_table


@require_POST
@company_page
def list_add(request: PageRequest, list_id: str) -> HttpResponse:
    """Rows of SKU and quantity, typed or pasted."""
    wanted = get_list(request.actor, list_id)
    try:
        rows = pasted_rows(request.POST.get("text", ""))
        report = paste_list_lines(wanted, rows=rows, actor=request.actor, now=request.now)
    except REFUSED as error:
        return show_list(request, list_id, error)
    return _reported(request, list_id, report)


@require_POST
@company_page
def list_import(request: PageRequest, list_id: str) -> HttpResponse:
    """A file of rows: what is there already gets the quantities of the file."""
    wanted = get_list(request.actor, list_id)
    form = UploadForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise InvalidInput("file", "file", _("Choose a CSV or XLSX file of at most 10 MB."))
        rows = rows_of_file(form.cleaned_data["file"].read())
        report = paste_list_lines(wanted, rows=rows, actor=request.actor, now=request.now)
    except REFUSED as error:
        return show_list(request, list_id, error)
    return _reported(request, list_id, report)


@require_POST
@company_page
def list_line(request: PageRequest, list_id: str, line_id: str) -> HttpResponse:
    """Change how many, the par level, or the note."""
    form = LineForm(request.POST)

    def change(_wanted: PurchaseList) -> str:
        line = get_list_line(request.actor, list_id, line_id)
        if not form.is_valid():
            raise InvalidInput("quantity", "not_whole", _("Write whole numbers only."))
        change_list_line(line, **form.cleaned_data, actor=request.actor, now=request.now)
        return _("Saved.")

    return change_list(request, list_id, change)


@require_POST
@company_page
def list_line_move(request: PageRequest, list_id: str, line_id: str) -> HttpResponse:
    """One place up or down."""

    def move(_wanted: PurchaseList) -> str:
        line = get_list_line(request.actor, list_id, line_id)
        is_up = request.POST.get("to") == "up"
        move_list_line(line, up=is_up, actor=request.actor, now=request.now)
        return _("Moved.")

    return change_list(request, list_id, move)


@require_POST
@company_page
def list_line_remove(request: PageRequest, list_id: str, line_id: str) -> HttpResponse:
    """Take a product off the list."""

    def remove(_wanted: PurchaseList) -> str:
        line = get_list_line(request.actor, list_id, line_id)
        remove_list_line(line, actor=request.actor, now=request.now)
        return _("%(name)s is off the list.") % {"name": line.product.name}

    return change_list(request, list_id, remove)


@require_POST
@company_page
def list_order(request: PageRequest, list_id: str) -> HttpResponse:
    """All of it, what was chosen, or what is missing to the par levels, into a cart."""
    wanted = get_list(request.actor, list_id)
    try:
        into = request.POST.get("cart", "")
        cart = get_cart(request.actor, into) if into else None
        quantities = _quantities(request, wanted)
        ordered = order_list(
            wanted, quantities=quantities, cart=cart, actor=request.actor, now=request.now
        )
    except REFUSED as error:
        return show_list(request, list_id, error)
    left = [row.product.sku for row in ordered.rows if not row.is_orderable]
    if left:
        said = _("Left behind, since it cannot be ordered now: %(skus)s.")
        messages.warning(request, said % {"skus": ", ".join(left)})
    messages.success(
        request, _("The list is in the cart “%(name)s”.") % {"name": ordered.cart.name}
    )
    return redirect(company_url(request.actor, "cart", ordered.cart.pk))


@require_GET
@company_page
def list_export(request: PageRequest, list_id: str) -> HttpResponse:
    """The list as CSV or with ``format=xlsx``; sending it back in changes nothing."""
    wanted = get_list(request.actor, list_id)
    lines = wanted.lines.select_related("product").order_by("position", "id")
    rows = [["sku", "name", "quantity", "par", "note"], *map(_cells, lines)]
    return answer_with_table(request, rows, "list")


def _cells(line: PurchaseListLine) -> list[str]:
    par = str(line.par_quantity) if line.par_quantity else ""
    return [line.product.sku, line.product.name, str(line.quantity), par, line.note]


def _quantities(request: PageRequest, wanted: PurchaseList) -> dict[str, int] | None:
    """How many of which line; nothing for the whole list as it stands."""
    mode = request.POST.get("mode", "")
    if mode == "par":
        on_hand = typed_numbers(request.POST, ON_HAND)
        if not on_hand:
            raise InvalidInput("have", "required", _("Say how many you have of a product."))
        lines = wanted.lines.filter(pk__in=sorted(on_hand)).exclude(par_quantity=None)
        return {line.pk: up_to_par(line, on_hand[line.pk]) for line in lines}
    if mode == "chosen":
        picked = set(request.POST.getlist("line"))
        typed = typed_numbers(request.POST, QUANTITY)
        return {line_id: quantity for line_id, quantity in typed.items() if line_id in picked}
    return None


def _reported(request: PageRequest, list_id: str, report: list[ListedRow]) -> HttpResponse:
    """What did not come onto the list is shown with the reason; else the list as it is."""
    listed = sum(row.is_listed for row in report)
    said = ngettext("%(n)d product is on the list.", "%(n)d products are on the list.", listed)
    told = [row for row in report if row.outcome != "ok"]
    if told:
        return show_list(request, list_id, report=told, said=said % {"n": listed})
    messages.success(request, said % {"n": listed})
    return redirect(company_url(request.actor, "list", list_id))

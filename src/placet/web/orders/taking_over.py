"""A file of the supplier's own numbers: tried first, and every row says what would come of it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placet.companies.permissions import ORDER_PROCESS, require
from placet.core.errors import InvalidInput
from placet.imports.acknowledging import read_acknowledgements, write_acknowledgements
from placet.imports.reading import read_csv, read_file
from placet.orders.actions.acknowledge_orders import (
    MOST_AT_ONCE,
    REFUSED,
    TAKEN_OVER,
    Acknowledged,
    Acknowledging,
    acknowledge_orders,
)
from placet.web.imports.forms import UploadForm
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page

LARGEST: Final = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def orders_acknowledge(request: PageRequest) -> HttpResponse:
    """Send a file; see what each row would do; then do it with the same rows."""
    require(request.actor, ORDER_PROCESS)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, largest=LARGEST)
    if form.is_bound and form.is_valid():
        rows = _read(form)
        if rows is not None:
            return _show_report(request, rows, is_tried=request.POST.get("do") != "apply")
    context = {"form": form, "most": MOST_AT_ONCE}
    status = 422 if form.errors else 200
    return render(request, "web/orders/acknowledge.html", context, status=status)


def _read(form: UploadForm) -> list[Acknowledging] | None:
    """The rows, or nothing with the reason in the form."""
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    try:
        if file is None:
            table = read_csv(text, is_headed=False, most_rows=MOST_AT_ONCE, largest=LARGEST)
        else:
            content = file.read()
            table = read_file(content, is_headed=False, most_rows=MOST_AT_ONCE, largest=LARGEST)
        return read_acknowledgements(table)
    except InvalidInput as error:
        show_refusal(form, error, file="text" if file is None else "file")
        return None


def _show_report(
    request: PageRequest, rows: list[Acknowledging], *, is_tried: bool
) -> HttpResponse:
    """What comes of each row, or would."""
    answers = acknowledge_orders(rows, actor=request.actor, now=request.now, is_tried=is_tried)
    outcomes = [one.outcome for one in answers]
    context = {
        "rows": [_row(one, is_tried=is_tried) for one in answers],
        "is_tried": is_tried,
        "taken": outcomes.count(TAKEN_OVER),
        "refused": outcomes.count(REFUSED),
        "text": write_acknowledgements([one.row for one in answers]),
    }
    return render(request, "web/orders/acknowledged.html", context)


def _row(answer: Acknowledged, *, is_tried: bool) -> dict[str, Any]:
    number = {"number": answer.row.erp_number}
    if answer.outcome == REFUSED:
        sentence = answer.sentence
    elif answer.outcome == TAKEN_OVER and is_tried:
        sentence = _("Can be taken over as %(number)s.") % number
    elif answer.outcome == TAKEN_OVER:
        sentence = _("Taken over as %(number)s.") % number
    else:
        sentence = _("Was taken over as %(number)s before: nothing changes.") % number
    return {
        "order": answer.row.order,
        "number": answer.row.erp_number,
        "sentence": sentence,
        "is_refused": answer.outcome == REFUSED,
        "is_there": answer.code != "not_found",
    }

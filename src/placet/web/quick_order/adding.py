"""Adding what the report showed: at once, or by a run where there are many rows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.carts.actions import Sent
from placet.core.errors import Conflict, InvalidInput
from placet.imports.quick_order.adding import (
    AddedAlready,
    add_to_carts,
    find_added,
    get_order_file,
)
from placet.imports.quick_order.work import start_quick_order
from placet.imports.reading import MOST_ROWS
from placet.runs.models import Run
from placet.web.quick_order.forms import OrderForm
from placet.web.quick_order.page import OrderPage, read_order, refused_rows
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.table_file import answer_with_table
from placet.web.typed_numbers import read_digits

ROWS_OF_A_RUN = 100


@require_POST
@company_page
def quick_order_add(request: PageRequest, file_id: str) -> HttpResponse:
    """Add the good rows, and the substitutes that were taken; all of them or nothing."""
    file = get_order_file(request.actor, file_id)
    form = OrderForm(request.POST)
    try:
        page = read_order(request, file, form)
        if page.judged is None:
            return redirect(company_url(request.actor, "run", _started(request, page).pk))
        found = add_to_carts(
            page.judged.lines(taken=_taken(request, page)),
            target=form.target,
            sent=Sent(file.name, page.digest, file.pk),
            seen=form.seen,
            actor=request.actor,
            now=request.now,
        )
    except AddedAlready as error:
        messages.warning(request, error.detail)
        return redirect(company_url(request.actor, "quick_order_added", error.facts["line_import"]))
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "quick_order_check", file_id))
    return redirect(company_url(request.actor, "quick_order_added", found[0].pk))


@require_GET
@company_page
def quick_order_errors(request: PageRequest, file_id: str) -> HttpResponse:
    """The rows that would not be added, as CSV or with ``format=xlsx``, to mend and send again."""
    file = get_order_file(request.actor, file_id)
    page = read_order(request, file, OrderForm(request.GET), most=MOST_ROWS)
    rows = refused_rows(page, request.actor)
    return answer_with_table(request, rows, "quick-order-errors", title="quick-order")


def show_quick_order(request: PageRequest, run: Run) -> HttpResponse:
    """What a run found, or added: the sums, and its rows page by page."""
    state = request.GET.get("state", "error" if (run.result or {}).get("errors") else "")
    start = read_digits(request.GET.get("from", ""), 0, most=5)
    rows = run.rows.filter(position__gt=start).order_by("position")
    if state in ("ok", "warning", "error"):
        rows = rows.filter(content__status=state)
    found = list(rows[: ROWS_OF_A_RUN + 1])
    context = {
        "run": run,
        "added": find_added(run.subject),
        "state": state,
        "rows": [one.content for one in found[:ROWS_OF_A_RUN]],
        "following": found[ROWS_OF_A_RUN - 1].position if len(found) > ROWS_OF_A_RUN else 0,
    }
    return render(request, "web/quick_order/run.html", context)


def _taken(request: PageRequest, page: OrderPage) -> frozenset[int]:
    """The rows whose substitute was taken: those with a tick, or all of them."""
    replaceable = page.judged.replaceable if page.judged else []
    if page.form.cleaned_data.get("substitutes"):
        return frozenset(one.row.number for one in replaceable)
    ticked = set(request.POST.getlist("take"))
    return frozenset(one.row.number for one in replaceable if str(one.row.number) in ticked)


def _started(request: PageRequest, page: OrderPage) -> Run:
    if not page.columns:
        raise InvalidInput("sku", "required", _("Choose the column that holds the SKU."))
    return start_quick_order(
        page.file,
        columns=page.columns,
        target=page.form.target,
        is_dry_run="check" in request.POST,
        with_substitutes=bool(page.form.cleaned_data.get("substitutes")),
        seen=page.form.seen,
        actor=request.actor,
        now=request.now,
    )

"""The pages of an import: send a file, say what its columns are, look, import, take back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.refusals import refuse
from placet.core.errors import Conflict, InvalidInput
from placet.imports.actions import keep_import_file, start_import, start_undo
from placet.imports.kinds import get_kind, list_kinds
from placet.imports.kinds.kind import Kind
from placet.imports.models import ImportFile
from placet.imports.permissions import can_import
from placet.imports.queries import find_columns, get_import, get_import_file, list_imports
from placet.imports.reading import read_csv, read_file
from placet.runs.actions import RunEnded, TooManyRuns, cancel_run
from placet.runs.models import Run
from placet.web.imports.forms import MapForm, UploadForm, read_samples
from placet.web.imports.page import ICONS, show_import
from placet.web.imports.report import report_of
from placet.web.paging import page_of
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.typed_numbers import read_digits


@require_GET
@company_page
def import_list(request: PageRequest) -> HttpResponse:
    """What the reader may import and export, and the imports so far."""
    kinds = list_kinds(request.actor)
    if not kinds:
        refuse(can_import(request.actor, get_kind("members")))
    page = page_of(list_imports(request.actor), "created_at", request.GET, 10)
    context = {
        "kinds": [(kind, ICONS[kind.key]) for kind in kinds],
        "page": page,
        "imports": [show_import(run) for run in page.rows],
    }
    return render(request, "web/imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def import_new(request: PageRequest, kind: str) -> HttpResponse:
    """Send a file of one kind; it is read at once, and nothing happens yet."""
    found = get_kind(kind)
    refuse(can_import(request.actor, found))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, largest=found.largest_file)
    if form.is_bound and form.is_valid():
        file = _kept(request, found, form)
        if file is not None:
            return redirect(company_url(request.actor, "import_map", file.pk))
    status = 422 if form.errors else 200
    context = {"form": form, "kind": found, "icon": ICONS[kind]}
    return render(request, "web/imports/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def import_map(request: PageRequest, file_id: str) -> HttpResponse:
    """Which column is which; then every row is tried and nothing is written."""
    file = get_import_file(request.actor, file_id)
    kind = get_kind(file.kind)
    refuse(can_import(request.actor, kind))
    posted = request.POST if request.method == "POST" else None
    form = MapForm(posted, kind=kind, file=file, meant=find_columns(request.actor, file))
    if form.is_bound and form.is_valid():
        run = _started(request, file, form, form.columns)
        if run is not None:
            return redirect(company_url(request.actor, "import_run", run.pk))
    context = {"form": form, "file": file, "kind": kind, "samples": read_samples(file)}
    context["count"] = file.row_count or len(file.rows)
    return render(request, "web/imports/map.html", context, status=422 if form.errors else 200)


@require_GET
@company_page
def import_run(request: PageRequest, run_id: str) -> HttpResponse:
    """How far it is, or what became of each row. A page that waits asks for the state alone."""
    shown = show_import(get_import(request.actor, run_id))
    if request.htmx and not request.htmx.boosted:
        answer = render(request, "web/imports/state.html", {"shown": shown})
        if not shown.is_open:
            answer["HX-Refresh"] = "true"  # The whole page is another one now.
        return answer
    start = read_digits(request.GET.get("from", ""), 0)
    context = report_of(shown, request.GET.get("state", ""), start)
    return render(request, "web/imports/run.html", context)


@require_POST
@company_page
def import_write(request: PageRequest, run_id: str) -> HttpResponse:
    """Import what was tried: the same file with the same columns."""
    tried = get_import(request.actor, run_id)
    file = get_import_file(request.actor, tried.subject)
    form = forms.Form(request.POST)
    form.is_valid()
    run = _started(request, file, form, tried.parameters["columns"], is_dry_run=False)
    if run is None:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect(company_url(request.actor, "import_run", (run or tried).pk))


@require_POST
@company_page
def import_undo(request: PageRequest, run_id: str) -> HttpResponse:
    """Take an import back, all of it or nothing."""
    imported = get_import(request.actor, run_id)
    try:
        start_undo(imported, actor=request.actor, now=request.now)
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "import_run", run_id))


@require_POST
@company_page
def import_cancel(request: PageRequest, run_id: str) -> HttpResponse:
    """Stop an import that waits or works; nothing of it is kept."""
    imported = get_import(request.actor, run_id)
    shown = show_import(imported)
    try:
        run = shown.undo if shown.undo is not None and shown.is_open else imported
        cancel_run(run, actor=request.actor, now=request.now)
        messages.success(request, _("Cancelled. Nothing of it was kept."))
    except RunEnded as error:
        messages.info(request, error.detail)
    return redirect(company_url(request.actor, "import_run", run_id))


def _kept(request: PageRequest, kind: Kind, form: UploadForm) -> ImportFile | None:
    """The file as it was read, or nothing with the reason in the form."""
    sent, text = form.cleaned_data["file"], form.cleaned_data["text"]
    name = sent.name if sent is not None else _("Pasted rows")
    try:
        most, largest = kind.most_rows, kind.largest_file
        if sent is None:
            table = read_csv(text, most_rows=most)
        else:
            table = read_file(sent.read(), most_rows=most, largest=largest)
        return keep_import_file(table, kind=kind, name=name, actor=request.actor, now=request.now)
    except InvalidInput as error:
        show_refusal(form, error)
        return None


def _started(
    request: PageRequest,
    file: ImportFile,
    form: forms.Form,
    columns: dict[str, int],
    *,
    is_dry_run: bool = True,
) -> Run | None:
    try:
        return start_import(
            file, columns=columns, is_dry_run=is_dry_run, actor=request.actor, now=request.now
        )
    except (InvalidInput, TooManyRuns) as error:
        show_refusal(form, error)
        return None

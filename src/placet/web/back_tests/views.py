"""Starting a back-test, reading its result, taking the list away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.core.errors import Conflict, InvalidInput
from placet.plans.back_test_run import KIND
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import get_rulebook
from placet.runs.models import Run
from placet.runs.queries import get_run
from placet.web.back_tests.changes import changes_of, read_kind
from placet.web.back_tests.export import rows_of
from placet.web.back_tests.forms import USUAL_DAYS, BackTestForm
from placet.web.back_tests.result import read_back_test
from placet.web.back_tests.texts import list_texts, start, with_tried
from placet.web.paging import page_of
from placet.web.rules.texts import open_rulebook
from placet.web.runs.page import list_shown_runs, show_runs
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.table_file import answer_with_table


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def back_test(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """What can be tried and what was tried before; sending the form starts a run."""
    rulebook = open_rulebook(request.actor, rulebook_id)
    texts = list_texts(rulebook)
    if request.method != "POST":
        asked = {"text": request.GET.get("text", ""), "days": request.GET.get("days", USUAL_DAYS)}
        return _show_start(request, rulebook, BackTestForm(initial=asked, texts=texts))
    form, status = BackTestForm(request.POST, texts=texts), 422
    if form.is_valid():
        try:
            run = start(request.actor, rulebook, **form.cleaned_data, now=request.now)
            return redirect(company_url(request.actor, "run", run.pk))
        except InvalidInput as error:
            form.add_error("days" if error.path == "days" else "text", error.detail)
        except Conflict as error:
            form.add_error(None, error.detail)
            status = 409
    return _show_start(request, rulebook, form, status=status)


def show_back_test(request: PageRequest, run: Run) -> HttpResponse:
    """The result of a run that is done; its list has the filter and page of the address."""
    page = read_back_test(request.actor, run, request.GET)
    return render(request, "web/back_tests/result.html", {"page": page})


@require_GET
@company_page
def back_test_changes(request: PageRequest, run_id: str) -> HttpResponse:
    """The filtered purchases as CSV, or as XLSX with ``format=xlsx``."""
    run = get_run(request.actor, run_id)
    get_rulebook(request.actor, run.subject)  # Whose rules are kept elsewhere now are not read.
    rows = rows_of(changes_of(request.actor, run, read_kind(request.GET)))
    name = f"back-test-{request.actor.company_slug}-{run.created_at:%Y-%m-%d}"
    return answer_with_table(request, rows, name, title=_("Back-test"))


def _show_start(
    request: PageRequest, rulebook: Rulebook, form: BackTestForm, *, status: int = 200
) -> HttpResponse:
    earlier = list_shown_runs(request.actor).filter(kind=KIND, subject=rulebook.pk)
    page = page_of(with_tried(earlier, rulebook), "created_at", request.GET)
    context = {
        "rulebook": rulebook,
        "form": form,
        "has_texts": bool(form.fields["text"].choices),  # type: ignore[attr-defined]
        "page": page,
        "runs": show_runs(page.rows),
        "title": _("Back-test"),
    }
    return render(request, "web/back_tests/start.html", context, status=status)

"""The company's own reference fields: the list, a new one, changing and closing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.actions import (
    add_reference_field,
    change_reference_field,
    close_reference_field,
)
from placet.companies.models import ReferenceField
from placet.companies.permissions import ADDRESS_MANAGE, require
from placet.companies.queries import get_company, list_reference_fields
from placet.core.errors import Conflict, NotFound
from placet.web.attempt import attempt, status_of
from placet.web.references.forms import ReferenceFieldForm
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def reference_list(request: PageRequest) -> HttpResponse:
    """What is asked with each purchase, in its order."""
    _require(request)
    fields = list_reference_fields(request.actor.company_id)
    return render(request, "web/references/list.html", {"fields": fields})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def reference_new(request: PageRequest) -> HttpResponse:
    """One more thing to ask."""
    _require(request)
    form = ReferenceFieldForm(_posted(request), field=None)
    made = attempt(
        form,
        lambda: add_reference_field(
            get_company(request.actor),
            key=form.chosen_key,
            shape=form.shape,
            actor=request.actor,
            now=request.now,
        ),
    )
    return _answer(request, form, None, is_done=made is not None)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def reference_edit(request: PageRequest, field_id: str) -> HttpResponse:
    """What it asks from now on."""
    field = _field(request, field_id)
    form = ReferenceFieldForm(_posted(request), field=field)
    changed = attempt(
        form,
        lambda: change_reference_field(
            field,
            shape=form.shape,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        ),
    )
    return _answer(request, form, field, is_done=changed is not None)


@require_POST
@company_page
def reference_close(request: PageRequest, field_id: str) -> HttpResponse:
    """It is asked no more."""
    field = _field(request, field_id)
    try:
        close_reference_field(field, actor=request.actor, now=request.now)
        messages.success(request, _("“%(name)s” is asked no more.") % {"name": field.name})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "references"))


def _require(request: PageRequest) -> None:
    if request.actor.is_merchant:
        raise NotFound
    require(request.actor, ADDRESS_MANAGE)


def _field(request: PageRequest, field_id: str) -> ReferenceField:
    _require(request)
    found = ReferenceField.objects.filter(pk=field_id, company_id=request.actor.company_id).first()
    if found is None:
        raise NotFound(_("There is no such field in your company."))
    return found


def _posted(request: PageRequest) -> object:
    return request.POST if request.method == "POST" else None


def _answer(
    request: PageRequest, form: ReferenceFieldForm, field: ReferenceField | None, *, is_done: bool
) -> HttpResponse:
    if is_done:
        messages.success(request, _("Saved. The next purchase is asked for it."))
        return redirect(company_url(request.actor, "references"))
    context = {"form": form, "field": field}
    return render(request, "web/references/form.html", context, status=status_of(form))

"""Who answers for which category: one question at a time, and what is answered already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.catalog.actions import name_category_owner
from placet.catalog.models import Category, CategoryOwner
from placet.catalog.queries import list_category_owners
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.queries import get_member, list_members
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url


class CategoryOwnerForm(forms.Form):
    """A category, and who answers for it and what is below; nobody leaves it to those above."""

    category = forms.ChoiceField(label=gettext_lazy("Category"))
    member = forms.ChoiceField(label=gettext_lazy("Who answers for it"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indent = "\N{NO-BREAK SPACE}" * 3
        categories = [
            (one.pk, indent * (one.path.count("/") - 1) + one.name)
            for one in Category.objects.order_by("path")
        ]
        people = [(one.pk, f"{one.user.name}, {one.unit.name}") for one in list_members(actor)]
        for name, choices in (
            ("category", categories),
            ("member", [("", _("Nobody: whoever answers for the one above")), *people]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def category_owners(request: PageRequest) -> HttpResponse:
    """Those who are named, and a form that names another."""
    require(request.actor, COMPANY_MANAGE)
    if request.actor.is_merchant:
        raise NotFound
    posted = request.POST if request.method == "POST" else None
    first = {"category": request.GET.get("category", "")}
    form = CategoryOwnerForm(posted, actor=request.actor, initial=first)
    if attempt(form, lambda: _name(request, form)):
        messages.success(request, _("Saved. Rules that ask the category owner ask them now."))
        return redirect(company_url(request.actor, "categories"))
    context = {"form": form, "owners": _owners(request.actor)}
    return render(request, "web/company/categories.html", context, status=status_of(form))


def _name(request: PageRequest, form: CategoryOwnerForm) -> bool:
    chosen = form.cleaned_data["member"]
    name_category_owner(
        Category.objects.get(pk=form.cleaned_data["category"]),
        member=get_member(request.actor, chosen) if chosen else None,
        actor=request.actor,
        now=request.now,
    )
    return True


def _owners(actor: Actor) -> list[CategoryOwner]:
    return list(list_category_owners(actor).select_related("category", "member__user"))

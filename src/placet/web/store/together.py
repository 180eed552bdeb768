"""Changing many products of the list at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from placet.catalog.actions.together import MOST_TOGETHER, change_products
from placet.catalog.kept import list_kept_products
from placet.catalog.models import Product
from placet.catalog.queries import list_categories
from placet.catalog.search import folded
from placet.core.errors import InvalidInput
from placet.web.attempt import attempt
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.store.product_form import INDENT
from placet.web.store.tabs import require_keeper

WISHES = (
    ("on_sale", gettext_lazy("Put on sale")),
    ("discontinue", gettext_lazy("Discontinue")),
    ("category", gettext_lazy("Move to the category …")),
    ("stock", gettext_lazy("Say what is in stock …")),
)


class TogetherForm(forms.Form):
    """What is to be done with the products that were picked, or with all that the filters show."""

    wish = forms.ChoiceField(label=gettext_lazy("With these products"), choices=WISHES)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    stock = forms.IntegerField(
        label=gettext_lazy("In stock"), required=False, min_value=-(10**6), max_value=10**9
    )
    all = forms.BooleanField(required=False)

    def __init__(self, posted: Any = None) -> None:
        super().__init__(posted, prefix="do")
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        tree = [
            (one.path, INDENT * (one.path.count("/") - 1) + one.name) for one in list_categories()
        ]
        field.choices = [("", _("Choose one")), *tree]

    @property
    def changes(self) -> dict[str, Any]:
        """What is wished, for the action; raises ``InvalidInput`` where its value is missing."""
        wish = self.cleaned_data["wish"]
        if wish in ("on_sale", "discontinue"):
            return {"is_discontinued": wish == "discontinue"}
        value = self.cleaned_data[wish]
        if value in ("", None):
            raise InvalidInput(wish, "required", _("Say which category, or how many."))
        return {wish: value}


def filtered(rows: QuerySet[Product], query: QueryDict) -> QuerySet[Product]:
    """Products by the filters of an address: words and state."""
    text, state = query.get("q", "")[:100].strip(), query.get("state", "")
    if text:
        rows = rows.filter(Q(search_text__contains=folded(text)) | Q(sku__icontains=text))
    return rows.filter(status=state) if state in Product.Status.values else rows


@require_POST
@company_page
def kept_products_change(request: PageRequest) -> HttpResponse:
    """Do one thing to all that were picked; the list comes back with its filters."""
    require_keeper(request)
    form = TogetherForm(request.POST)
    changed = attempt(form, lambda: _changed(request, form))
    if changed is None:
        for error in (one for errors in form.errors.values() for one in errors):
            messages.error(request, str(error))
    else:
        sentence = ngettext("%(n)d product was changed.", "%(n)d products were changed.", changed)
        messages.success(request, sentence % {"n": changed})
    kept = QueryDict(mutable=True)
    kept.update({name: text for name in ("q", "state") if (text := request.POST.get(name))})
    return redirect(f"{company_url(request.actor, 'kept_products')}?{kept.urlencode()}")


def _changed(request: PageRequest, form: TogetherForm) -> int:
    rows = list_kept_products(request.actor)
    if form.cleaned_data["all"]:
        rows = filtered(rows, request.POST)
    else:
        rows = rows.filter(pk__in=request.POST.getlist("pick")[:MOST_TOGETHER])
    ids = list(rows.values_list("pk", flat=True)[: MOST_TOGETHER + 1])
    return change_products(ids, **form.changes, actor=request.actor, now=request.now)

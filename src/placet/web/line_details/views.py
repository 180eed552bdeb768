"""One line of a cart: the fields that the company asks of every line, and a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.carts.actions import describe_line
from placet.carts.models import CartLine
from placet.carts.permissions import can_edit_cart
from placet.carts.queries import get_cart_line
from placet.companies.models import ReferenceField
from placet.companies.queries import list_line_fields
from placet.companies.refusals import refuse
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url

REFERENCE = "reference-"


class LineForm(forms.Form):
    """A note, and a field for each that the company asks; the action checks what they say."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        required=False,
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For your own people; the supplier does not read it."),
    )

    def __init__(self, posted: Any = None, *, line: CartLine, fields: list[ReferenceField]) -> None:
        super().__init__(posted, initial={"version": line.version, "note": line.note})
        self.keys = [field.key for field in fields]
        for field in fields:
            self.fields[REFERENCE + field.key] = _asked(field, line.references.get(field.key, ""))

    @property
    def references(self) -> dict[str, str]:
        """What was said, by the company's keys."""
        return {key: self.cleaned_data[REFERENCE + key] for key in self.keys}

    @property
    def paths(self) -> dict[str, str]:
        """Which field stands for which path of a refusal."""
        return {f"references/{key}": REFERENCE + key for key in self.keys}


def _asked(field: ReferenceField, value: str) -> forms.Field:
    texts: dict[str, Any] = {
        "label": field.name,
        "help_text": field.hint,
        "required": field.is_required,
    }
    if field.kind == ReferenceField.Kind.LIST:
        choices = [("", "–"), *((one, one) for one in field.choices)]
        return forms.ChoiceField(choices=choices, initial=value, **texts)
    return forms.CharField(initial=value, **texts)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def line_describe(request: PageRequest, cart_id: str, line_id: str) -> HttpResponse:
    """Say more about one line."""
    line = get_cart_line(request.actor, cart_id, line_id)
    refuse(can_edit_cart(request.actor, line.cart))
    fields = list(list_line_fields(line.cart.company_id))
    posted = request.POST if request.method == "POST" else None
    form = LineForm(posted, line=line, fields=fields)
    changed = attempt(
        form,
        lambda: describe_line(
            line,
            references=form.references,
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        ),
        **form.paths,
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect(f"{company_url(request.actor, 'cart', cart_id)}#lines")
    context = {"form": form, "line": line, "asked": [form[REFERENCE + key] for key in form.keys]}
    return render(request, "web/line_details/page.html", context, status=status_of(form))

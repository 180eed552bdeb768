"""The orders that the store's own people look at first: five sentences with blanks."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.companies.queries import list_roles
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.plans.set_store_rules import (
    StoreRulesInForce,
    StoreRulesTried,
    read_store_rules,
    set_store_rules,
    try_store_rules,
)
from placet.policy.store_rules import (
    BELOW,
    FAR_BELOW,
    FIRST_ORDER,
    KEYS,
    LARGE,
    OVERDUE,
    WITHOUT_AMOUNT,
    StoreRule,
)
from placet.web.budgets.forms import AmountField, set_currency, typed_amount
from placet.web.refused import show_refusal
from placet.web.rules.page import list_people, rule_rows
from placet.web.shell import PageRequest, company_page, company_url

SENTENCES: Final[dict[str, str | Promise]] = {
    BELOW: gettext_lazy("An order below"),
    FAR_BELOW: gettext_lazy("Far below, that is below"),
    FIRST_ORDER: gettext_lazy("A new customer’s first order"),
    OVERDUE: gettext_lazy("A customer who owes more, overdue, than"),
    LARGE: gettext_lazy("An order over"),
}
LIKELY: Final = {BELOW: "store_manager", FIRST_ORDER: "store_manager"}


class Sentence(NamedTuple):
    """One sentence as the template draws it; ``amount`` is nothing where it has no blank."""

    sentence: str
    is_on: BoundField
    amount: BoundField | None
    role: BoundField


class ExceptionsForm(forms.Form):
    """A box, an amount and a role for each sentence."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, posted: Any = None, *, actor: Actor, in_force: StoreRulesInForce) -> None:
        super().__init__(posted, initial=_initial(actor, in_force))
        roles = [(role.key, role.name) for role in list_roles(actor)]
        for key in KEYS:
            self.fields[f"on_{key}"] = forms.BooleanField(
                required=False,
                label=str(SENTENCES[key]),
                widget=forms.CheckboxInput(attrs={"class": "check"}),
            )
            self.fields[f"role_{key}"] = forms.ChoiceField(
                choices=roles, required=False, label=_("is released by")
            )
            if key not in WITHOUT_AMOUNT:
                self.fields[f"amount_{key}"] = AmountField(
                    required=False,
                    label=_("Amount"),
                )
                set_currency(self, f"amount_{key}", actor.currency)

    @property
    def sentences(self) -> list[Sentence]:
        """The five in their order."""
        return [
            Sentence(
                str(SENTENCES[key]),
                self[f"on_{key}"],
                None if key in WITHOUT_AMOUNT else self[f"amount_{key}"],
                self[f"role_{key}"],
            )
            for key in KEYS
        ]

    def clean(self) -> dict[str, Any]:
        """What is switched on has its amount."""
        found = super().clean() or {}
        for key in KEYS:
            name = f"amount_{key}"
            is_missing = name in self.fields and found.get(name) is None
            if found.get(f"on_{key}") and is_missing and name not in self.errors:
                self.add_error(name, _("Which amount?"))
        return found

    @property
    def rules(self) -> list[StoreRule]:
        """What is switched on."""
        said = self.cleaned_data
        return [
            StoreRule(key, said.get(f"amount_{key}") or 0, said[f"role_{key}"])
            for key in KEYS
            if said[f"on_{key}"]
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def store_rules(request: PageRequest) -> HttpResponse:
    """The exceptions that hold; a POST tries them or makes them hold."""
    in_force = read_store_rules(request.actor)
    posted = request.POST if request.method == "POST" else None
    form = ExceptionsForm(posted, actor=request.actor, in_force=in_force)
    if posted is not None and posted.get("do") == "publish" and _publish(request, form):
        return redirect(company_url(request.actor, "store_rules"))
    tried = _try(request, form) if form.is_bound else None
    rows = None
    if tried is not None:
        people = list_people(request.actor.company_id, [tried.description])
        rows = rule_rows(tried.description.rules, people)
    context = {"form": form, "in_force": in_force, "tried": tried, "rows": rows}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/store/exceptions.html", context, status=status)


def _publish(request: PageRequest, form: ExceptionsForm) -> bool:
    if not form.is_valid():
        return False
    try:
        version = set_store_rules(
            form.rules,
            based_on=form.cleaned_data["based_on"],
            actor=request.actor,
            now=request.now,
        )
    except (InvalidInput, Conflict) as error:
        show_refusal(form, error)
        return False
    if version is None:
        messages.success(request, _("Kept as a draft: somebody else publishes it."))
    else:
        messages.success(request, _("That holds from now on. What waits keeps its rules."))
    return True


def _try(request: PageRequest, form: ExceptionsForm) -> StoreRulesTried | None:
    if form.errors or not form.is_valid():
        return None
    try:
        return try_store_rules(form.rules, actor=request.actor, now=request.now)
    except InvalidInput as error:
        show_refusal(form, error)
        return None


def _initial(actor: Actor, in_force: StoreRulesInForce) -> dict[str, Any]:
    found: dict[str, Any] = {"based_on": in_force.number}
    for key in KEYS:
        rule = in_force.rules.get(key)
        found[f"on_{key}"] = rule is not None
        found[f"role_{key}"] = rule.role if rule else LIKELY.get(key, "owner")
        if rule and key not in WITHOUT_AMOUNT:
            found[f"amount_{key}"] = typed_amount(rule.amount_minor, actor.currency)
    return found

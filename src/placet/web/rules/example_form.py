"""An example from words: a purchase by what matters about it, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import Category
from placet.companies.models import Address, CostCenter, Member
from placet.core.actor import Actor
from placet.plans.rule_words import NOUNS
from placet.policy.fields import FIELDS, Field
from placet.rulebooks.models import Rulebook
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount, read_number

EXPECTED: Final = (
    ("approval", gettext_lazy("Approval is needed")),
    ("free", gettext_lazy("No approval is needed")),
    ("blocked", gettext_lazy("It cannot be ordered")),
    ("matches", gettext_lazy("This rule matches")),
    ("does_not_match", gettext_lazy("This rule does not match")),
)
OF_A_RULE: Final = ("matches", "does_not_match")
CHOSEN: Final[Mapping[str, str]] = {
    "category": "line.category",
    "cost_center": "allocation.cost_centre",
    "ship_to": "allocation.ship_to",
    "requester": "requester.member",
}
"""Fields of the form, and the field of the registry that each one gives."""
OFFERED_ELSEWHERE: Final = {"purchase.amount", *CHOSEN.values()}


class ExampleForm(forms.Form):
    """What is left empty is as ordinary as can be; another fact is any field of the registry."""

    name = forms.CharField(max_length=200, required=False, label=gettext_lazy("Name"))
    amount = forms.CharField(max_length=40, required=False, label=gettext_lazy("Order amount"))
    requester = forms.ChoiceField(required=False, label=gettext_lazy("Ordered by"))
    category = forms.ChoiceField(required=False, label=gettext_lazy("A line in the category"))
    cost_center = forms.ChoiceField(required=False, label=gettext_lazy("Cost centre"))
    ship_to = forms.ChoiceField(required=False, label=gettext_lazy("Ship-to"))
    fact = forms.ChoiceField(required=False, label=gettext_lazy("Another fact"))
    fact_value = forms.CharField(max_length=200, required=False, label=gettext_lazy("Its value"))
    rule = forms.ChoiceField(required=False, label=gettext_lazy("About"))
    expect = forms.ChoiceField(choices=EXPECTED, label=gettext_lazy("Then"))

    def __init__(
        self, posted: Any, *, rulebook: Rulebook, document: Mapping[str, Any], actor: Actor
    ) -> None:
        super().__init__(posted, prefix="example")
        self.currency = rulebook.company.currency
        is_own = rulebook.company_id == actor.company_id and not actor.is_merchant
        people = _people_and_places(rulebook.company_id) if is_own else {}
        self._offer("category", _categories(), _("Any"))
        for name in ("requester", "cost_center", "ship_to"):
            if name in people:
                self._offer(name, people[name], _("Anybody") if name == "requester" else _("Any"))
            else:
                del self.fields[name]
        self._offer("fact", _facts(), _("None"))
        rules = [(rule["id"], _rule_name(rule, actor.language)) for rule in document["rules"]]
        self._offer("rule", rules, _("The whole rulebook"))
        self.fields["expect"].widget.attrs["class"] = "select"
        for name in ("name", "amount", "fact_value"):
            self.fields[name].widget.attrs["class"] = "input"

    def clean(self) -> dict[str, Any]:
        """Each value by the kind of its field; each fault stands at its own control."""
        cleaned = super().clean() or {}
        about, expect = cleaned.get("rule", ""), cleaned.get("expect", "")
        if expect in OF_A_RULE and not about:
            self.add_error("rule", _("Choose the rule that matches, or does not."))
        if cleaned.get("fact") and not cleaned.get("fact_value"):
            self.add_error("fact_value", _("Say its value."))
        self.purchase = self._purchase(cleaned)
        if not self.errors and not self.purchase:
            self.add_error(None, _("Say something about the purchase, such as its amount."))
        return cleaned

    def example(self) -> dict[str, Any]:
        """The example as a document."""
        chosen = self.cleaned_data
        said = {key: chosen[key].strip() for key in ("rule", "name") if chosen[key].strip()}
        return {**said, "purchase": self.purchase, "expect": chosen["expect"]}

    def _purchase(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        purchase: dict[str, Any] = {}
        if cleaned.get("amount"):
            self._give(purchase, "amount", FIELDS["purchase.amount"], cleaned["amount"])
        for name, field in CHOSEN.items():
            if cleaned.get(name):
                purchase[field] = cleaned[name]
        if cleaned.get("fact") and cleaned.get("fact_value"):
            self._give(purchase, "fact_value", FIELDS[cleaned["fact"]], cleaned["fact_value"])
        return purchase

    def _give(self, purchase: dict[str, Any], name: str, field: Field, typed: str) -> None:
        try:
            purchase[field.key] = read_value(field, typed, self.currency)
        except TooManyDecimals as error:
            said = _("At most %(places)d decimals.") % {"places": error.places}
            self.add_error(name, said)
        except NotANumber:
            self.add_error(name, _("This is no number."))
        except UnknownWord as error:
            self.add_error(name, _("One of: %(words)s") % {"words": ", ".join(error.words)})

    def _offer(self, name: str, choices: list[tuple[str, str]], empty: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *choices]
        field.widget.attrs["class"] = "select"


class UnknownWord(ValueError):
    """The field knows these words only."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(", ".join(words))
        self.words = words


def read_value(field: Field, typed: str, currency: str) -> Any:
    """What was typed as a value of this field's kind; percents are typed, basis points kept."""
    text = typed.strip()
    if field.kind == "money":
        return {"amount_minor": read_amount(text, currency), "currency": currency}
    if field.kind == "flag":
        return _flag(text)
    if field.kind == "texts":
        return [part.strip() for part in text.split(",") if part.strip()]
    if field.kind in ("text", "path"):
        if field.choices and text not in field.choices:
            raise UnknownWord(field.choices)
        return text
    number = read_number(text) * (100 if field.kind == "basis_points" else 1)
    if field.kind == "quantity":
        return str(number)
    if number != number.to_integral_value() or abs(number) > 10**9:
        raise NotANumber(typed)
    return int(number)


def _flag(text: str) -> bool:
    words = {"true": True, "false": False, _("yes"): True, _("no"): False}
    if text.lower() not in words:
        raise UnknownWord((_("yes"), _("no")))
    return words[text.lower()]


def _facts() -> list[tuple[str, str]]:
    named = [(key, str(NOUNS.get(key, key))) for key in FIELDS if key not in OFFERED_ELSEWHERE]
    said = [(key, noun.replace("{about}", "…")) for key, noun in named]
    return sorted(said, key=lambda pair: pair[1].casefold())


def _categories() -> list[tuple[str, str]]:
    found = Category.objects.order_by("path").values_list("path", "name")
    indent = "\N{NO-BREAK SPACE}" * 3
    return [(path.strip("/"), indent * path.strip("/").count("/") + name) for path, name in found]


def _people_and_places(company_id: str) -> dict[str, list[tuple[str, str]]]:
    members = Member.objects.filter(company_id=company_id, status=Member.Status.ACTIVE)
    centers = CostCenter.objects.filter(company_id=company_id).order_by("code")
    places = Address.objects.filter(
        company_id=company_id, kind=Address.Kind.SHIP_TO, closed_at=None
    ).order_by("name")
    return {
        "requester": list(members.order_by("user__name").values_list("id", "user__name")),
        "cost_center": [(center.code, f"{center.code} {center.name}") for center in centers],
        "ship_to": list(places.values_list("id", "name")),
    }


def _rule_name(rule: Mapping[str, Any], language: str) -> str:
    name = rule.get("name") or rule["id"]
    if isinstance(name, str):
        return name
    return str(name.get(language) or next(iter(name.values())))

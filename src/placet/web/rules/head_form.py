"""The settings of a text: what holds without a rule, which amounts count, who else is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from placet.rulebooks.models import Rulebook
from placet.web.rules.shapes import (
    AS_USUAL,
    KEPT,
    list_choices,
    shape_of,
    value_of,
    words_of,
)
from placet.web.rules.words import BASES, LOOSENED, SETTINGS

OF_BUYERS: Final = ("limit_approvers", "budget_approvers")
OF_MERCHANTS: Final = ("credit_approvers",)


class HeadForm(forms.Form):
    """Reads and writes the head of a document; what the form does not show stays as it is."""

    default = forms.ChoiceField(widget=forms.RadioSelect)
    default_approvers = forms.ChoiceField(required=False)
    amount_basis = forms.ChoiceField(widget=forms.RadioSelect)
    may_approve = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, posted: Any, *, rulebook: Rulebook, document: Mapping[str, Any]) -> None:
        self.document, self.rulebook = document, rulebook
        self.offered = list_choices(rulebook)
        is_merchant = rulebook.side == Rulebook.Side.MERCHANT
        self.shapes = OF_MERCHANTS if is_merchant else OF_BUYERS
        super().__init__(posted, initial=self._initial())
        self._choose("default", _defaults(has_above=rulebook.unit_id is not None))
        self._choose("amount_basis", list(BASES.items()))
        self._choose("may_approve", list(LOOSENED.items()))
        self._offer("default_approvers", _("Who approves then"), self._required_default())
        for key in self.shapes:
            self.fields[key] = forms.ChoiceField(required=False)
            self._offer(key, str(SETTINGS[key]), document.get(key), _usual(key))
        if is_merchant:
            del self.fields["may_approve"]

    @property
    def shape_fields(self) -> list[Any]:
        """The fields of who is asked over limits, budgets and credit."""
        return [self[key] for key in self.shapes]

    def clean(self) -> dict[str, Any]:
        """A default that asks names whom it asks."""
        cleaned = super().clean() or {}
        if cleaned.get("default") == "require" and not cleaned.get("default_approvers"):
            self.add_error("default_approvers", _("Choose who approves then."))
        return cleaned

    def changed_document(self) -> dict[str, Any]:
        """The document with the settings that were chosen."""
        chosen = self.cleaned_data
        document = {**self.document, "default": self._chosen_default()}
        _set(document, "amount_basis", chosen["amount_basis"], "goods")
        if "may_approve" in chosen:
            wanted = [name for name in LOOSENED if name in chosen["may_approve"]]
            if set(wanted) != set(document.get("may_approve", [])):
                _set(document, "may_approve", wanted, [])
        for key in self.shapes:
            shape = shape_of(chosen[key], self.offered, self.document.get(key))
            _set(document, key, shape, None)
        return document

    def _initial(self) -> dict[str, Any]:
        default = self.document["default"]
        initial = {
            "default": default if isinstance(default, str) else "require",
            "default_approvers": value_of(self._required_default(), self.offered),
            "amount_basis": self.document.get("amount_basis", "goods"),
            "may_approve": self.document.get("may_approve", []),
        }
        shapes = {key: value_of(self.document.get(key), self.offered) for key in self.shapes}
        return {**initial, **shapes}

    def _required_default(self) -> Mapping[str, Any] | None:
        default = self.document["default"]
        return default if isinstance(default, Mapping) else None

    def _chosen_default(self) -> Any:
        if self.cleaned_data["default"] != "require":
            return self.cleaned_data["default"]
        before = self._required_default()
        value = self.cleaned_data["default_approvers"]
        shape = shape_of(value, self.offered, before)
        return shape if shape and "effect" in shape else {"effect": "require", **(shape or {})}

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.label = choices, str(SETTINGS[name])

    def _offer(
        self, name: str, label: str, current: Mapping[str, Any] | None, usual: str = ""
    ) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        choices = [(choice.value, choice.label) for choice in self.offered]
        if value_of(current, self.offered) == KEPT and current:
            said = words_of(current, self.rulebook, self.offered)
            choices.insert(0, (KEPT, _("As it is: %(shape)s") % {"shape": said}))
        field.choices = [(AS_USUAL, usual or _("Choose")), *choices]
        field.widget.attrs["class"] = "select"
        field.label = label


def _defaults(*, has_above: bool) -> list[tuple[str, str]]:
    choices = [
        ("free", _("An order needs no approval")),
        ("require", _("Somebody must approve")),
        ("block", _("It cannot be ordered")),
    ]
    above = ("inherit", _("The rules of the unit above decide"))
    return [above, *choices] if has_above else choices


def _usual(key: str) -> str:
    return {
        "limit_approvers": _("As usual: the head of the requester’s unit"),
        "budget_approvers": _("As usual: the budget’s owner"),
        "credit_approvers": _("As usual: the owners of the store"),
    }[key]


def _set(document: dict[str, Any], key: str, value: Any, usual: Any) -> None:
    """Write a setting down only where it says something: equal texts have equal hashes."""
    if value == usual and key not in document:
        return
    if value == usual:
        del document[key]
    else:
        document[key] = value

"""From which amount on who approves, as a form: some rows, and more when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Member
from placet.plans.set_approvers import ApproversInForce
from placet.policy.tier_rules import MOST_TIERS, Tier, TierRule
from placet.web.budgets.forms import AmountField, set_currency, typed_amount
from placet.web.typed_numbers import read_digits

FIRST_ROWS: Final = 3
SPARE_ROWS: Final = 1
MODES: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("cumulative", gettext_lazy("Everybody whose amount is reached, the lowest first")),
    ("final", gettext_lazy("Only whoever stands at the highest amount that is reached")),
)
OTHERS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("keep", gettext_lazy("The other rules stay")),
    ("replace", gettext_lazy("Only these approvers; the other rules go")),
)


KEEPERS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("both", gettext_lazy("Together with them: both write and publish")),
    ("merchant", gettext_lazy("Alone: they read the rules and change nothing")),
)


class AskForm(forms.Form):
    """Why the merchant wants to keep a customer's rules; their people read it."""

    keeper = forms.ChoiceField(
        choices=KEEPERS,
        label=gettext_lazy("Who keeps the rules then"),
    )
    reason = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Their company admins read it and answer."),
    )


class TierFields(NamedTuple):
    """One row as the template draws it."""

    number: int
    amount: BoundField
    first: BoundField
    second: BoundField


class ApproversForm(forms.Form):
    """Rows of an amount and one or two people; a row without an amount and people is none."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_TIERS)
    mode = forms.ChoiceField(choices=MODES, label=gettext_lazy("Who is asked"))
    others = forms.ChoiceField(choices=OTHERS, label=gettext_lazy("What else holds"))
    note = forms.CharField(
        max_length=400,
        required=False,
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Their people read it beside the version, such as “As agreed”."),
    )

    def __init__(
        self,
        posted: Mapping[str, Any] | None = None,
        *,
        currency: str,
        people: Sequence[Member],
        in_force: ApproversInForce,
    ) -> None:
        super().__init__(posted, initial=_initial(in_force, currency))
        self.currency = currency
        self.count = self._row_count(posted)
        if not in_force.other_count:
            del self.fields["others"]
        choices = [("", "–"), *((member.pk, _called(member)) for member in people)]
        for index in range(self.count):
            self._add_row(index, choices)

    def _row_count(self, posted: Mapping[str, Any] | None) -> int:
        """As many as were sent, one more where more were asked for; never beyond the most."""
        if posted is None:
            return int(self.initial["rows"])
        count = read_digits(str(posted.get("rows", "")), 1, most=3)
        wanted = count + (1 if posted.get("do") == "more" else 0)
        return max(1, min(wanted, MOST_TIERS))

    def _add_row(self, index: int, choices: list[tuple[str, str]]) -> None:
        name = f"from_{index}"
        self.fields[name] = AmountField(
            required=False,
            label=_("From"),
        )
        set_currency(self, name, self.currency)
        for key, label in (("first", _("Approver")), ("second", _("Or"))):
            self.fields[f"{key}_{index}"] = forms.ChoiceField(
                choices=choices, required=False, label=label
            )

    @property
    def tiers(self) -> list[TierFields]:
        """The rows as fields."""
        return [
            TierFields(
                index + 1, self[f"from_{index}"], self[f"first_{index}"], self[f"second_{index}"]
            )
            for index in range(self.count)
        ]

    @property
    def may_grow(self) -> bool:
        """Whether one more row is possible."""
        return self.count < MOST_TIERS

    def clean(self) -> dict[str, Any]:
        """Each row is whole, and each amount above the one before."""
        found = super().clean() or {}
        before, is_any = -1, False
        for index in range(self.count):
            amount = found.get(f"from_{index}")
            people = self._people(found, index)
            if amount is None and not people:
                continue
            is_any = True
            if amount is None:
                self._complain(f"from_{index}", _("From which amount?"))
            elif not people:
                self._complain(f"first_{index}", _("Who approves from there on?"))
            elif amount <= before:
                self._complain(f"from_{index}", _("Each amount is above the one before."))
            before = amount if amount is not None else before
        if not is_any and not self.errors:
            self.add_error(None, _("Name an amount and who approves from there on."))
        return found

    def _complain(self, name: str, said: str) -> None:
        if name not in self.errors:
            self.add_error(name, said)

    def _people(self, found: Mapping[str, Any], index: int) -> tuple[str, ...]:
        chosen = (found.get(f"first_{index}"), found.get(f"second_{index}"))
        return tuple(dict.fromkeys(member for member in chosen if member))

    @property
    def rule(self) -> TierRule:
        """What was typed, once it is clean."""
        said = self.cleaned_data
        tiers = tuple(
            Tier(said[f"from_{index}"], self._people(said, index))
            for index in range(self.count)
            if said.get(f"from_{index}") is not None
        )
        return TierRule(said["mode"], self.currency, tiers)

    @property
    def keeps_others(self) -> bool:
        """Whether what else the rulebook says stays."""
        return bool(self.cleaned_data.get("others", "keep") == "keep")


def _called(member: Member) -> str:
    """Name and title: what a supplier knows of a contact."""
    return f"{member.user.name}, {member.title}" if member.title else member.user.name


def _initial(in_force: ApproversInForce, currency: str) -> dict[str, Any]:
    rule = in_force.rule
    found: dict[str, Any] = {
        "based_on": in_force.number,
        "mode": rule.mode if rule else "cumulative",
        "others": "keep",
        "rows": FIRST_ROWS,
    }
    if rule is None or rule.currency != currency:
        return found
    found["rows"] = max(FIRST_ROWS, min(len(rule.tiers) + SPARE_ROWS, MOST_TIERS))
    for index, tier in enumerate(rule.tiers):
        found[f"from_{index}"] = typed_amount(tier.from_minor, currency)
        for key, member in zip(("first", "second"), tier.members, strict=False):
            found[f"{key}_{index}"] = member
    return found

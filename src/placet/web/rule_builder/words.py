"""The builder's own words: operators, groups, effects and kinds of choices, as in its lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.policy import words_en, words_pl
from placet.policy.fields import Field

Words = Mapping[str, str | Promise]

OPERATORS: Final[Words] = {
    ">": _("over"),
    ">=": _("from, or more"),
    "<": _("below"),
    "<=": _("up to, or less"),
    "=": _("is"),
    "between": _("between"),
    "in": _("is one of"),
    "within": _("is in, or below"),
    "matches": _("has the form"),
    "is empty": _("is missing"),
}
OF_SEVERAL: Final[Words] = {"in": _("has one of")}
"""Where one thing has several values, such as tags and roles."""

OF_FLAGS: Final[Words] = {"=": _("is it so?")}

GROUPS: Final[Words] = {
    "all": _("All of these"),
    "any": _("At least one of these"),
    "not": _("It is not so that"),
    "any_line": _("Any line where"),
    "all_lines": _("Every line, each where"),
    "no_line": _("No line where"),
    "any_allocation": _("Any allocation where"),
    "all_allocations": _("Every allocation, each where"),
    "no_allocation": _("No allocation where"),
    "line_total": _("The lines chosen below add up to"),
    "line_quantity": _("The quantity of the lines chosen below"),
    "allocation_total": _("The allocations chosen below add up to"),
}

JOINTS: Final[Words] = {"all": _("all of these hold"), "any": _("one of these holds")}

SCOPES: Final[Words] = {
    "purchase": _("The order"),
    "line": _("A line"),
    "allocation": _("An allocation: ship-to, cost centre"),
}

EFFECTS: Final[Words] = {
    "require": _("Somebody must approve"),
    "block": _("It cannot be ordered"),
    "warn": _("The buyer is warned"),
    "notify": _("Somebody is told"),
    "auto_approve": _("It needs no approval"),
}

EFFECT_HINTS: Final[Words] = {
    "require": _("All rules that match are added up; nobody is asked twice."),
    "block": _("A block always wins, whatever other rules say."),
    "warn": _("The order goes on once the buyer says that they have read it."),
    "notify": _("There is nothing to decide. The order goes on."),
    "auto_approve": _("Sets aside who else would be asked, never a block, a limit or a budget."),
}

SHAPES: Final[Words] = {
    "steps": _("These, step by step"),
    "tiers": _("Depending on the amount"),
    "management_chain": _("Up the managers, until somebody’s authority covers it"),
}

MODES: Final[Words] = {
    "final": _("Only those of the last amount that is reached"),
    "cumulative": _("Everybody whose amount is reached, lowest first"),
}

QUORUMS: Final[Words] = {
    "any": _("any one of them"),
    "all": _("all of them"),
    "count": _("this many of them"),
}

SELECTORS: Final[Words] = {
    "head": _("the head of the unit"),
    "manager": _("the requester’s manager"),
    "role": _("whoever has a role"),
    "members": _("people by name"),
    "permission": _("whoever holds a permission for the unit"),
    "budget_owner": _("the budget’s owner"),
    "cost_centre_owner": _("the owner of the cost centre"),
    "category_owner": _("the owner of the category"),
    "admins": _("the company’s admins"),
    "merchant_role": _("our staff with a role"),
}

WHERES: Final[Words] = {
    "unit": _("of the requester’s unit"),
    "nearest": _("of the unit, or the nearest above that has one"),
    "company": _("of the whole company"),
}

WEEKDAYS: Final[Words] = {
    "1": _("Monday"),
    "2": _("Tuesday"),
    "3": _("Wednesday"),
    "4": _("Thursday"),
    "5": _("Friday"),
    "6": _("Saturday"),
    "7": _("Sunday"),
}

LANGUAGES: Final[Words] = {"en": _("English"), "pl": _("Polish")}


def label_of_operator(operator: str, kind: str) -> str:
    """How a comparison is called in the list of a kind of value."""
    special = {"texts": OF_SEVERAL, "flag": OF_FLAGS}.get(kind, {})
    return str(special.get(operator, OPERATORS[operator]))


_REGISTRY: Final = {"en": words_en.FIELDS, "pl": words_pl.FIELDS}
_UNITS: Final[Words] = {"money": _("amount"), "basis_points": _("percent")}


def label_of_field(field: Field, language: str) -> str:
    """A field in a list: its words of the registry, with its unit where that is not plain."""
    label = _REGISTRY.get(language, words_en.FIELDS)[field.key]
    label = label.format(about="…", days=_("… days"))
    unit = str(_UNITS.get(field.kind, ""))
    suffix = f" ({unit})" if unit and unit not in label else ""
    return f"{label[:1].upper()}{label[1:]}{suffix}"

"""The sentences of the checks, and what somebody can do about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.formats import money_text
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.sketches import Given, Sketch
from placet.policy.money import Money

_t = gettext_lazy

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "unknown_member": _t("%(name)s is not an active member of this company any more."),
    "unknown_role": _t("There is no role “%(role)s” in this company."),
    "nobody": _t("Nobody can take this step when %(requester)s orders: the order would be stuck."),
    "fallback": _t("Nobody of this step can take it when %(requester)s orders: %(people)s would."),
    "only_requester": _t(
        "Only %(requester)s could take this step of their own order: %(people)s would be asked."
    ),
    "only_requester.block": _t(
        "Only %(requester)s could take this step of their own order: it would be stuck."
    ),
    "quorum_too_large": _t("%(needed)s people must approve, and only %(has)s can be asked."),
    "no_rate": _t("There is no rate from %(currency)s to %(company_currency)s."),
    "authority_gap": _t("Nobody’s authority covers orders of %(from)s to %(to)s by %(requester)s."),
    "authority_gap.open": _t("Nobody’s authority covers orders from %(from)s on by %(requester)s."),
    "never_matches": _t("“%(rule)s” can never match: its conditions contradict each other."),
    "covered": _t("“%(rule)s” adds nothing: whenever it matches, “%(other)s” says the same."),
    "never_counts": _t("“%(rule)s” never counts: “%(other)s” blocks every order it matches."),
    "example_failed": _t("The example “%(example)s” expects %(expected)s, but it is %(actual)s."),
    "not_all_checked": _t("This rulebook is too large to check every pair of rules and people."),
}

WAYS_OUT: Final[Mapping[str, str | Promise]] = {
    "unknown_member": _t("Name somebody else, or a role."),
    "unknown_role": _t("Choose one of the company’s roles, or add this one."),
    "nobody": _t("Name somebody else, give somebody the role, or appoint a head for the unit."),
    "fallback": _t("Give somebody the role, or say who is asked otherwise."),
    "only_requester": _t("Name a second person, or say who is asked otherwise."),
    "quorum_too_large": _t("Ask fewer, or add people to the step."),
    "no_rate": _t("Write the amount in the company’s currency."),
    "authority_gap": _t("Raise somebody’s authority, or end the rule with a named step."),
    "never_matches": _t("Change one of the conditions, or remove the rule."),
    "covered": _t("Remove the rule, or let it ask somebody else."),
    "never_counts": _t("Remove the rule, or narrow the one that blocks."),
    "example_failed": _t("Change the rule, or the example when it is out of date."),
    "not_all_checked": _t("Split the rulebook by units."),
}

OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "matches": _t("that the rule matches"),
    "does_not_match": _t("that the rule does not match"),
    "free": _t("that no approval is needed"),
    "approval": _t("that approval is needed"),
    "blocked": _t("that it cannot be ordered"),
    "no_rate": _t("that a currency has no rate"),
    "missing_fact": _t("that something is not known"),
    "does_not_add_up": _t("that its amounts do not add up"),
    "mixed_currencies": _t("that its amounts are in several currencies"),
}


def sentence_of(finding: CheckFinding, rule_names: Mapping[str, str], language: str) -> str:
    """What was found, in the active language."""
    values = {name: str(value) for name, value in finding.values}
    key: str = finding.code
    if finding.code == "only_requester" and not values.get("people"):
        key = "only_requester.block"
    if finding.code == "authority_gap" and not values.get("to_minor"):
        key = "authority_gap.open"
    currency = values.get("currency", "")
    for side in ("from", "to"):
        amount = finding.value(f"{side}_minor")
        values[side] = money_text(amount, currency, language) if isinstance(amount, int) else ""
    said = {
        "rule": rule_names.get(finding.rule, finding.rule),
        "other": rule_names.get(values.get("other", ""), values.get("other", "")),
        "requester": values.get("requester") or _("somebody"),
        "name": values.get("name") or values.get("member", ""),
        "example": rule_names.get(values.get("example", ""), values.get("example", "")),
        "expected": str(OUTCOMES.get(values.get("expected", ""), "")),
        "actual": str(OUTCOMES.get(values.get("actual", ""), values.get("actual", ""))),
    }
    return str(SENTENCES[key]) % {**values, **said}


def way_out_of(finding: CheckFinding) -> str:
    """What helps."""
    return str(WAYS_OUT[finding.code])


def shown_purchase(sketch: Sketch | None, language: str) -> str:
    """A purchase in a few words: its values, in the order in which the rule needs them."""
    if sketch is None:
        return ""
    cells = [*sketch.purchase.items(), *(item for line in sketch.lines for item in line.items())]
    said = [_value(value, language) for (field, _of), value in cells if field not in _NOT_SAID]
    return " · ".join(text for text in dict.fromkeys(said) if text)


_NOT_SAID: Final = ("requester.member", "beneficiary.member", "allocation.ship_to")


def _value(value: Given, language: str) -> str:
    if isinstance(value, Money):
        return money_text(value.amount_minor, value.currency, language)
    if isinstance(value, bool):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

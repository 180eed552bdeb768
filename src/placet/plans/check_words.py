"""The sentences of the checks, and what somebody can do about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.core.formats import money_text
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.sketches import Given, Sketch
from placet.policy.money import Money

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "unknown_member": _("%(name)s is not an active member of this company any more."),
    "unknown_role": _("There is no role “%(role)s” in this company."),
    "nobody": _("Nobody can take this step when %(requester)s orders: the order would be stuck."),
    "fallback": _("Nobody of this step can take it when %(requester)s orders: %(people)s would."),
    "only_requester": _(
        "Only %(requester)s could take this step of their own order: %(people)s would be asked."
    ),
    "only_requester.block": _(
        "Only %(requester)s could take this step of their own order: it would be stuck."
    ),
    "quorum_too_large": _("%(needed)s people must approve, and only %(has)s can be asked."),
    "no_rate": _("There is no rate from %(currency)s to %(company_currency)s."),
    "authority_gap": _("Nobody’s authority covers orders of %(from)s to %(to)s by %(requester)s."),
    "authority_gap.open": _("Nobody’s authority covers orders from %(from)s on by %(requester)s."),
    "never_matches": _("“%(rule)s” can never match: its conditions contradict each other."),
    "covered": _("“%(rule)s” adds nothing: whenever it matches, “%(other)s” says the same."),
    "never_counts": _("“%(rule)s” never counts: “%(other)s” blocks every order it matches."),
    "example_failed": _("The example “%(example)s” expects %(expected)s, but it is %(actual)s."),
    "not_all_checked": _("This rulebook is too large to check every pair of rules and people."),
}

WAYS_OUT: Final[Mapping[str, str | Promise]] = {
    "unknown_member": _("Name somebody else, or a role."),
    "unknown_role": _("Choose one of the company’s roles, or add this one."),
    "nobody": _("Name somebody else, give somebody the role, or appoint a head for the unit."),
    "fallback": _("Give somebody the role, or say who is asked otherwise."),
    "only_requester": _("Name a second person, or say who is asked otherwise."),
    "quorum_too_large": _("Ask fewer, or add people to the step."),
    "no_rate": _("Write the amount in the company’s currency."),
    "authority_gap": _("Raise somebody’s authority, or end the rule with a named step."),
    "never_matches": _("Change one of the conditions, or remove the rule."),
    "covered": _("Remove the rule, or let it ask somebody else."),
    "never_counts": _("Remove the rule, or narrow the one that blocks."),
    "example_failed": _("Change the rule, or the example when it is out of date."),
    "not_all_checked": _("Split the rulebook by units."),
}

OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "matches": _("that the rule matches"),
    "does_not_match": _("that the rule does not match"),
    "free": _("that no approval is needed"),
    "approval": _("that approval is needed"),
    "blocked": _("that it cannot be ordered"),
    "no_rate": _("that a currency has no rate"),
    "missing_fact": _("that something is not known"),
    "does_not_add_up": _("that its amounts do not add up"),
    "mixed_currencies": _("that its amounts are in several currencies"),
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
        "requester": values.get("requester") or gettext("somebody"),
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

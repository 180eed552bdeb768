"""What was found in a purchase, in words: amounts, names of ids, yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from placet.core.formats import money_text
from placet.plans.names import load_names
from placet.plans.rule_conditions import Names
from placet.plans.rule_words import SOURCES
from placet.policy.facts import Facts
from placet.policy.fields import FIELDS
from placet.policy.plan import Finding, Value

MOST_NAMED = 6


def name_values(
    names: Names, findings: Sequence[Finding], facts: Facts, *, company_id: str
) -> Names:
    """The names with those of what was found too; one query a kind, however many rules."""
    found = load_names(company_id, (), (), findings)
    units = {unit.path: unit.name for unit in facts.organisation.units}
    requester = facts.requester.person
    return Names(
        {requester.member: requester.name, **units, **found, **names.words}, names.language
    )


def value_text(finding: Finding, names: Names) -> str:
    """The actual value of a comparison: ``1,190.00 EUR``, ``Intensive care``, ``3``, ``none``."""
    actual = finding.actual
    if actual == ():
        return ""  # of several texts only those that were asked for are known here
    if actual is None or actual == "":
        return _("none")
    if isinstance(actual, bool):
        return _("yes") if actual else _("no")
    if isinstance(actual, tuple):
        said = [_single(value, finding, names) for value in actual[:MOST_NAMED]]
        return ", ".join(said) + (" …" if len(actual) > MOST_NAMED else "")
    return _single(actual, finding, names)


def _single(value: Value, finding: Finding, names: Names) -> str:
    if isinstance(value, int | Decimal) and finding.currency:
        return money_text(int(value), finding.currency, names.language)
    if isinstance(value, str):
        if finding.field == "purchase.source":
            return str(SOURCES.get(value, value))
        return value if finding.field in _VERBATIM else names.of(value)
    field = FIELDS.get(finding.field)
    if field is not None and field.kind == "basis_points" and isinstance(value, int | Decimal):
        return f"{Decimal(value).scaleb(-2).normalize():f}\N{NO-BREAK SPACE}%"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_VERBATIM = {
    *("purchase.reference", "purchase.terms", "purchase.currency", "purchase.justification"),
    *("line.sku", "line.name", "line.brand", "line.supplier", "allocation.cost_centre"),
}

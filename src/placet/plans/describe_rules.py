"""A rulebook in sentences: each rule one, "When … then …", from the stored document.

The sentence is made from what the engine reads, never from a text beside it, so it cannot say
anything else than what will happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Unit
from placet.companies.permissions import PERMISSIONS
from placet.plans.names import load_names
from placet.plans.rule_conditions import Names, Piece, clause, cut, mentioned
from placet.plans.rule_effects import consequence, details_of, roles_asked, selectors_of
from placet.policy.conditions import AllOf, Condition
from placet.policy.effects import EFFECT_NAMES, Require, Tiers
from placet.policy.plan import Finding, Label
from placet.policy.rulebook import Rule, Rulebook
from placet.policy.selectors import Members


class RuleDescription(NamedTuple):
    """One rule for people. ``asked_roles`` are the keys of the roles whose holders are asked."""

    id: str
    name: str
    effect: str
    pieces: tuple[Piece, ...]
    details: tuple[str, ...]
    message: str
    asked_roles: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The sentence without its marks."""
        return "".join(piece.text for piece in self.pieces)


class RulebookDescription(NamedTuple):
    """The rules in their order, and what holds where none of them speaks."""

    rules: tuple[RuleDescription, ...]
    otherwise: tuple[Piece, ...]


def describe_rulebook(rulebook: Rulebook, *, company_id: str, language: str) -> RulebookDescription:
    """Every rule in the active language; names of ids cost one query a kind, however many rules."""
    return describe_rulebooks((rulebook,), company_id=company_id, language=language)[0]


def describe_rulebooks(
    rulebooks: Sequence[Rulebook], *, company_id: str, language: str
) -> list[RulebookDescription]:
    """Several of one company at once: as many queries as for one."""
    names = Names(_load_words(rulebooks, company_id), language)
    return [
        RulebookDescription(
            tuple(_describe_rule(rule, names) for rule in rulebook.rules),
            cut(_default_sentence(rulebook, names)),
        )
        for rulebook in rulebooks
    ]


def names_of(rulebook: Rulebook, *, company_id: str, language: str) -> Names:
    """Words for every id that the rulebook mentions; one query a kind."""
    return Names(_load_words((rulebook,), company_id), language)


def _describe_rule(rule: Rule, names: Names) -> RuleDescription:
    return RuleDescription(
        id=rule.id,
        name=_text(rule.name, names.language),
        effect=EFFECT_NAMES[type(rule.then)],
        pieces=cut(_sentence(rule, names)),
        details=details_of(rule.then),
        message=_text(rule.message, names.language),
        asked_roles=roles_asked(rule.then),
    )


def _sentence(rule: Rule, names: Names) -> str:
    when = _stated(rule)
    then = consequence(rule.then, names)
    if isinstance(when, AllOf) and not when.parts:
        return _("For every order, %(then)s.") % {"then": then}
    return _("When %(when)s, then %(then)s.") % {"when": clause(when, names), "then": then}


def _stated(rule: Rule) -> Condition:
    """The condition as written: reading a rule adds "reaches the first tier" as its last part."""
    if not (isinstance(rule.then, Require) and isinstance(rule.then.shape, Tiers)):
        return rule.when
    if not isinstance(rule.when, AllOf):
        return rule.when
    parts = rule.when.parts[:-1]
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _default_sentence(rulebook: Rulebook, names: Names) -> str:
    default = rulebook.default
    if isinstance(default, Require):
        then = consequence(default, names)
        return _("When no rule says otherwise, then %(then)s.") % {"then": then}
    return {
        "free": _("When no rule says otherwise, an order needs no approval."),
        "block": _("When no rule says otherwise, it cannot be ordered."),
        "inherit": _("When no rule says otherwise, the rules of the unit above decide."),
    }[default]


def _text(text: Sequence[tuple[str, str]], language: str) -> str:
    """A rule's own text in this language, else in the first that it has."""
    texts = dict(text)
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")


def _load_words(rulebooks: Sequence[Rulebook], company_id: str) -> Mapping[str, str]:
    rules = [rule for rulebook in rulebooks for rule in rulebook.rules]
    compared = [pair for rule in rules for pair in mentioned(rule.when)]
    texts = sorted({value for field, value in compared if field not in _NOT_NAMED})
    members = [
        member
        for rulebook in rulebooks
        for selector in _all_selectors(rulebook)
        if isinstance(selector, Members)
        for member in selector.members
    ]
    roles = {role for rule in rules for role in roles_asked(rule.then)}
    roles |= {value for field, value in compared if field == "requester.roles"}
    for rulebook in rulebooks:
        if isinstance(rulebook.default, Require):
            roles |= set(roles_asked(rulebook.default))
    findings = [Finding("", "in", (*texts, *members), None)]
    labels = [Label("role", (("role", role),)) for role in sorted(roles)]
    words = load_names(company_id, (), labels, findings)
    words |= _units(company_id, [v for field, v in compared if field == "requester.unit"])
    return {key: str(name) for key, name in PERMISSIONS.items()} | words


_NOT_NAMED = {"line.name", "line.sku", "line.brand", "line.supplier", "line.tags"} | {
    *("purchase.source", "purchase.reference", "purchase.terms", "purchase.currency"),
    *("requester.roles", "requester.permissions", "requester.unit", "allocation.cost_centre"),
}


def _units(company_id: str, paths: Sequence[str]) -> dict[str, str]:
    """Names of units by their path and by their last id."""
    last = {path: path.strip("/").rpartition("/")[2] for path in paths}
    if not last:
        return {}
    found = Unit.objects.filter(company_id=company_id, pk__in=set(last.values()))
    named = dict(found.values_list("id", "name"))
    return {path: named[unit] for path, unit in last.items() if unit in named}


def _all_selectors(rulebook: Rulebook) -> Iterator[object]:
    for rule in rulebook.rules:
        yield from selectors_of(rule.then)
    if isinstance(rulebook.default, Require):
        yield from selectors_of(rulebook.default)

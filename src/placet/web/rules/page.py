"""Rulebooks as their page tells them: sentences, who is asked today, and the versions."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Member, RoleGrant
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.plans.describe_rules import RulebookDescription, RuleDescription, describe_rulebook
from placet.policy.rulebook import InvalidRulebook, compile_rulebook
from placet.rulebooks.models import Rulebook, RulebookVersion

MOST_VERSIONS = 12
MOST_NAMES = 3

BADGES: Mapping[str, tuple[str, str]] = {
    "block": ("blocked", "ban"),
    "auto_approve": ("approved", "check"),
    "require": ("accent", "users"),
    "warn": ("warn", "triangle-alert"),
    "notify": ("info", "bell"),
}


class RuleRow(NamedTuple):
    """A rule with its badge and the people whom it asks today."""

    number: int
    rule: RuleDescription
    state: str
    icon: str
    label: str
    people: str


class ShownRulebook(NamedTuple):
    """A rulebook with one version of it; ``rules`` is empty where it cannot be read."""

    rulebook: Rulebook
    version: RulebookVersion | None
    is_in_force: bool
    is_readable: bool
    rules: list[RuleRow]
    description: RulebookDescription | None
    versions: list[RulebookVersion]


def read_rulebooks(actor: Actor, rulebooks: Sequence[Rulebook]) -> list[ShownRulebook]:
    """Each rulebook with what is in force; versions and people in one query each."""
    versions = _list_versions(rulebooks)
    shown = [
        (rulebook, rulebook.published, _describe(actor, rulebook, rulebook.published))
        for rulebook in rulebooks
    ]
    people = _list_people(actor.company_id, [described for _book, _version, described in shown])
    return [
        _shown(rulebook, version, described, versions.get(rulebook.pk, []), people)
        for rulebook, version, described in shown
    ]


def read_version(actor: Actor, rulebook: Rulebook, number: int) -> ShownRulebook:
    """One version of a rulebook; raises ``NotFound`` where it never had it."""
    version = RulebookVersion.objects.filter(rulebook=rulebook, number=number).first()
    if version is None:
        raise NotFound(_("This rulebook has no such version."))
    described = _describe(actor, rulebook, version)
    people = _list_people(rulebook.company_id, [described])
    versions = _list_versions([rulebook]).get(rulebook.pk, [])
    return _shown(rulebook, version, described, versions, people)


def _describe(
    actor: Actor, rulebook: Rulebook, version: RulebookVersion | None
) -> RulebookDescription | None:
    """Nothing for a rulebook without a version, and for one that the engine cannot read."""
    if version is None:
        return None
    try:
        compiled = compile_rulebook(json.loads(version.document))
    except (InvalidRulebook, ValueError):
        return None
    return describe_rulebook(
        compiled.content, company_id=rulebook.company_id, language=actor.language
    )


def _shown(
    rulebook: Rulebook,
    version: RulebookVersion | None,
    described: RulebookDescription | None,
    versions: list[RulebookVersion],
    people: Mapping[str, list[str]],
) -> ShownRulebook:
    rules = described.rules if described else ()
    in_list = {entry.pk: entry for entry in versions}
    return ShownRulebook(
        rulebook=rulebook,
        version=in_list.get(version.pk, version) if version else None,
        is_in_force=version is not None and version.pk == rulebook.published_id,
        is_readable=version is None or described is not None,
        rules=[_row(number, rule, people) for number, rule in enumerate(rules, start=1)],
        description=described,
        versions=versions,
    )


def _row(number: int, rule: RuleDescription, people: Mapping[str, list[str]]) -> RuleRow:
    state, icon = BADGES[rule.effect]
    names = list(dict.fromkeys(name for role in rule.asked_roles for name in people.get(role, [])))
    said = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        said = _("%(names)s and %(count)d more") % {"names": said, "count": len(names) - MOST_NAMES}
    return RuleRow(number, rule, state, icon, _effect_word(rule.effect), said)


def _effect_word(effect: str) -> str:
    return {
        "block": _("Block"),
        "auto_approve": _("Allow"),
        "require": _("Require"),
        "warn": _("Warn"),
        "notify": _("Notify"),
    }[effect]


def _list_people(
    company_id: str, described: Collection[RulebookDescription | None]
) -> Mapping[str, list[str]]:
    """Names of those who hold the roles that the rules ask, by the key of the role."""
    roles = {role for book in described if book for rule in book.rules for role in rule.asked_roles}
    people: dict[str, list[str]] = {}
    if roles:
        held = RoleGrant.objects.filter(
            role__key__in=roles,
            role__company_id=company_id,
            member__status=Member.Status.ACTIVE,
            member__user__is_active=True,
        ).order_by("member__user__name")
        for key, name in held.values_list("role__key", "member__user__name").distinct():
            people.setdefault(key, []).append(name)
    return people


def _list_versions(rulebooks: Sequence[Rulebook]) -> dict[str, list[RulebookVersion]]:
    """The latest versions of each, newest first, without their texts."""
    found: dict[str, list[RulebookVersion]] = {}
    versions = (
        RulebookVersion.objects.filter(rulebook__in=[book.pk for book in rulebooks])
        .select_related("published_by__user")
        .defer("document")
        .order_by("-number")
    )
    for version in versions:
        found.setdefault(version.rulebook_id, []).append(version)
    return {key: listed[:MOST_VERSIONS] for key, listed in found.items()}

"""Rulebooks as their page tells them: sentences, people, hits, and the state of the draft."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from placet.companies.models import Member, RoleGrant
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.plans.describe_rules import (
    RulebookDescription,
    RuleDescription,
    describe_rulebooks,
)
from placet.plans.hits import list_hits_of
from placet.policy.rulebook import (
    CompiledRulebook,
    InvalidRulebook,
    compile_rulebook,
)
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion
from placet.rulebooks.permissions import (
    can_change_inheritance,
    can_change_rulebook,
    can_manage_rulebook,
)
from placet.web.rules.changes import count_changes
from placet.web.rules.sparklines import Sparkline, draw_sparkline
from placet.web.rules.words import BADGES, EFFECTS, basis_words

MOST_VERSIONS = 12
MOST_NAMES = 3


class RuleRow(NamedTuple):
    """A rule with its badge, the people whom it asks today, and how often it matched."""

    number: int
    rule: RuleDescription
    state: str
    icon: str
    label: str
    people: str
    hits: Sparkline | None


class DraftState(NamedTuple):
    """That somebody is writing: who, and how much differs from what is published."""

    draft: RulebookDraft
    change_count: int


class ShownRulebook(NamedTuple):
    """A rulebook with one version of it; ``rules`` is empty where it cannot be read.

    ``refusal`` says why the reader does not write it, and is empty where they may.
    """

    rulebook: Rulebook
    version: RulebookVersion | None
    is_in_force: bool
    is_readable: bool
    rules: list[RuleRow]
    description: RulebookDescription | None
    versions: list[RulebookVersion]
    draft: DraftState | None
    basis: str
    refusal: str


class _Around(NamedTuple):
    """What several rulebooks are shown with, read in one query each."""

    people: Mapping[str, list[str]]
    hits: Mapping[str, Mapping[str, Sparkline]]
    versions: Mapping[str, list[RulebookVersion]]
    drafts: Mapping[str, RulebookDraft]


def read_rulebooks(
    actor: Actor, rulebooks: Sequence[Rulebook], *, now: datetime
) -> list[ShownRulebook]:
    """Each rulebook of one company with what is in force; as many queries as for one."""
    return _show(actor, [(book, book.published) for book in rulebooks], now=now)


def read_version(actor: Actor, rulebook: Rulebook, number: int, *, now: datetime) -> ShownRulebook:
    """One version of a rulebook; raises ``NotFound`` where it never had it."""
    version = RulebookVersion.objects.filter(rulebook=rulebook, number=number).first()
    if version is None:
        raise NotFound(_("This rulebook has no such version."))
    return _show(actor, [(rulebook, version)], now=now)[0]


def rule_rows(
    rules: Sequence[RuleDescription],
    people: Mapping[str, list[str]],
    hits: Mapping[str, Sparkline] | None = None,
) -> list[RuleRow]:
    """Rules as rows, numbered in their order; without ``hits`` no row has any."""
    never = draw_sparkline(None)
    return [
        RuleRow(
            number,
            rule,
            *BADGES[rule.effect],
            str(EFFECTS[rule.effect]),
            _names(rule, people),
            None if hits is None else hits.get(rule.id, never),
        )
        for number, rule in enumerate(rules, start=1)
    ]


def list_people(
    company_id: str, described: Collection[RulebookDescription]
) -> dict[str, list[str]]:
    """Names of those who hold the roles that the rules ask, by the key of the role.

    Rules of the merchant's side ask the merchant's roles, whichever company they are read for.
    """
    roles = {role for book in described for rule in book.rules for role in rule.asked_roles}
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


def list_sparklines(
    actor: Actor, rulebook_ids: Sequence[str], *, now: datetime
) -> dict[str, dict[str, Sparkline]]:
    """The hits of the last 90 days by rulebook and rule, in one query."""
    today = now.astimezone(ZoneInfo(actor.time_zone)).date()
    found = list_hits_of(rulebook_ids, time_zone=actor.time_zone, now=now)
    return {
        rulebook: {rule: draw_sparkline(hits, today) for rule, hits in by_rule.items()}
        for rulebook, by_rule in found.items()
    }


def list_versions(rulebook_ids: Sequence[str]) -> dict[str, list[RulebookVersion]]:
    """All versions of each, newest first, without their texts."""
    found: dict[str, list[RulebookVersion]] = {}
    versions = (
        RulebookVersion.objects.filter(rulebook__in=rulebook_ids)
        .select_related("published_by__user", "published_by__company", "origin__edited_by__user")
        .defer("document")
        .order_by("-number")
    )
    for version in versions:
        found.setdefault(version.rulebook_id, []).append(version)
    return found


def _show(
    actor: Actor,
    chosen: Sequence[tuple[Rulebook, RulebookVersion | None]],
    *,
    now: datetime,
) -> list[ShownRulebook]:
    if not chosen:
        return []
    ids = [rulebook.pk for rulebook, _version in chosen]
    company_id = chosen[0][0].company_id
    compiled = {
        version.pk: book for _rulebook, version in chosen if version and (book := _compile(version))
    }
    described = dict(
        zip(
            compiled,
            describe_rulebooks(
                [book.content for book in compiled.values()],
                company_id=company_id,
                language=actor.language,
            ),
            strict=True,
        )
    )
    drafts = RulebookDraft.objects.filter(rulebook__in=ids).select_related("edited_by__user")
    around = _Around(
        list_people(company_id, described.values()),
        list_sparklines(actor, ids, now=now),
        list_versions(ids),
        {draft.rulebook_id: draft for draft in drafts},
    )
    return [
        _shown(
            actor,
            rulebook,
            version,
            compiled.get(version.pk) if version else None,
            described.get(version.pk) if version else None,
            around,
        )
        for rulebook, version in chosen
    ]


def _shown(
    actor: Actor,
    rulebook: Rulebook,
    version: RulebookVersion | None,
    compiled: CompiledRulebook | None,
    described: RulebookDescription | None,
    around: _Around,
) -> ShownRulebook:
    versions = around.versions.get(rulebook.pk, [])
    listed = {entry.pk: entry for entry in versions}
    draft = around.drafts.get(rulebook.pk)
    refusal = can_manage_rulebook(actor, rulebook)
    rules = described.rules if described else ()
    return ShownRulebook(
        rulebook=rulebook,
        version=listed.get(version.pk, version) if version else None,
        is_in_force=version is not None and version.pk == rulebook.published_id,
        is_readable=version is None or described is not None,
        rules=rule_rows(rules, around.people, around.hits.get(rulebook.pk, {})),
        description=described,
        versions=versions[:MOST_VERSIONS],
        draft=_draft_state(rulebook, draft) if draft else None,
        basis=basis_words(compiled.content.amount_basis) if compiled else "",
        refusal=refusal.sentence if refusal else "",
    )


def _draft_state(rulebook: Rulebook, draft: RulebookDraft) -> DraftState:
    before = json.loads(rulebook.published.document) if rulebook.published else None
    return DraftState(draft, count_changes(before, json.loads(draft.document)))


def _compile(version: RulebookVersion) -> CompiledRulebook | None:
    """Nothing for one that the engine cannot read."""
    try:
        return compile_rulebook(json.loads(version.document))
    except (InvalidRulebook, ValueError):
        return None


def _names(rule: RuleDescription, people: Mapping[str, list[str]]) -> str:
    names = list(dict.fromkeys(name for role in rule.asked_roles for name in people.get(role, [])))
    said = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        said = _("%(names)s and %(count)d more") % {"names": said, "count": len(names) - MOST_NAMES}
    return said


def may_keep(actor: Actor, rulebook: Rulebook) -> bool:
    """Whether the actor could change anything about how the rulebook is kept."""
    if can_change_rulebook(actor, rulebook) is None:
        return True
    return rulebook.unit_id is not None and can_change_inheritance(actor, rulebook) is None

"""A customer's approvers by amount, set by whoever keeps its rules: one form, one version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.models import Company, Member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.plans.actions import publish_draft
from placet.plans.checks import FindingDescription, check_document, describe_findings
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.starters import no_rules
from placet.policy.tier_rules import (
    MOST_TIERS,
    TierRule,
    find_tier_rule,
    list_other_rules,
    put_tier_rule,
)
from placet.rulebooks.actions import save_draft
from placet.rulebooks.documents import compile_document
from placet.rulebooks.models import Rulebook, RulebookVersion
from placet.rulebooks.permissions import can_manage_rulebook, can_publish_text_of
from placet.rulebooks.queries import list_examples
from placet.rulebooks.reach import find_editor

MOST_PEOPLE = 10


class ApproversInForce(NamedTuple):
    """What a customer's rulebook says now, as far as the simple form can say it.

    ``rule`` is nothing where it has no tiers, or says more with them than the form could;
    ``other_count`` is how many rules stand beside, without the one that every company starts with.
    """

    rule: TierRule | None
    other_count: int
    number: int


def read_approvers(rulebook: Rulebook) -> ApproversInForce:
    """The tiers in force; whoever calls it has asked whether the reader keeps the rules."""
    document = _published(rulebook)
    number = rulebook.published.number if rulebook.published else 0
    return ApproversInForce(find_tier_rule(document), len(list_other_rules(document)), number)


def list_candidates(company: Company) -> list[Member]:
    """The people of a company who can be named as approvers, by name."""
    people = Member.objects.filter(
        company=company, status=Member.Status.ACTIVE, user__is_active=True
    )
    return list(people.select_related("user").order_by("user__name", "id"))


def check_approvers(
    rulebook: Rulebook, rule: TierRule, *, keeps_others: bool, actor: Actor, now: datetime
) -> list[FindingDescription]:
    """What would be wrong with these tiers, in sentences; nothing is stored.

    Raises ``InvalidInput`` for tiers that cannot be, ``Forbidden`` for who does not keep the rules.
    """
    refuse(can_manage_rulebook(actor, rulebook))
    _check(rulebook, rule)
    document = put_tier_rule(_published(rulebook), rule, keeps_others=keeps_others)
    findings = check_document(rulebook, document, now=now)
    return describe_findings(findings, document, actor=actor)


@transaction
def set_approvers(
    rulebook: Rulebook,
    *,
    rule: TierRule,
    keeps_others: bool,
    based_on: int,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> RulebookVersion | None:
    """Publish these tiers as the next version of a rulebook that the actor keeps.

    Where a second person has to publish, it stays a draft and nothing is answered. ``based_on`` is
    the number of the version that was seen. A draft that somebody is writing is in the way, one's
    own too. Raises what saving and publishing a draft raise, and ``InvalidInput``.
    """
    refuse(can_manage_rulebook(actor, rulebook))
    _check(rulebook, rule)
    published = rulebook.published
    document = put_tier_rule(_published(rulebook), rule, keeps_others=keeps_others)
    saved = save_draft(
        rulebook,
        document=document,
        examples=list_examples(published) if published and keeps_others else (),
        version=None,
        based_on=based_on or None,
        actor=actor,
        now=now,
    )
    editor = find_editor(actor)
    if can_publish_text_of(actor, rulebook, editor.user_id if editor else "") is not None:
        return None
    return publish_draft(rulebook, version=saved.version, note=note, actor=actor, now=now)


def _published(rulebook: Rulebook) -> Mapping[str, Any]:
    """The text in force; an unreadable one counts as none, and gives way as a whole."""
    if rulebook.published is None:
        return no_rules()
    try:
        document = json.loads(rulebook.published.document)
        compile_document(document, side=rulebook.side)
    except (InvalidInput, ValueError):
        return no_rules()
    return dict(document)


def _check(rulebook: Rulebook, rule: TierRule) -> None:
    if rulebook.side != Rulebook.Side.BUYER or rulebook.unit_id:
        raise InvalidInput("rulebook", "wrong_side", _("These are the rules of a whole company."))
    if not 0 < len(rule.tiers) <= MOST_TIERS:
        raise InvalidInput("tiers", "out_of_range", _("From one to ten amounts."))
    if rule.mode not in ("final", "cumulative"):
        raise InvalidInput("mode", "choice", _("The last one only, or all."))
    known = {member.pk for member in list_candidates(rulebook.company)}
    before = -1
    for index, tier in enumerate(rule.tiers):
        path = f"tiers/{index}"
        if not 0 <= tier.from_minor <= LARGEST_AMOUNT_MINOR or tier.from_minor <= before:
            raise InvalidInput(f"{path}/from", "out_of_range", _("Each amount is above the last."))
        before = tier.from_minor
        if not 0 < len(tier.members) <= MOST_PEOPLE or len(set(tier.members)) < len(tier.members):
            raise InvalidInput(f"{path}/members", "out_of_range", _("Who is asked, each once."))
        if not known.issuperset(tier.members):
            raise InvalidInput(f"{path}/members", "unknown", _("Nobody of theirs has this id."))

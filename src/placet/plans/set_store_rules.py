"""Which orders the store's own people look at first, said in plain words and published at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.permissions import RULE_MANAGE, require
from placet.companies.queries import list_roles
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.plans.actions import publish_draft
from placet.plans.checks import FindingDescription, check_document, describe_findings
from placet.plans.describe_rules import RulebookDescription, describe_rulebooks
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.store_rules import (
    BELOW,
    FAR_BELOW,
    KEYS,
    StoreRule,
    find_store_rules,
    list_further_rules,
    no_store_rules,
    put_store_rules,
)
from placet.rulebooks.actions import create_rulebook, save_draft
from placet.rulebooks.documents import compile_document
from placet.rulebooks.models import Rulebook, RulebookVersion
from placet.rulebooks.permissions import can_publish_text_of
from placet.rulebooks.queries import list_examples, list_rulebooks
from placet.rulebooks.reach import find_editor


class StoreRulesInForce(NamedTuple):
    """What the merchant's rulebook says: in plain words, and how many rules say more.

    ``rulebook`` is nothing before the first rule; ``number`` is that of the version, 0 without one.
    """

    rulebook: Rulebook | None
    rules: Mapping[str, StoreRule]
    further_count: int
    number: int


class StoreRulesTried(NamedTuple):
    """What exceptions would say and what is wrong with them; nothing is stored."""

    description: RulebookDescription
    findings: list[FindingDescription]


def read_store_rules(actor: Actor) -> StoreRulesInForce:
    """The exceptions of the actor's store; raises ``NotFound`` for customers, and ``Forbidden``."""
    _require(actor)
    rulebook = _find(actor)
    document = _published(rulebook)
    number = rulebook.published.number if rulebook and rulebook.published else 0
    return StoreRulesInForce(
        rulebook,
        find_store_rules(document, actor.currency),
        len(list_further_rules(document, actor.currency)),
        number,
    )


def try_store_rules(rules: Sequence[StoreRule], *, actor: Actor, now: datetime) -> StoreRulesTried:
    """These exceptions in sentences, and what would be wrong with them."""
    _require(actor)
    _check(actor, rules)
    rulebook = _find(actor) or Rulebook(
        company_id=actor.company_id, side=Rulebook.Side.MERCHANT, kept_by=Rulebook.KeptBy.COMPANY
    )
    document = put_store_rules(_published(rulebook), rules, actor.currency)
    compiled = compile_document(document, side=Rulebook.Side.MERCHANT)
    described = describe_rulebooks(
        [compiled.content], company_id=actor.company_id, language=actor.language
    )
    findings = check_document(rulebook, document, now=now)
    return StoreRulesTried(described[0], describe_findings(findings, document, actor=actor))


@transaction
def set_store_rules(
    rules: Sequence[StoreRule], *, based_on: int, actor: Actor, now: datetime
) -> RulebookVersion | None:
    """Publish these exceptions as the next version of the merchant's own rules.

    Rules that say more stay. Where a second person has to publish, it stays a draft and nothing is
    answered. Raises what saving and publishing a draft raise, and ``InvalidInput``.
    """
    _require(actor)
    _check(actor, rules)
    rulebook = _find(actor) or create_rulebook(
        name=_("Orders we look at first"), side=Rulebook.Side.MERCHANT, actor=actor, now=now
    )
    published = rulebook.published
    document = put_store_rules(_published(rulebook), rules, actor.currency)
    saved = save_draft(
        rulebook,
        document=document,
        examples=list_examples(published) if published else (),
        version=None,
        based_on=based_on or None,
        actor=actor,
        now=now,
    )
    editor = find_editor(actor)
    if can_publish_text_of(actor, rulebook, editor.user_id if editor else "") is not None:
        return None
    return publish_draft(rulebook, version=saved.version, actor=actor, now=now)


def _require(actor: Actor) -> None:
    if not actor.is_merchant:
        raise NotFound(_("These are the supplier’s own rules."))
    require(actor, RULE_MANAGE)


def _find(actor: Actor) -> Rulebook | None:
    own = list_rulebooks(actor).filter(
        side=Rulebook.Side.MERCHANT, subject=Rulebook.Subject.PURCHASE, unit=None
    )
    return own.first()


def _published(rulebook: Rulebook | None) -> Mapping[str, Any]:
    """The text in force; one that cannot be read counts as none."""
    if rulebook is None or rulebook.published is None:
        return no_store_rules()
    try:
        document = json.loads(rulebook.published.document)
        compile_document(document, side=rulebook.side)
    except (InvalidInput, ValueError):
        return no_store_rules()
    return dict(document)


def _check(actor: Actor, rules: Sequence[StoreRule]) -> None:
    roles = set(list_roles(actor).values_list("key", flat=True))
    by_key = {rule.key: rule for rule in rules}
    if len(by_key) < len(rules) or not by_key.keys() <= set(KEYS):
        raise InvalidInput("rules", "choice", _("Each of the five, once at most."))
    for rule in rules:
        if rule.role not in roles:
            raise InvalidInput(f"role_{rule.key}", "unknown", _("There is no such role."))
        if not 0 <= rule.amount_minor <= LARGEST_AMOUNT_MINOR:
            raise InvalidInput(f"amount_{rule.key}", "range", _("The amount is out of range."))
    below, further = by_key.get(BELOW), by_key.get(FAR_BELOW)
    if further and (below is None or further.amount_minor >= below.amount_minor):
        raise InvalidInput(
            f"amount_{FAR_BELOW}", "out_of_range", _("This lies below the minimum before it.")
        )

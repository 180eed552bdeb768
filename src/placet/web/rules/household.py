"""Rules for a family: the children always ask, ask over an amount, or order freely.

The same engine and the same versions as everywhere; only the choice is small. Rules that were
written in detail are left as they are until somebody chooses here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.plans.actions import publish_draft
from placet.policy.starters import no_rules, simple_organisation
from placet.rulebooks.actions import save_draft
from placet.rulebooks.errors import NothingChanged
from placet.rulebooks.models import Rulebook
from placet.web.rules.page import ShownRulebook
from placet.web.rules.texts import read_seen, readable_document
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount

ALWAYS, OVER, NEVER, OTHER = "always", "over", "never", "other"
CHILDREN: Final = (
    simple_organisation()["rules"][0]["when"],
    {"field": "requester.roles", "op": "in", "value": ["child"]},
)
"""Who asks, in the two ways in which families' rules say it."""


class HouseholdRules(NamedTuple):
    """What holds in a family: one of the choices, and the amount of "over"."""

    shown: ShownRulebook
    choice: str
    amount_minor: int | None
    currency: str


def read_choices(actor: Actor, shown: Sequence[ShownRulebook]) -> HouseholdRules | None:
    """The choice that a family's rulebook says; nothing for other companies."""
    if actor.company_kind != Company.Kind.HOUSEHOLD or len(shown) != 1:
        return None
    version = shown[0].version
    document = json.loads(version.document) if version and shown[0].is_readable else no_rules()
    choice, amount_minor = read_choice(document, actor.currency)
    return HouseholdRules(shown[0], choice, amount_minor, actor.currency)


def read_choice(document: Mapping[str, Any], currency: str) -> tuple[str, int | None]:
    """Which of the choices this text is, whoever wrote it; ``other`` for anything else."""
    rules = document["rules"]
    said = {key for key in document if (key, document[key]) != ("amount_basis", "goods")}
    if said != set(no_rules()) or document["default"] != "free" or len(rules) > 1:
        return OTHER, None
    if not rules:
        return NEVER, None
    when, amount = _without_amount(rules[0]["when"], currency)
    if rules[0]["then"].get("effect") != "require" or when not in CHILDREN:
        return OTHER, None
    return (ALWAYS, None) if amount is None else (OVER, amount)


def _without_amount(when: Mapping[str, Any], currency: str) -> tuple[Mapping[str, Any], int | None]:
    """The condition without "over an amount" of the family's currency, and that amount."""
    parts = when.get("all", [])
    if len(parts) != 2:
        return when, None
    amount = parts[1].get("value") if isinstance(parts[1].get("value"), Mapping) else {}
    minor = amount.get("amount_minor", -1)
    return (parts[0], minor) if parts[1] == _over(minor, currency) else (when, None)


def _over(amount_minor: int, currency: str) -> dict[str, Any]:
    value = {"amount_minor": amount_minor, "currency": currency}
    return {"field": "purchase.amount", "op": ">", "value": value}


def rules_over(amount_minor: int, currency: str) -> dict[str, Any]:
    """Whoever may not approve asks over an amount."""
    document = simple_organisation()
    rule = document["rules"][0]
    rule["when"] = {"all": [rule["when"], _over(amount_minor, currency)]}
    return document


@transaction
def choose_rules(rulebook: Rulebook, posted: QueryDict, *, actor: Actor, now: datetime) -> None:
    """Publish what was chosen as the next version. Raises as saving and publishing do."""
    seen = read_seen(posted)
    document = _document(posted, actor.currency)
    published = readable_document(rulebook.published) if rulebook.published else None
    chosen = read_choice(document, actor.currency)
    if published is not None and read_choice(published, actor.currency) == chosen:
        raise NothingChanged(_("That holds already."))
    draft = save_draft(
        rulebook,
        document=document,
        version=None,
        based_on=seen.based_on or None,
        actor=actor,
        now=now,
    )
    publish_draft(rulebook, version=draft.version, actor=actor, now=now)


def _document(posted: QueryDict, currency: str) -> dict[str, Any]:
    choice = posted.get("choice", "")
    if choice == ALWAYS:
        return simple_organisation()
    if choice == NEVER:
        return no_rules()
    if choice != OVER:
        raise InvalidInput("choice", "unknown_choice", _("Choose one of the three."))
    try:
        amount = read_amount(posted.get("amount", ""), currency)
    except (NotANumber, TooManyDecimals) as error:
        raise InvalidInput("amount", "wrong_type", _("From which amount? Type it.")) from error
    if amount < 0:
        raise InvalidInput("amount", "out_of_range", _("An amount of zero or more."))
    return rules_over(amount, currency)

"""Rules for a family: the children always ask, ask over an amount, or order freely.

The same engine and the same versions as everywhere; only the choice is small. Rules that were
written in detail are left as they are until somebody chooses here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

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
from placet.web.rules.texts import read_seen
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount

ALWAYS, OVER, NEVER, OTHER = "always", "over", "never", "other"


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


def read_choice(document: dict[str, Any], currency: str) -> tuple[str, int | None]:
    """Which of the choices wrote this text, if any did."""
    if document == no_rules():
        return NEVER, None
    if document == simple_organisation():
        return ALWAYS, None
    try:
        amount = int(document["rules"][0]["when"]["all"][1]["value"]["amount_minor"])
    except (KeyError, IndexError, TypeError, ValueError):
        return OTHER, None
    return (OVER, amount) if document == rules_over(amount, currency) else (OTHER, None)


def rules_over(amount_minor: int, currency: str) -> dict[str, Any]:
    """Whoever may not approve asks over an amount."""
    document = simple_organisation()
    rule = document["rules"][0]
    over = {
        "field": "purchase.amount",
        "op": ">",
        "value": {"amount_minor": amount_minor, "currency": currency},
    }
    rule["when"] = {"all": [rule["when"], over]}
    return document


@transaction
def choose_rules(rulebook: Rulebook, posted: QueryDict, *, actor: Actor, now: datetime) -> None:
    """Publish what was chosen as the next version. Raises as saving and publishing do."""
    seen = read_seen(posted)
    document = _document(posted, actor.currency)
    if rulebook.published and json.loads(rulebook.published.document) == document:
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

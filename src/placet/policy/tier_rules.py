"""The simplest rules there are: from which amount on who approves, in one rule of a rulebook.

"From 2,000 Ada, from 3,000 Ben, from 5,000 Cy": everybody's orders, people by name. The rule is one
among others, found again by its id, and a company may change it in the builder like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from placet.policy.starters import simple_organisation

RULE_ID: Final = "approvers-by-amount"
MOST_TIERS: Final = 10
Mode = Literal["final", "cumulative"]


class Tier(NamedTuple):
    """From this amount on (inclusive, minor units) any one of these members is asked."""

    from_minor: int
    members: tuple[str, ...]


class TierRule(NamedTuple):
    """The tiers in rising order; ``final`` asks the last one reached, ``cumulative`` all."""

    mode: Mode
    currency: str
    tiers: tuple[Tier, ...]


def write_tier_rule(rule: TierRule) -> dict[str, Any]:
    """The rule as a rulebook's document has it."""
    return {
        "id": RULE_ID,
        "name": {"en": "Approvers by amount", "pl": "Zatwierdzający według kwoty"},
        "when": {"all": []},
        "then": {
            "effect": "require",
            "tiers": {
                "mode": rule.mode,
                "tiers": [
                    {
                        "from": {"amount_minor": tier.from_minor, "currency": rule.currency},
                        "approvers": [{"select": "members", "members": list(tier.members)}],
                    }
                    for tier in rule.tiers
                ],
            },
        },
    }


def find_tier_rule(document: Mapping[str, Any]) -> TierRule | None:
    """The tiers that a document has; nothing where there are none, or where they say more."""
    for rule in document["rules"]:
        if rule["id"] == RULE_ID:
            return _read(rule)
    return None


def list_other_rules(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a document says besides its tiers, without the rule that every company starts with."""
    starters = simple_organisation()["rules"]
    return [rule for rule in document["rules"] if rule["id"] != RULE_ID and rule not in starters]


def put_tier_rule(
    document: Mapping[str, Any], rule: TierRule, *, keeps_others: bool
) -> dict[str, Any]:
    """The document with these tiers in the place of those it had, or at its end.

    The rule that every company starts with gives way: below the first tier nobody is asked. Without
    ``keeps_others`` nothing else stays, and what no rule is about is free.
    """
    written = write_tier_rule(rule)
    if not keeps_others:
        return {"format": 1, "side": "buyer", "default": "free", "rules": [written]}
    others = list_other_rules(document)
    place = sum(1 for one in others if _comes_before(document, one))
    return {**document, "rules": [*others[:place], written, *others[place:]]}


def people_at(rule: TierRule, amount_minor: int) -> tuple[Tier, ...]:
    """The tiers whose people an order over this amount asks, lowest first."""
    reached = tuple(tier for tier in rule.tiers if amount_minor >= tier.from_minor)
    return reached[-1:] if rule.mode == "final" else reached


def list_boundaries(tiers: Sequence[Tier]) -> list[int]:
    """The amounts at which something changes, each with the last one before the first tier."""
    starts = [tier.from_minor for tier in tiers]
    below = [starts[0] - 1] if starts and starts[0] > 0 else []
    return [*below, *starts]


def _comes_before(document: Mapping[str, Any], rule: Mapping[str, Any]) -> bool:
    ids = [one["id"] for one in document["rules"]]
    return RULE_ID not in ids or ids.index(rule["id"]) < ids.index(RULE_ID)


def _read(rule: Mapping[str, Any]) -> TierRule | None:
    shape = rule["then"].get("tiers")
    if shape is None or not shape["tiers"]:
        return None
    found = TierRule(
        shape["mode"],
        shape["tiers"][0]["from"]["currency"],
        tuple(Tier(tier["from"]["amount_minor"], _members_of(tier)) for tier in shape["tiers"]),
    )
    same = write_tier_rule(found)
    is_plain = (rule["when"], rule["then"]) == (same["when"], same["then"])
    return found if is_plain else None


def _members_of(tier: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(one for chosen in tier["approvers"] for one in chosen.get("members", ()))

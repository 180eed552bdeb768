"""The rulebooks, published version by version as they grew."""

from __future__ import annotations

from typing import Any

from placet.demo.loading.registry import Registry
from placet.demo.world.rules.everything import RULEBOOKS
from placet.demo.world.rules.shapes import Rulebook, document
from placet.rulebooks.actions import create_rulebook, publish_rulebook


def load_rules(registry: Registry) -> None:
    """Every company's rulebook, with the number of versions that it has."""
    for rulebook in RULEBOOKS:
        actor, now = registry.actor(rulebook.published_by), registry.setup
        row = create_rulebook(actor=actor, now=now, name=rulebook.name, side=rulebook.side)
        for version in range(1, rulebook.version + 1):
            published = _with_ids(document(_as_of(rulebook, version)), registry)
            publish_rulebook(row, document=published, actor=actor, now=now)


def _as_of(rulebook: Rulebook, version: int) -> Rulebook:
    """An earlier version had a rule less for each step back."""
    missing = rulebook.version - version
    return rulebook._replace(rules=rulebook.rules[: max(0, len(rulebook.rules) - missing)])


def _with_ids(value: Any, registry: Registry) -> Any:
    """The document with ids in the place of this world's keys."""
    if isinstance(value, dict):
        return {key: _with_ids(item, registry) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_ids(item, registry) for item in value]
    if isinstance(value, str):
        kind, _, key = value.partition(":")
        if kind == "address" and key in registry.addresses:
            return registry.addresses[key].pk
        if kind == "member" and key in registry.members:
            return registry.members[key].pk
    return value

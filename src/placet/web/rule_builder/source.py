"""The text that a rule is written into: the open draft, or what is published without one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.permissions import RULE_MANAGE
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.rulebooks.models import Rulebook
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft, get_rulebook, list_examples
from placet.web.access import require_anywhere

Document = dict[str, Any]


class Source(NamedTuple):
    """A rulebook with the text that is being written and its examples.

    ``version`` is the draft's, ``None`` where the first change makes one.
    """

    rulebook: Rulebook
    document: Document
    examples: Sequence[Mapping[str, Any]]
    version: int | None

    def look_up(self, rule_id: str) -> Document | None:
        """The rule of this id, if the text has one."""
        return next((rule for rule in self.document["rules"] if rule["id"] == rule_id), None)

    def get_rule(self, rule_id: str) -> Document:
        """The rule of this id; ``NotFound`` where the text has none."""
        found = self.look_up(rule_id)
        if found is None:
            raise NotFound(_("The draft has no such rule any more."))
        return found

    def with_rule(self, rule: Document) -> Document:
        """The text with this rule in place of the one of its id, or behind all others."""
        rules = list(self.document["rules"])
        places = [index for index, other in enumerate(rules) if other["id"] == rule["id"]]
        if places:
            rules[places[0]] = rule
        else:
            rules.append(rule)
        return {**self.document, "rules": rules}


def read_source(actor: Actor, rulebook_id: str) -> Source:
    """The text of a rulebook that the actor may write; ``NotFound`` and ``Forbidden`` otherwise."""
    require_anywhere(actor, RULE_MANAGE)
    rulebook = get_rulebook(actor, rulebook_id)
    refuse(can_manage_rulebook(actor, rulebook))
    draft = find_draft(rulebook)
    if draft is not None:
        return Source(rulebook, json.loads(draft.document), list_examples(draft), draft.version)
    if rulebook.published is None:
        empty = {"format": 1, "side": rulebook.side, "default": "free", "rules": []}
        return Source(rulebook, empty, [], None)
    text = json.loads(rulebook.published.document)
    return Source(rulebook, text, list_examples(rulebook.published), None)

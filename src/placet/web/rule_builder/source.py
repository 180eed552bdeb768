"""The text that a rule is written into: the open draft, or what is published without one."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.rulebooks.models import Rulebook
from placet.web.rules.texts import Document, WorkingText, open_text


class Source(NamedTuple):
    """The rules of the text that is being written, by their ids."""

    text: WorkingText

    @property
    def rulebook(self) -> Rulebook:
        """Whose text it is."""
        return self.text.rulebook

    def look_up(self, rule_id: str) -> Document | None:
        """The rule of this id, if the text has one."""
        return next((rule for rule in self.text.document["rules"] if rule["id"] == rule_id), None)

    def get_rule(self, rule_id: str) -> Document:
        """The rule of this id; ``NotFound`` where the text has none."""
        found = self.look_up(rule_id)
        if found is None:
            raise NotFound(_("The draft has no such rule any more."))
        return found

    def with_rule(self, rule: Document) -> Document:
        """The text with this rule in place of the one of its id, or behind all others."""
        rules = list(self.text.document["rules"])
        places = [index for index, other in enumerate(rules) if other["id"] == rule["id"]]
        if places:
            rules[places[0]] = rule
        else:
            rules.append(rule)
        return {**self.text.document, "rules": rules}


def read_source(actor: Actor, rulebook_id: str) -> Source:
    """The text of a rulebook that the actor may write; ``NotFound`` and ``Forbidden`` otherwise."""
    return Source(open_text(actor, rulebook_id))

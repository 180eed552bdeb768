"""What happens to rulebooks: one file an action."""

from placet.rulebooks.actions.ask_keeping import answer_keeping, ask_to_keep, hand_back_rules
from placet.rulebooks.actions.change_rulebook import change_rulebook
from placet.rulebooks.actions.create_rulebook import create_rulebook, start_rulebook
from placet.rulebooks.actions.publish_rulebook import publish_rulebook
from placet.rulebooks.actions.save_draft import discard_draft, save_draft
from placet.rulebooks.actions.start_offer_rulebook import start_offer_rulebook

__all__ = [
    "answer_keeping",
    "ask_to_keep",
    "change_rulebook",
    "create_rulebook",
    "discard_draft",
    "hand_back_rules",
    "publish_rulebook",
    "save_draft",
    "start_offer_rulebook",
    "start_rulebook",
]

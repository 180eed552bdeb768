"""Taking a rulebook for writing: only within reach, one writer at a time, and who that is."""

from __future__ import annotations

from placet.companies.models import ApiKey, Member
from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import get_rulebook


def lock_rulebook(actor: Actor, rulebook_id: str) -> Rulebook:
    """The rulebook, locked until the end of the transaction; ``NotFound`` outside reach."""
    get_rulebook(actor, rulebook_id)
    return Rulebook.objects.select_for_update().get(pk=rulebook_id)


def find_editor(actor: Actor) -> Member | None:
    """Who counts as the writer of a text: the member, or who made the company's key.

    Whoever made a key may hold it, so what is written with it is theirs, for whomever it acts.
    """
    key = ApiKey.objects.filter(pk=actor.person_user_id, member=None).first()
    wanted = (key.created_by_id if key else None) or actor.member_id
    return Member.objects.filter(pk=wanted).select_related("user").first() if wanted else None

"""The value that says why somebody may not, and how it becomes an error."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound


class Refusal(NamedTuple):
    """Why somebody may not: a stable code, and a sentence that says who or what would help."""

    code: str
    sentence: str


def refuse(refusal: Refusal | None, **facts: str) -> None:
    """Raise the refusal of a predicate as ``Forbidden``; nothing happens where there is none."""
    if refusal is not None:
        raise Forbidden(refusal.sentence, reason=refusal.code, **facts)


def refuse_foreign(actor: Actor, *company_ids: str) -> None:
    """Raise ``NotFound`` when any of these belongs to another company than the actor.

    Every action begins with it for each row that it was handed: the rows of others do not exist.
    """
    if not actor.is_system and any(found != actor.company_id for found in company_ids):
        raise NotFound(_("There is no such thing in your company."))

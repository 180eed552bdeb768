"""Who is named in a comment: ``@Pavel``, or ``@Pavel Novák`` where there are two of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from placet.companies.models import Member

# Two words after the sign at most, so that a long text costs no more than its length.
_NAMED: Final = re.compile(r"(?<!\w)@(\w{1,60})(?:[ \u00a0](\w{1,60}))?")
MOST: Final = 20


def mentioned_members(company_id: str, text: str, member_ids: Collection[str]) -> list[Member]:
    """The active members of the company who are named in the text or chosen by id.

    A first name that two people share names nobody unless the last name follows it.
    """
    named = _NAMED.findall(text)[:MOST]
    if not named and not member_ids:
        return []
    people = list(
        Member.objects.filter(
            company_id=company_id, status=Member.Status.ACTIVE, user__is_active=True
        ).select_related("user")
    )
    found = {member.id: member for member in people if member.id in set(member_ids)}
    for first, last in named:
        member = _the_one(people, first, last)
        if member is not None:
            found[member.id] = member
    return list(found.values())


def _the_one(people: list[Member], first: str, last: str) -> Member | None:
    alike = [m for m in people if _first_name(m) == first.casefold()]
    exact = [m for m in alike if last and _starts_with(m, f"{first} {last}")]
    candidates = exact or alike
    return candidates[0] if len(candidates) == 1 else None


def _first_name(member: Member) -> str:
    name: str = member.user.name
    return name.split(" ", 1)[0].casefold()


def _starts_with(member: Member, words: str) -> bool:
    return f"{member.user.name} ".casefold().startswith(f"{words} ".casefold())

"""Who could ask for a purchase: people who are alike to a rulebook are looked at once."""

from __future__ import annotations

from typing import NamedTuple

from placet.policy.checking.building import NOBODY
from placet.policy.checking.ground import Ground
from placet.policy.facts import UNRESTRICTED, Requester
from placet.policy.rulebook import CompiledRulebook

ANYBODY = Requester(NOBODY, frozenset(), frozenset(), UNRESTRICTED, ())


class Alike(NamedTuple):
    """People of one unit with the same rights and manager; `stand_in` is one of them as no human.

    As no human, the stand-in is left out of nobody's step: it shows whom the rules mean.
    """

    stand_in: Requester
    members: tuple[Requester, ...]


def alike(book: CompiledRulebook, ground: Ground) -> list[Alike]:
    """The groups of those who may submit where this rulebook holds; all staff where nobody may."""
    if book.side == "merchant":
        return [Alike(ANYBODY, ())]
    groups: dict[object, list[Requester]] = {}
    for member in ground.people:
        if member not in ground.names:
            continue
        requester = ground.requester(member)
        path = requester.person.unit_path
        if book.unit_path and not f"{path}/".startswith(f"{book.unit_path}/"):
            continue
        if "order.submit" not in requester.permissions:
            continue
        key = path, requester.roles, requester.permissions, ground.managers.get(member)
        groups.setdefault(key, []).append(requester)
    return [
        Alike(
            members[0]._replace(person=members[0].person._replace(user="?")),
            tuple(members),
        )
        for members in groups.values()
    ]

"""What the buttons do: each changes the form's tree alone.

A wish is a verb with a place in the tree, ``wrap:parts/0/parts/1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.errors import InvalidInput
from placet.web.rule_builder.effects import settle_effect
from placet.web.rule_builder.group_moves import (
    add_group,
    dissolve_group,
    move_into,
    move_out,
    wrap_part,
)
from placet.web.rule_builder.places import (
    Entry,
    Moved,
    entry_at,
    focus_on,
    list_at,
    unknown_wish,
    walk_to,
)
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.value_moves import (
    drop_value,
    pick_value,
    say_by_language,
    say_for_everybody,
)

Move = Callable[[Slot, str, Sequence[str]], Moved]
ADDED: Final[Mapping[str, str | Promise]] = {
    "parts": gettext_lazy("A condition was added."),
    "steps": gettext_lazy("A step was added."),
    "tiers": gettext_lazy("An amount was added."),
}


def make_move(root: Slot, wish: str, languages: Sequence[str]) -> Moved:
    """Do what a button wishes; raises ``InvalidInput`` for what no button of the form wishes."""
    verb, _colon, place = wish.partition(":")
    move = MOVES.get(verb)
    if move is None:
        raise unknown_wish()
    return move(root, place, languages)


def focus_after(root: Slot, control: str) -> str:
    """The control that was changed, also where a group was put around it meanwhile."""
    at, _slash, name = control.rpartition("/")
    try:
        is_wrapped = name == "field" and bool(walk_to(root, at).one("group"))
    except InvalidInput:
        return ""
    return f"{at}/parts/0/field" if is_wrapped else control


def _add(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entries = list_at(root, place)
    entries.append(Slot())
    settle_effect(root)
    name = place.rpartition("/")[2]
    said = str(ADDED.get(name, _("One more can be named.")))
    return Moved(said, focus_on(place, len(entries) - 1))


def _remove(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = entry_at(root, place)
    entry.siblings.pop(entry.number)
    return Moved(_("Removed."), f"add:{entry.at}")


def _copy(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = entry_at(root, place)
    entry.siblings.insert(entry.number + 1, entry.slot.copy())
    return Moved(_("A copy stands below it."), focus_on(entry.at, entry.number + 1))


def _up(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    return _shift(entry_at(root, place), -1)


def _down(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    return _shift(entry_at(root, place), 1)


def _shift(entry: Entry, by: int) -> Moved:
    to = entry.number + by
    if not 0 <= to < len(entry.siblings):
        raise unknown_wish()
    entry.siblings.insert(to, entry.siblings.pop(entry.number))
    verb = "up" if by < 0 else "down"
    said = _("It is number %(number)d of %(count)d now.")
    numbers = {"number": to + 1, "count": len(entry.siblings)}
    return Moved(said % numbers, f"{verb}:{entry.at}/{to}")


MOVES: Final[Mapping[str, Move]] = {
    "add": _add,
    "remove": _remove,
    "copy": _copy,
    "up": _up,
    "down": _down,
    "group": add_group,
    "wrap": wrap_part,
    "unwrap": dissolve_group,
    "out": move_out,
    "into": move_into,
    "drop": drop_value,
    "pick": pick_value,
    "languages": say_by_language,
    "once": say_for_everybody,
}

"""What the buttons do: add, remove, move, copy, wrap; each changes the form's tree alone.

A wish is a verb with a place in the tree, ``wrap:parts/0/parts/1``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.errors import InvalidInput
from placet.web.rule_builder.comparisons import values_of
from placet.web.rule_builder.conditions import GROUPS, surround
from placet.web.rule_builder.effects import settle_effect
from placet.web.rule_builder.slots import LISTS, Slot
from placet.web.rule_builder.texts import say_in_languages, say_once


class Moved(NamedTuple):
    """What was done, for those who do not see it, and where the focus goes."""

    said: str
    focus: str = ""


class Entry(NamedTuple):
    """A slot in its list: ``at`` is the name of the list, ``number`` the place in it."""

    siblings: list[Slot]
    number: int
    at: str

    @property
    def slot(self) -> Slot:
        """The slot itself."""
        return self.siblings[self.number]


Move = Callable[[Slot, str, Sequence[str]], Moved]
FIRST_CONTROL: Final = {
    "parts": "field",
    "steps": "approvers/0/select",
    "tiers": "from",
    "approvers": "select",
    "otherwise": "select",
    "watchers": "select",
    "through": "select",
}
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
        raise _unknown()
    return move(root, place, languages)


def _unknown() -> InvalidInput:
    return InvalidInput("do", "unknown_choice", _("There is no such button on this form."))


def _walk(root: Slot, place: str) -> Slot:
    """The slot of a place, the root for none."""
    slot = root
    words = place.split("/") if place else []
    if len(words) % 2:
        raise _unknown()
    for name, number in zip(words[::2], words[1::2], strict=True):
        entries = slot.entries(name)
        if not number.isascii() or not number.isdecimal() or int(number[:6]) >= len(entries):
            raise _unknown()
        slot = entries[int(number)]
    return slot


def _list(root: Slot, place: str) -> list[Slot]:
    """The list of a place; a list that a shape does not have yet begins empty."""
    owner, _slash, name = place.rpartition("/")
    if name not in LISTS:
        raise _unknown()
    return _walk(root, owner).lists.setdefault(name, [])


def _entry(root: Slot, place: str) -> Entry:
    at, _slash, number = place.rpartition("/")
    _walk(root, place)
    if not at:
        raise _unknown()
    return Entry(_list(root, at), int(number), at)


def _focus(at: str, index: int) -> str:
    return f"{at}/{index}/{FIRST_CONTROL.get(at.rpartition('/')[2], 'text')}"


# ── Entries of any list ─────────────────────────────────────────────────────────────────────────


def _add(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entries = _list(root, place)
    entries.append(Slot())
    settle_effect(root)
    name = place.rpartition("/")[2]
    said = str(ADDED.get(name, _("One more can be named.")))
    return Moved(said, _focus(place, len(entries) - 1))


def _remove(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _entry(root, place)
    entry.siblings.pop(entry.number)
    return Moved(_("Removed."), f"add:{entry.at}")


def _copy(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _entry(root, place)
    entry.siblings.insert(entry.number + 1, entry.slot.copy())
    return Moved(_("A copy stands below it."), _focus(entry.at, entry.number + 1))


def _up(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    return _shift(_entry(root, place), -1)


def _down(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    return _shift(_entry(root, place), 1)


def _shift(entry: Entry, by: int) -> Moved:
    to = entry.number + by
    if not 0 <= to < len(entry.siblings):
        raise _unknown()
    entry.siblings.insert(to, entry.siblings.pop(entry.number))
    verb = "up" if by < 0 else "down"
    said = _("It is number %(number)d of %(count)d now.")
    numbers = {"number": to + 1, "count": len(entry.siblings)}
    return Moved(said % numbers, f"{verb}:{entry.at}/{to}")


# ── Groups of conditions ────────────────────────────────────────────────────────────────────────


def _group(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    at, _colon, kind = place.partition(":")
    if kind not in GROUPS or at.rpartition("/")[2] != "parts":
        raise _unknown()
    entries = _list(root, at)
    entries.append(surround([Slot()], kind))
    return Moved(_("A group was added."), f"{at}/{len(entries) - 1}/parts/0/field")


def _wrap(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _part(root, place)
    entry.siblings[entry.number] = surround([entry.slot], "any")
    return Moved(_("A group was put around it."), f"{place}/group")


def _unwrap(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _part(root, place)
    if not entry.slot.one("group"):
        raise _unknown()
    inner = entry.slot.entries("parts")
    entry.siblings[entry.number : entry.number + 1] = inner
    return Moved(_("The group was dissolved; its conditions stay."), f"add:{entry.at}")


def _out(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _part(root, place)
    around = entry.at.rpartition("/")[0]
    outer = _part(root, around)
    outer.siblings.insert(outer.number + 1, entry.siblings.pop(entry.number))
    return Moved(_("It stands behind its group now."), _focus(outer.at, outer.number + 1))


def _into(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    """Into the group above it."""
    entry = _part(root, place)
    if not entry.number or not entry.siblings[entry.number - 1].one("group"):
        raise _unknown()
    around = entry.siblings[entry.number - 1]
    inner = around.lists.setdefault("parts", [])
    inner.append(entry.siblings.pop(entry.number))
    at = f"{entry.at}/{entry.number - 1}/parts"
    return Moved(_("It stands in the group above now."), _focus(at, len(inner) - 1))


def _part(root: Slot, place: str) -> Entry:
    entry = _entry(root, place)
    if entry.at.rpartition("/")[2] != "parts":
        raise _unknown()
    return entry


# ── Values and texts ────────────────────────────────────────────────────────────────────────────


def _drop(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    """Take one value out of several: ``drop:parts/0:value:2``."""
    slot, name, number = _value_at(root, place)
    texts = values_of(slot, name)
    if not number.isascii() or not number.isdecimal() or int(number[:6]) >= len(texts):
        raise _unknown()
    gone = texts.pop(int(number))
    slot.put(name, *texts)
    return Moved(_("Taken out: %(value)s.") % {"value": gone[:60]}, _adding(place))


def _pick(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    """Add a person who was found: ``pick:parts/0:value:mem_1``."""
    slot, name, value = _value_at(root, place)
    kept = [] if slot.one("op") == "=" else values_of(slot, name)
    slot.put(name, *dict.fromkeys((*kept, value)))
    slot.put("find")
    return Moved(_("Chosen."), _adding(place))


def _value_at(root: Slot, place: str) -> tuple[Slot, str, str]:
    at, name, value = (*place.split(":", 2), "", "")[:3]
    if name not in ("value", "members"):
        raise _unknown()
    return _walk(root, at), name, value


def _adding(place: str) -> str:
    """The controls that add to a list; whichever of them is there takes the focus."""
    return f"{place.partition(':')[0]}/more"


def _languages(root: Slot, place: str, languages: Sequence[str]) -> Moved:
    slot, name = _text_at(root, place)
    say_in_languages(slot, name, languages)
    return Moved(_("One text a language."), f"{place.replace(':', '/').strip('/')}_in/0/text")


def _once(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    slot, name = _text_at(root, place)
    say_once(slot, name)
    return Moved(_("One text for everybody."), place.replace(":", "/").strip("/"))


def _text_at(root: Slot, place: str) -> tuple[Slot, str]:
    at, _colon, name = place.partition(":")
    if name not in ("name", "label", "message"):
        raise _unknown()
    return _walk(root, at), name


MOVES: Final[Mapping[str, Move]] = {
    "add": _add,
    "remove": _remove,
    "copy": _copy,
    "up": _up,
    "down": _down,
    "group": _group,
    "wrap": _wrap,
    "unwrap": _unwrap,
    "out": _out,
    "into": _into,
    "drop": _drop,
    "pick": _pick,
    "languages": _languages,
    "once": _once,
}
OFFERED_GROUPS: Final = ("any_line", "any_allocation", "line_total", "any", "not")
"""The groups that have a button of their own; every other is one choice away."""

"""Places in the form's tree, as the buttons name them: ``parts/0/parts/1``."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.web.rule_builder.slots import LISTS, Slot


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


FIRST_CONTROL: Final = {
    "parts": "field",
    "steps": "approvers/0/select",
    "tiers": "from",
    "approvers": "select",
    "otherwise": "select",
    "watchers": "select",
    "through": "select",
}


def unknown_wish() -> InvalidInput:
    """What is answered to a wish that no button of the form has."""
    return InvalidInput("do", "unknown_choice", _("There is no such button on this form."))


def walk_to(root: Slot, place: str) -> Slot:
    """The slot of a place, the root for none."""
    slot = root
    words = place.split("/") if place else []
    if len(words) % 2:
        raise unknown_wish()
    for name, number in zip(words[::2], words[1::2], strict=True):
        entries = slot.entries(name)
        if not number.isascii() or not number.isdecimal() or int(number[:6]) >= len(entries):
            raise unknown_wish()
        slot = entries[int(number)]
    return slot


def list_at(root: Slot, place: str) -> list[Slot]:
    """The list of a place; a list that a shape does not have yet begins empty."""
    owner, _slash, name = place.rpartition("/")
    if name not in LISTS:
        raise unknown_wish()
    return walk_to(root, owner).lists.setdefault(name, [])


def entry_at(root: Slot, place: str) -> Entry:
    """The entry of a place, in its list."""
    at, _slash, number = place.rpartition("/")
    walk_to(root, place)
    if not at:
        raise unknown_wish()
    return Entry(list_at(root, at), int(number), at)


def focus_on(at: str, index: int) -> str:
    """The first control of an entry."""
    return f"{at}/{index}/{FIRST_CONTROL.get(at.rpartition('/')[2], 'text')}"

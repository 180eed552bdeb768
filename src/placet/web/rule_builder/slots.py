"""What the form of a rule holds: a tree of typed texts, read from names and written as names.

A name says where its text belongs: ``parts/0/parts/1/field`` is the field of the second condition
in the first group. The whole state of the builder is in the form, so every button is a submit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from placet.policy.conditions import MAX_NODES

LONGEST_NAME: Final = 400
MOST_ENTRIES: Final = MAX_NODES
"""A condition with more parts is refused, so more is not drawn either."""
LISTS: Final = frozenset(
    {
        *("parts", "steps", "tiers", "approvers", "otherwise", "watchers", "through"),
        *("name_in", "label_in", "message_in"),
    }
)


@dataclass(slots=True)
class Slot:
    """Texts by name, and lists of further slots by name."""

    values: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[Slot]] = field(default_factory=dict)

    def one(self, name: str, otherwise: str = "") -> str:
        """The text of a name, the last one where there are several."""
        found = self.values.get(name)
        return found[-1] if found else otherwise

    def several(self, name: str) -> list[str]:
        """All texts of a name that say something, in their order."""
        return [text for text in self.values.get(name, []) if text]

    def entries(self, name: str) -> list[Slot]:
        """The slots of a list, to be read."""
        return self.lists.get(name, [])

    def put(self, name: str, *texts: str) -> None:
        """Set the texts of a name."""
        self.values[name] = list(texts)

    def copy(self) -> Slot:
        """The same texts in a tree of its own."""
        return Slot(
            {name: list(texts) for name, texts in self.values.items()},
            {name: [slot.copy() for slot in slots] for name, slots in self.lists.items()},
        )


def slot_of(**texts: str) -> Slot:
    """A slot with one text a name."""
    return Slot({name: [text] for name, text in texts.items()})


def read_slots(sent: Iterable[tuple[str, Sequence[str]]]) -> Slot:
    """The tree of a form; names that are no place in it are left out.

    Entries are put in the order of their numbers, however they arrived.
    """
    root = Slot()
    numbered: dict[int, dict[str, dict[int, Slot]]] = {}
    for name, texts in sent:
        steps = _steps(name)
        if steps is None:
            continue
        slot = root
        for listed, number in steps[0]:
            found = numbered.setdefault(id(slot), {}).setdefault(listed, {})
            slot = found.setdefault(number, Slot())
        slot.values[steps[1]] = [text.replace("\r\n", "\n") for text in texts]
    _settle(root, numbered)
    return root


def _settle(slot: Slot, numbered: Mapping[int, Mapping[str, Mapping[int, Slot]]]) -> None:
    for name, found in numbered.get(id(slot), {}).items():
        slot.lists[name] = [found[number] for number in sorted(found)][:MOST_ENTRIES]
        for inner in slot.lists[name]:
            _settle(inner, numbered)


def _steps(name: str) -> tuple[list[tuple[str, int]], str] | None:
    """The lists and numbers that a name walks through, and the last word; nothing if it is none."""
    words = name.split("/")
    *walk, last = words
    if len(name) > LONGEST_NAME or len(walk) % 2 or not last.isidentifier():
        return None
    steps = list(zip(walk[::2], walk[1::2], strict=True))
    if any(listed not in LISTS or not _is_number(number) for listed, number in steps):
        return None
    return [(listed, int(number)) for listed, number in steps], last


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def write_names(slot: Slot, at: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every name with its texts: what a browser would send back."""
    for name, texts in slot.values.items():
        yield f"{at}{name}", texts
    for name, slots in slot.lists.items():
        for number, inner in enumerate(slots):
            yield from write_names(inner, f"{at}{name}/{number}/")

"""The parts of the effect's half of the page: texts, people, steps."""

from __future__ import annotations

from dataclasses import dataclass, field

from placet.web.rule_builder.controls import Control, Drawing
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.words import LANGUAGES


@dataclass(slots=True)
class TextView:
    """A text: one control for everybody, or one a language."""

    name: str
    label: str
    hint: str
    place: str
    controls: list[Control]
    is_by_language: bool


@dataclass(slots=True)
class PeopleView:
    """A list of selectors; ``place`` is the name of the list."""

    place: str
    label: str
    rows: list[SelectorView]
    add: str
    is_focused: bool
    error: str = ""


@dataclass(slots=True)
class SelectorView:
    """One selector with the controls that its kind needs."""

    place: str
    controls: list[Control]
    can_be_removed: bool


@dataclass(slots=True)
class StepView:
    """A step, or a tier: with the amount from which it is asked."""

    place: str
    number: int
    count: int
    starts_at: Control | None
    people: PeopleView
    otherwise: PeopleView
    quorum: list[Control]
    more: list[Control]
    label: TextView
    error: str = ""

    @property
    def is_detailed(self) -> bool:
        """Whether something beside the people is said, so that the details stand open."""
        filled = any(c.error or (c.text and not c.name.endswith("rank")) for c in self.more)
        return filled or bool(self.otherwise.rows) or any(c.text for c in self.label.controls)


@dataclass(slots=True)
class EffectView:
    """The effect's own controls, and below them what it needs."""

    effect: Control
    hint: str
    ways_out: Control | None = None
    shape: Control | None = None
    controls: list[Control] = field(default_factory=list)
    steps: list[StepView] = field(default_factory=list)
    people: PeopleView | None = None
    label: TextView | None = None
    justification: Control | None = None
    add: str = ""
    place: str = ""
    error: str = ""
    is_focused: bool = False


def draw_text(
    slot: Slot, drawing: Drawing, at: str, name: str, label: str, hint: str = ""
) -> TextView:
    """A name, a label or a message."""
    kind = "long" if name == "message" or "\n" in slot.one(name) else "text"
    entries = slot.entries(f"{name}_in")
    controls = [
        drawing.control(
            entry,
            f"{at}{name}_in/{index}/",
            "text",
            kind,
            LANGUAGES.get(entry.one("language"), entry.one("language")),
        )
        for index, entry in enumerate(entries)
    ]
    if not entries:
        controls = [drawing.control(slot, at, name, kind, label)]
    place = f"{at.rstrip('/')}:{name}"
    view = TextView(name, label, hint, place, controls, bool(entries))
    for control, entry in zip(controls, entries, strict=False):
        control.typed = entry.one("language")
    return view

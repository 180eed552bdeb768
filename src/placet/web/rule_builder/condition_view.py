"""The condition as the page draws it: groups with their parts, each with its controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, cast

from django.utils.translation import gettext as _

from placet.policy.conditions import MAX_DEPTH
from placet.policy.fields import FIELDS, SUMS, Field, Scope
from placet.web.rule_builder.choices import Option
from placet.web.rule_builder.comparisons import kind_of_sum
from placet.web.rule_builder.conditions import GROUPS, JOINTS, scope_within
from placet.web.rule_builder.controls import Control, Drawing, fields_of, listed
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.value_controls import draw_value
from placet.web.rule_builder.words import GROUPS as GROUP_WORDS
from placet.web.rule_builder.words import JOINTS as JOINT_WORDS

OFFERED_GROUPS: Final = ("any_line", "any_allocation", "line_total", "any", "not")
"""The groups that have a button of their own; every other is one choice away."""


@dataclass(slots=True)
class PartView:
    """A comparison, or a group with further parts, and what its buttons can do."""

    place: str
    number: int
    controls: list[Control] = field(default_factory=list)
    group: GroupView | None = None
    can_go_up: bool = False
    can_go_down: bool = False
    can_go_out: bool = False
    can_go_in: bool = False
    error: str = ""


@dataclass(slots=True)
class GroupView:
    """Parts with what joins them, and what can be added; ``place`` is the name of their list."""

    place: str
    head: list[Control]
    joint: Control | None
    parts: list[PartView]
    offered: list[Option]
    is_deepest: bool = False
    is_focused: bool = False
    of_lines: bool = False


def draw_condition(root: Slot, drawing: Drawing, side: str) -> GroupView:
    """The whole condition."""
    return _Tree(drawing, side).group(root, "", "purchase", 1)


class _Tree:
    def __init__(self, drawing: Drawing, side: str) -> None:
        self.drawing = drawing
        self.side = side

    def group(self, slot: Slot, at: str, scope: str, depth: int) -> GroupView:
        """What stands in a group; ``at`` is the prefix of the group's own names."""
        entries = slot.entries("parts")
        place = f"{at}parts"
        parts = [
            self._part(part, f"{place}/{index}/", index, entries, scope, depth)
            for index, part in enumerate(entries)
        ]
        return GroupView(
            place=place,
            head=[],
            joint=self._joint(slot, at, len(entries)),
            parts=parts,
            offered=[] if depth + 2 > MAX_DEPTH else self._offered(scope),
            is_deepest=depth + 2 > MAX_DEPTH,
            is_focused=self.drawing.focus == f"add:{place}",
            of_lines=scope != "purchase",
        )

    def _part(
        self, slot: Slot, at: str, index: int, entries: list[Slot], scope: str, depth: int
    ) -> PartView:
        before = entries[index - 1].one("group") if index else ""
        view = PartView(
            place=at.rstrip("/"),
            number=index + 1,
            can_go_up=index > 0,
            can_go_down=index + 1 < len(entries),
            can_go_out="/parts/" in at.rstrip("/"),
            can_go_in=bool(before),
        )
        if not slot.one("group"):
            view.controls = self._comparison(slot, at, scope)
            return view
        view.group = self._inner(slot, at, scope, depth)
        view.error = self.drawing.errors.get(f"{at}group", "")
        return view

    def _inner(self, slot: Slot, at: str, scope: str, depth: int) -> GroupView:
        kind = slot.one("group")
        inner = self.group(slot, at, scope_within(kind, scope), depth + 1)
        offered = [key for key in GROUPS if scope == "purchase" or key in (*JOINTS, "not")]
        head = self.drawing.select(
            slot, at, "group", _("Kind of group"), listed(GROUP_WORDS, *offered), is_choice=True
        )
        head.is_focused = self.drawing.focus in (f"{at}group", f"{at}field")
        inner.head = [head]
        if kind in JOINTS:
            inner.joint = None
        if kind in SUMS:
            inner.head += draw_value(self.drawing, slot, at, kind_of_sum(kind), None)
        return inner

    def _joint(self, slot: Slot, at: str, count: int) -> Control:
        """All or any of them; kept, but not asked, while there is nothing to join."""
        if slot.one("joint") not in JOINTS:
            slot.put("joint", "all")
        joint = self.drawing.select(
            slot, at, "joint", _("How many of them"), listed(JOINT_WORDS), is_choice=True
        )
        if count == 1 or (count == 0 and joint.text == "all"):
            joint.kind = "hidden"
        return joint

    def _offered(self, scope: str) -> list[Option]:
        within = ("any", "all", "not") if scope != "purchase" else OFFERED_GROUPS
        return listed(GROUP_WORDS, *within)

    def _comparison(self, slot: Slot, at: str, scope: str) -> list[Control]:
        chosen = self.drawing.control(slot, at, "field", "select", _("What to look at"))
        chosen.groups = fields_of(cast(Scope, scope), self.side, self.drawing.language)
        chosen.is_choice = True
        known = FIELDS.get(slot.one("field"))
        if known is None:
            return [chosen]
        controls = [self.drawing.control(slot, at, "was", "hidden", ""), chosen]
        if known.parameter:
            controls.append(self._parameter(slot, at, known))
        return [*controls, *draw_value(self.drawing, slot, at, known.kind, known)]

    def _parameter(self, slot: Slot, at: str, known: Field) -> Control:
        if known.parameter == "period":
            periods = self.drawing.choices.periods
            return self.drawing.select(slot, at, "parameter", _("In which period"), periods)
        if known.parameter == "days":
            control = self.drawing.control(slot, at, "parameter", "number", _("In how many days"))
            control.suffix = _("days")
            return control
        return self.drawing.control(slot, at, "parameter", "text", _("Which reference"))

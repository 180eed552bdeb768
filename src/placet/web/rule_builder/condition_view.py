"""The condition as the page draws it: groups with their parts, each with its controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from django.utils.translation import gettext as _

from placet.policy.conditions import MAX_DEPTH
from placet.policy.fields import FIELDS, SUMS, Field, Kind, Scope
from placet.policy.patterns import BadPattern, matches
from placet.web.rule_builder.choices import LIST_OF_CHOICES, Option
from placet.web.rule_builder.comparisons import PICKED, SEVERAL, kind_of_sum, operators_of
from placet.web.rule_builder.conditions import GROUPS, JOINTS, scope_within
from placet.web.rule_builder.controls import Control, Drawing, fields_of, listed
from placet.web.rule_builder.moves import OFFERED_GROUPS
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.words import GROUPS as GROUP_WORDS
from placet.web.rule_builder.words import JOINTS as JOINT_WORDS
from placet.web.rule_builder.words import label_of_operator


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
            inner.head += self._value(slot, at, kind_of_sum(kind), None)
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
        return [*controls, *self._value(slot, at, known.kind, known)]

    def _parameter(self, slot: Slot, at: str, known: Field) -> Control:
        if known.parameter == "period":
            periods = self.drawing.choices.periods
            return self.drawing.select(slot, at, "parameter", _("In which period"), periods)
        if known.parameter == "days":
            control = self.drawing.control(slot, at, "parameter", "number", _("In how many days"))
            control.suffix = _("days")
            return control
        return self.drawing.control(slot, at, "parameter", "text", _("Which reference"))

    def _value(self, slot: Slot, at: str, kind: Kind, known: Field | None) -> list[Control]:
        operator = slot.one("op")
        offered = operators_of(kind, is_sum=known is None)
        options = [Option(one, label_of_operator(one, kind)) for one in offered]
        chosen = self.drawing.select(
            slot, at, "op", _("How it is compared"), options, is_choice=True
        )
        if len(options) == 1:
            chosen.kind = "hidden"
        if operator == "is empty":
            return [chosen]
        if operator == "matches":
            return [chosen, *self._pattern(slot, at)]
        names = ("value", "upper") if operator == "between" else ("value",)
        values = [self._single(slot, at, name, kind, known) for name in names]
        if operator in SEVERAL and known is not None:
            values = [self._several(slot, at, known)]
        if kind == "money":
            values.append(self._currency(slot, at))
        return [chosen, *values]

    def _currency(self, slot: Slot, at: str) -> Control:
        if not slot.one("currency"):
            slot.put("currency", self.drawing.choices.currency)
        offered = self.drawing.choices.currencies
        return self.drawing.select(slot, at, "currency", _("Currency"), offered)

    def _single(self, slot: Slot, at: str, name: str, kind: Kind, known: Field | None) -> Control:
        label = _("Up to") if name == "upper" else _("Value")
        if kind == "flag":
            yes_or_no = [Option("yes", _("yes")), Option("no", _("no"))]
            return self.drawing.select(slot, at, name, label, yes_or_no)
        offered = self._list_of(known)
        if offered == "members":
            return self._people(slot, at, label)
        if offered:
            return self.drawing.select(slot, at, name, label, self.drawing.choices.options(offered))
        shapes = {"money": "amount", "count": "number", "quantity": "number"}
        control = self.drawing.control(
            slot, at, name, "percent" if kind == "basis_points" else shapes.get(kind, "text"), label
        )
        control.suffix = "%" if kind == "basis_points" else ""
        return control

    def _several(self, slot: Slot, at: str, known: Field) -> Control:
        offered = self._list_of(known)
        if offered == "members":
            return self._people(slot, at, _("Who"))
        control = self.drawing.control(
            slot, at, "value", "chosen" if offered else "lines", _("Values")
        )
        control.options = self.drawing.choices.options(offered) if offered else ()
        control.is_focused = self.drawing.focus in (f"{at}more", f"{at}value")
        return control

    def _people(self, slot: Slot, at: str, label: str) -> Control:
        return draw_people(self.drawing, slot, at, "value", label)

    def _pattern(self, slot: Slot, at: str) -> list[Control]:
        pattern = self.drawing.control(slot, at, "value", "pattern", _("Form"))
        pattern.hint = _("[A-Z] a letter, [0-9]{5} five digits, . anything, | or")
        tried = self.drawing.control(slot, at, "tried", "tried", _("Try it with"))
        if pattern.text and tried.text:
            tried.hint = _fits(pattern.text, tried.text)
        return [pattern, tried]

    def _list_of(self, known: Field | None) -> str:
        return "" if known is None else PICKED.get(known.key, LIST_OF_CHOICES.get(known.key, ""))


def _fits(pattern: str, tried: str) -> str:
    try:
        return _("It fits.") if matches(pattern, tried) else _("It does not fit.")
    except BadPattern:
        return ""


def draw_people(drawing: Drawing, slot: Slot, at: str, name: str, label: str) -> Control:
    """People who were chosen, and a search for more."""
    control = drawing.control(slot, at, name, "members", label)
    control.words = drawing.choices.names
    control.typed = slot.one("find")
    control.error = control.error or drawing.errors.get(f"{at}find", "")
    control.is_focused = drawing.focus in (f"{at}more", f"{at}{name}")
    chosen = set(control.texts)
    found = drawing.choices.find_members(control.typed)
    control.found = [option for option in found if option.value not in chosen]
    if control.typed and not control.found:
        control.hint = _("Nobody is found by “%(typed)s”.") % {"typed": control.typed[:60]}
    return control

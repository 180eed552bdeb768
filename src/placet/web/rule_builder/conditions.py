"""A condition as slots: groups in groups, and back to the one tree that the engine reads.

A group holds parts; what surrounds exactly one condition writes it bare, what surrounds several
joins them by "all" or "any". Read and written again, every condition is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.policy.fields import FIELDS, SUMS
from placet.policy.reading import point
from placet.web.rule_builder.comparison_writing import write_comparison, write_value
from placet.web.rule_builder.comparisons import (
    fill_comparison,
    fill_value,
    kind_of_sum,
    settle_operator,
)
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.writing import Document, Writer

JOINTS: Final = ("all", "any")
LINES: Final = ("any_line", "all_lines", "no_line")
ALLOCATIONS: Final = ("any_allocation", "all_allocations", "no_allocation")
GROUPS: Final = (*JOINTS, "not", *LINES, *ALLOCATIONS, *SUMS)
"""Everything that surrounds other conditions."""


def scope_within(group: str, scope: str) -> str:
    """What the conditions in a group are about: the purchase, its lines, or parts of lines."""
    if group in (*LINES, "line_total", "line_quantity"):
        return "line"
    return "allocation" if group in (*ALLOCATIONS, "allocation_total") else scope


# ── From the document ───────────────────────────────────────────────────────────────────────────


def fill_condition(node: Mapping[str, Any], into: Slot, language: str) -> None:
    """Put a condition into what surrounds it: alone, or as the parts that it joins."""
    joint = next((name for name in JOINTS if name in node), "all")
    parts = node.get(joint)
    is_joined = parts is not None and len(parts) != 1
    into.put("joint", joint if is_joined else "all")
    listed = parts if is_joined and parts is not None else [node]
    into.lists["parts"] = [_fill_part(part, language) for part in listed]


def _fill_part(node: Mapping[str, Any], language: str) -> Slot:
    if "field" in node:
        return fill_comparison(node, language)
    group = next(name for name in GROUPS if name in node)
    slot = Slot()
    slot.put("group", group)
    if group in JOINTS:
        slot.lists["parts"] = [_fill_part(part, language) for part in node[group]]
        return slot
    fill_condition(node[group], slot, language)
    if group in SUMS:
        fill_value(slot, node, kind_of_sum(group), language)
    return slot


# ── To the document ─────────────────────────────────────────────────────────────────────────────


def write_surrounded(slot: Slot, at: str, pointer: str, writer: Writer) -> Document:
    """The condition of what is in a group: bare where it is one, joined where it is not."""
    parts = slot.entries("parts")
    if len(parts) == 1:
        return _write_part(parts[0], f"{at}parts/0/", pointer, writer)
    joint = "any" if slot.one("joint") == "any" else "all"
    return _write_joined(slot, joint, at, pointer, writer)


def _write_joined(slot: Slot, joint: str, at: str, pointer: str, writer: Writer) -> Document:
    inner = writer.place(f"{at}joint", pointer, joint)
    return {
        joint: [
            _write_part(part, f"{at}parts/{index}/", point(inner, index), writer)
            for index, part in enumerate(slot.entries("parts"))
        ]
    }


def _write_part(slot: Slot, at: str, pointer: str, writer: Writer) -> Document:
    group = slot.one("group")
    writer.place(f"{at}{'group' if group else 'field'}", pointer)
    if not group:
        return write_comparison(slot, at, pointer, writer)
    if group not in GROUPS:
        writer.wrong(f"{at}group", _("There is no such group."))
        return {}
    if group in JOINTS:
        return _write_joined(slot, group, at, pointer, writer)
    document: Document = {group: write_surrounded(slot, at, point(pointer, group), writer)}
    if group in SUMS:
        document |= write_value(slot, at, pointer, writer, kind_of_sum(group))
    return document


# ── What a change of a control brings with it ───────────────────────────────────────────────────


def settle_parts(slot: Slot, settle: Callable[[Slot, str], None], scope: str = "purchase") -> None:
    """Bring every part in order after something was chosen; ``settle`` does so for comparisons.

    A field of a line that was chosen for the whole purchase gets its "any line" around it.
    """
    parts = slot.lists.get("parts", [])
    for index, part in enumerate(parts):
        group = part.one("group")
        if group:
            settle_parts(part, settle, scope_within(group, scope))
            if group in SUMS:
                settle_operator(part, kind_of_sum(group))
            continue
        settle(part, scope)
        field = FIELDS.get(part.one("field"))
        if field is not None and scope == "purchase" and field.scope != "purchase":
            parts[index] = surround([part], f"any_{field.scope}")


def surround(parts: list[Slot], group: str) -> Slot:
    """A group around some conditions."""
    around = Slot(lists={"parts": parts})
    around.put("group", group)
    around.put("joint", "all")
    return around

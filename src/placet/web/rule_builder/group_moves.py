"""What the buttons do with conditions and their groups: add, wrap, dissolve, move in and out."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from placet.web.rule_builder.conditions import GROUPS, surround
from placet.web.rule_builder.places import Entry, Moved, entry_at, focus_on, list_at, unknown_wish
from placet.web.rule_builder.slots import Slot


def add_group(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    at, _colon, kind = place.partition(":")
    if kind not in GROUPS or at.rpartition("/")[2] != "parts":
        raise unknown_wish()
    entries = list_at(root, at)
    entries.append(surround([Slot()], kind))
    return Moved(_("A group was added."), f"{at}/{len(entries) - 1}/parts/0/field")


def wrap_part(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _part(root, place)
    entry.siblings[entry.number] = surround([entry.slot], "any")
    return Moved(_("A group was put around it."), f"{place}/group")


def dissolve_group(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _part(root, place)
    if not entry.slot.one("group"):
        raise unknown_wish()
    inner = entry.slot.entries("parts")
    entry.siblings[entry.number : entry.number + 1] = inner
    return Moved(_("The group was dissolved; its conditions stay."), f"add:{entry.at}")


def move_out(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    entry = _part(root, place)
    around = entry.at.rpartition("/")[0]
    outer = _part(root, around)
    outer.siblings.insert(outer.number + 1, entry.siblings.pop(entry.number))
    return Moved(_("It stands behind its group now."), focus_on(outer.at, outer.number + 1))


def move_into(root: Slot, place: str, _languages: Sequence[str]) -> Moved:
    """Into the group above it."""
    entry = _part(root, place)
    if not entry.number or not entry.siblings[entry.number - 1].one("group"):
        raise unknown_wish()
    around = entry.siblings[entry.number - 1]
    inner = around.lists.setdefault("parts", [])
    inner.append(entry.siblings.pop(entry.number))
    at = f"{entry.at}/{entry.number - 1}/parts"
    return Moved(_("It stands in the group above now."), focus_on(at, len(inner) - 1))


def _part(root: Slot, place: str) -> Entry:
    entry = entry_at(root, place)
    if entry.at.rpartition("/")[2] != "parts":
        raise unknown_wish()
    return entry

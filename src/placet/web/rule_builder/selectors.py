"""Who is asked or told, as slots: what kind of choice it is, and what that kind needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.policy.reading import point
from placet.web.rule_builder.comparisons import values_of
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.writing import Document, Writer

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "head": ("levels_up",),
    "manager": ("levels_up",),
    "role": ("role", "where"),
    "members": ("members",),
    "permission": ("permission",),
    "budget_owner": (),
    "cost_centre_owner": (),
    "category_owner": (),
    "admins": (),
}
"""The choices of the company's side, in the order in which they are offered."""

OF_MERCHANT: Final[Mapping[str, tuple[str, ...]]] = {"merchant_role": ("role",)}


def choices_of(side: str) -> Mapping[str, tuple[str, ...]]:
    """Which choices a side has."""
    return OF_MERCHANT if side == "merchant" else NEEDS


def fill_selectors(slot: Slot, name: str, nodes: Sequence[Mapping[str, Any]]) -> None:
    """The slots of a list of selectors."""
    slot.lists[name] = [_fill(node) for node in nodes]


def _fill(node: Mapping[str, Any]) -> Slot:
    slot = Slot()
    for key, value in node.items():
        slot.put(key, *(value if isinstance(value, list) else [str(value)]))
    return slot


def write_selectors(slot: Slot, name: str, at: str, pointer: str, writer: Writer) -> list[Document]:
    """The selectors as the document holds them."""
    inner = writer.place(f"{at}{name}/0/select", pointer, name)
    return [
        _write(entry, f"{at}{name}/{index}/", point(inner, index), writer)
        for index, entry in enumerate(slot.entries(name))
    ]


def _write(slot: Slot, at: str, pointer: str, writer: Writer) -> Document:
    select = slot.one("select")
    writer.place(f"{at}select", pointer)
    needs = {**NEEDS, **OF_MERCHANT}.get(select)
    if needs is None:
        writer.missing(f"{at}select", _("Choose who."))
        return {}
    document: Document = {"select": select}
    for name in needs:
        writer.place(f"{at}{name}", pointer, name)
        document[name] = _write_need(slot, name, at, writer)
    return document


def _write_need(slot: Slot, name: str, at: str, writer: Writer) -> Any:
    if name == "levels_up":
        return writer.whole(slot, name, at)
    if name == "members":
        members = values_of(slot, "members")
        if not members:
            writer.missing(f"{at}find", _("Name at least one person."))
        return members
    said = {
        "role": _("Choose a role."),
        "where": _("Choose where."),
        "permission": _("Choose a permission."),
    }
    return writer.text(slot, name, at, said[name])


def settle_selector(slot: Slot) -> None:
    """Give a freshly chosen kind what most rules mean by it."""
    first = {"head": "0", "manager": "1"}
    select = slot.one("select")
    if slot.one("kind") not in ("", select):
        slot.put("levels_up")
    if select in first and not slot.one("levels_up").strip() and slot.one("kind") != select:
        slot.put("levels_up", first[select])
    if select == "role" and not slot.one("where"):
        slot.put("where", "company")
    slot.put("kind", select)

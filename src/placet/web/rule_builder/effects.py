"""A rule's effect as slots: what happens, and whom it asks by which shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.policy.effects import EFFECT_NAMES
from placet.policy.reading import point
from placet.web.rule_builder.comparisons import shown_money
from placet.web.rule_builder.selectors import fill_selectors, settle_selector, write_selectors
from placet.web.rule_builder.slots import Slot
from placet.web.rule_builder.texts import fill_text, write_text
from placet.web.rule_builder.writing import Document, Writer

EFFECTS: Final = tuple(EFFECT_NAMES.values())
SHAPES: Final = ("steps", "tiers", "management_chain")
QUORUMS: Final = ("any", "all", "count")
MODES: Final = ("final", "cumulative")
YES: Final = "yes"

# ── From the document ───────────────────────────────────────────────────────────────────────────


def fill_effect(node: Mapping[str, Any], slot: Slot, language: str) -> None:
    """Put an effect into the rule's slot."""
    slot.put("effect", node["effect"])
    slot.put("ways_out", *node.get("ways_out", []))
    fill_selectors(slot, "watchers", node.get("watchers", []))
    slot.put("justification", *([YES] if node.get("justification") else []))
    shape = next((name for name in SHAPES if name in node), "steps")
    slot.put("shape", shape)
    if shape == "management_chain":
        _fill_chain(node[shape], slot)
    elif shape == "tiers":
        tiers = node[shape]
        slot.put("mode", tiers["mode"])
        slot.put("first_rank", *_optional(tiers, "rank"))
        first = tiers["tiers"][0].get("from")
        slot.put("currency", *([first["currency"]] if first else []))
        slot.lists["tiers"] = [_fill_tier(tier, language) for tier in tiers["tiers"]]
    else:
        slot.lists["steps"] = [_fill_step(step) for step in node.get(shape, [])]


def _fill_step(node: Mapping[str, Any]) -> Slot:
    slot = Slot()
    fill_selectors(slot, "approvers", node["approvers"])
    fill_selectors(slot, "otherwise", node.get("otherwise", []))
    quorum = node.get("quorum", "any")
    slot.put("quorum", quorum if isinstance(quorum, str) else "count")
    slot.put("needed", "" if isinstance(quorum, str) else str(quorum))
    slot.put("rank", *_optional(node, "rank"))
    slot.put("due_hours", *_optional(node, "due_hours"))
    slot.put("distinct", *([YES] if node.get("distinct") else []))
    fill_text(slot, "label", node.get("label"))
    return slot


def _fill_tier(node: Mapping[str, Any], language: str) -> Slot:
    slot = _fill_step(node)
    if "from" in node:
        slot.put("from", shown_money(node["from"], language))
    return slot


def _fill_chain(node: Mapping[str, Any], slot: Slot) -> None:
    fill_selectors(slot, "through", node.get("through", []))
    slot.put("everyone_passed", *([YES] if node.get("everyone_passed") else []))
    slot.put("rank", *_optional(node, "rank"))
    slot.put("due_hours", *_optional(node, "due_hours"))
    fill_text(slot, "label", node.get("label"))


def _optional(node: Mapping[str, Any], key: str) -> list[str]:
    return [] if node.get(key) is None else [str(node[key])]


# ── To the document ─────────────────────────────────────────────────────────────────────────────


def write_effect(slot: Slot, pointer: str, writer: Writer) -> Document:
    """The effect that was filled in."""
    effect = slot.one("effect")
    writer.place("effect", pointer)
    if effect not in EFFECTS:
        writer.missing("effect", _("Choose what happens."))
        return {}
    if effect == "block":
        writer.place("ways_out", pointer, "ways_out")
        ways = slot.several("ways_out")
        return {"effect": effect, "ways_out": ways} if ways else {"effect": effect}
    if effect == "notify":
        watchers = write_selectors(slot, "watchers", "", pointer, writer)
        return {"effect": effect, "watchers": watchers}
    if effect != "require":
        return {"effect": effect}
    document: Document = {"effect": effect, **_write_shape(slot, pointer, writer)}
    if slot.one("justification"):
        document["justification"] = True
    return document


def _write_shape(slot: Slot, pointer: str, writer: Writer) -> Document:
    shape = slot.one("shape") or "steps"
    if shape not in SHAPES:
        writer.wrong("shape", _("There is no such way to ask."))
        return {}
    inner = writer.place("shape", pointer, shape)
    if shape == "management_chain":
        return {shape: _write_chain(slot, inner, writer)}
    if shape == "tiers":
        return {shape: _write_tiers(slot, inner, writer)}
    return {
        shape: [
            _write_step(step, f"steps/{index}/", point(inner, index), writer)
            for index, step in enumerate(slot.entries("steps"))
        ]
    }


def _write_step(slot: Slot, at: str, pointer: str, writer: Writer) -> Document:
    document: Document = {
        "approvers": write_selectors(slot, "approvers", at, pointer, writer),
        "quorum": _write_quorum(slot, at, pointer, writer),
    }
    if slot.entries("otherwise"):
        document["otherwise"] = write_selectors(slot, "otherwise", at, pointer, writer)
    if slot.one("distinct"):
        document["distinct"] = True
    return document | _write_optional(slot, at, pointer, writer)


def _write_optional(slot: Slot, at: str, pointer: str, writer: Writer) -> Document:
    """The rank, the label and the time to decide, each where it is given."""
    document: Document = {}
    for name in ("rank", "due_hours"):
        writer.place(f"{at}{name}", pointer, name)
        if slot.one(name).strip():
            document[name] = writer.whole(slot, name, at)
    label = write_text(slot, "label", at, pointer, writer)
    return {**document, "label": label} if label is not None else document


def _write_quorum(slot: Slot, at: str, pointer: str, writer: Writer) -> str | int | None:
    quorum = slot.one("quorum") or "any"
    writer.place(f"{at}needed" if quorum == "count" else f"{at}quorum", pointer, "quorum")
    if quorum == "count":
        return writer.whole(slot, "needed", at)
    if quorum not in QUORUMS:
        writer.wrong(f"{at}quorum", _("Choose how many of them."))
    return quorum


def _write_tiers(slot: Slot, pointer: str, writer: Writer) -> Document:
    mode = slot.one("mode") or "final"
    writer.place("mode", pointer, "mode")
    document: Document = {"mode": mode}
    if slot.one("first_rank").strip():
        writer.place("first_rank", pointer, "rank")
        document["rank"] = writer.whole(slot, "first_rank", "")
    inner = writer.place("shape", pointer, "tiers")
    document["tiers"] = []
    currency = slot.one("currency")
    for index, tier in enumerate(slot.entries("tiers")):
        at, here = f"tiers/{index}/", point(inner, index)
        writer.place(f"{at}from", here, "from")
        starts_at = writer.money(tier, "from", at, currency)
        document["tiers"].append({"from": starts_at, **_write_step(tier, at, here, writer)})
    return document


def _write_chain(slot: Slot, pointer: str, writer: Writer) -> Document:
    document: Document = {}
    writer.place("shape", pointer, "through")
    if slot.entries("through"):
        document["through"] = write_selectors(slot, "through", "", pointer, writer)
    if slot.one("everyone_passed"):
        document["everyone_passed"] = True
    return document | _write_optional(slot, "", pointer, writer)


# ── What a change of a control brings with it ───────────────────────────────────────────────────


def settle_effect(slot: Slot) -> None:
    """A way of asking that was just chosen begins with one entry, not with an empty page."""
    effect, shape = slot.one("effect"), slot.one("shape") or "steps"
    if effect == "notify" and not slot.entries("watchers"):
        slot.lists["watchers"] = [Slot()]
    if effect == "require" and shape in ("steps", "tiers") and not slot.entries(shape):
        other = slot.entries("tiers" if shape == "steps" else "steps")
        slot.lists[shape] = [step.copy() for step in other] or [Slot()]
    if effect == "require" and shape in ("steps", "tiers"):
        for step in slot.entries(shape):
            if not step.entries("approvers"):
                step.lists["approvers"] = [Slot()]
    for selector in _selectors(slot):
        settle_selector(selector)


def _selectors(slot: Slot) -> list[Slot]:
    steps = [*slot.entries("steps"), *slot.entries("tiers")]
    listed = [step.entries(name) for step in steps for name in ("approvers", "otherwise")]
    return [
        one for some in (slot.entries("watchers"), slot.entries("through"), *listed) for one in some
    ]

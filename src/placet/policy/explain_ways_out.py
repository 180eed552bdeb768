"""Ways out in a sentence: `Order 8 instead of 12 × Gloves: nobody has to approve`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from placet.policy.explain import Speaker
from placet.policy.facts import Facts
from placet.policy.plan import PlanStep
from placet.policy.variations import (
    Change,
    ChangeCostCentre,
    ChangeShipTo,
    FewerUnits,
    RemoveLines,
    Substitute,
    Wait,
)
from placet.policy.ways_out import WayOut

DateFormat = Callable[[datetime], str]
"""An instant to a day, in the reader's language; the application formats by locale and zone."""

_CODES: dict[type, str] = {
    ChangeCostCentre: "cost_centre",
    ChangeShipTo: "ship_to",
    Substitute: "substitute",
    FewerUnits: "fewer_units",
    Wait: "wait",
    RemoveLines: "remove_lines",
}


def code_of(change: Change) -> str:
    """What kind of change it is, in one word."""
    return _CODES[type(change)]


def say_way_out(way: WayOut, facts: Facts, speaker: Speaker, day: DateFormat) -> str:
    """The change and what it would do. `facts` are those of the purchase as it stands."""
    return f"{_change(way.change, facts, speaker, day)}: {_effect(way, speaker)}"


def _change(change: Change, facts: Facts, speaker: Speaker, day: DateFormat) -> str:
    lines = {line.number: line for line in facts.purchase.lines}
    if isinstance(change, ChangeCostCentre | ChangeShipTo):
        return speaker.change(code_of(change), to=speaker.name(change.to))
    if isinstance(change, Substitute):
        product = lines[change.line].name
        return speaker.change("substitute", to=change.product.name, product=product)
    if isinstance(change, FewerUnits):
        line = lines[change.line]
        said = {"to": str(change.to), "quantity": str(line.quantity), "product": line.name}
        return speaker.change("fewer_units", **said)
    if isinstance(change, Wait):
        return speaker.change("wait", to=day(change.until))
    if len(change.lines) == 1:
        return speaker.change("remove_line", product=lines[change.lines[0]].name)
    return speaker.change("remove_lines", lines=speaker.listed(map(str, change.lines)))


def _effect(way: WayOut, speaker: Speaker) -> str:
    steps = way.plan.steps
    possible = "possible." if way.was_blocked else ""
    if not steps:
        return speaker.effect(f"{possible}free")
    if len(steps) == 1:
        return speaker.effect(f"{possible}one", who=_who(steps[0], speaker))
    said = {"n": str(len(steps)), "before": str(way.steps_before)}
    return speaker.effect("possible.several" if way.was_blocked else "fewer", **said)


def _who(step: PlanStep, speaker: Speaker) -> str:
    """One person by name, several by what they are; of the supplier's side only that it is."""
    if step.side == "merchant":
        return speaker.effect("supplier")
    return step.approvers[0].name if len(step.approvers) == 1 else speaker.label(step.label)

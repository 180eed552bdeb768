"""Ways out in words, with what each would change: for the screen's button and for programs."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.core.formats import day_text, money_text
from placet.plans.names import load_names
from placet.plans.ways_out import WaysOut
from placet.policy.explain import Speaker
from placet.policy.explain_ways_out import code_of, say_way_out
from placet.policy.variations import (
    ChangeCostCentre,
    ChangeShipTo,
    FewerUnits,
    RemoveLines,
    Substitute,
    Wait,
)
from placet.policy.ways_out import WayOut


class WayOutDescription(NamedTuple):
    """A change that helps. ``kind`` says which of the values below it has; the others are empty.

    ``approvals`` is how many would be left; ``lines`` are those of the cart that it touches.
    """

    kind: str
    sentence: str
    approvals: int
    lines: tuple[int, ...] = ()
    quantity: int = 0
    sku: str = ""
    cost_center_id: str = ""
    ship_to_id: str = ""
    starts_at: datetime | None = None


def describe_ways_out(
    found: WaysOut, *, company_id: str, language: str, time_zone: str
) -> tuple[WayOutDescription, ...]:
    """The ways out, best first. ``time_zone`` is the company's, in which its periods begin."""
    if not found.ways:
        return ()
    labels = [step.label for way in found.ways for step in way.plan.steps]
    names = load_names(company_id, (), labels)
    names |= {pk: place.name for pk, place in found.ship_tos.items()}
    names |= {code: _center(code, center.name) for code, center in found.cost_centers.items()}
    speaker = Speaker(language, names=names, money=money_text)

    def day(at: datetime) -> str:
        return day_text(at, language, time_zone)

    return tuple(_described(way, found, say_way_out(way, found.facts, speaker, day))
                 for way in found.ways)  # fmt: skip


def _center(code: str, name: str) -> str:
    return f"{code} {name}" if name and name != code else code


def _described(way: WayOut, found: WaysOut, sentence: str) -> WayOutDescription:
    change = way.change
    told = WayOutDescription(code_of(change), sentence, len(way.plan.steps))
    if isinstance(change, ChangeCostCentre):
        return told._replace(cost_center_id=found.cost_centers[change.to].pk)
    if isinstance(change, ChangeShipTo):
        return told._replace(ship_to_id=change.to)
    if isinstance(change, Substitute):
        product = change.product
        return told._replace(lines=(change.line,), sku=product.sku, quantity=product.quantity)
    if isinstance(change, FewerUnits):
        return told._replace(lines=(change.line,), quantity=change.to)
    if isinstance(change, Wait):
        return told._replace(starts_at=change.until)
    assert isinstance(change, RemoveLines)
    return told._replace(lines=change.lines)

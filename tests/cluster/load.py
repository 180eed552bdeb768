"""The people and programs of the load: buyers, approvers, an ERP. Amount, not time, ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from tests.cluster.caller import Program, Said

SKU = "INF-PUMP"
"""A medical device for 1,890.00: biomedical engineering approves it, and finance three of them."""
POLL_SECONDS = 0.1


def quantity_of(number: int) -> int:
    """How many pieces purchase ``number`` is for: every second one needs finance too."""
    return 1 + number % 4


@dataclass
class Ledger:
    """What the programs were told: what was accepted, what the ERP has taken over.

    Purchases up to number ``gate`` may begin: on a fast machine too each blow finds some under way.
    """

    accepted: dict[int, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    gate: int = 0
    lock: Lock = field(default_factory=Lock)
    done: Event = field(default_factory=Event)


def buy(program: Program, keys: Mapping[str, Any], numbers: Sequence[int], ledger: Ledger) -> None:
    """One purchase after the other: a cart, its line, its place, its plan, submitted."""
    ship_to = _place(program, "ship_to")
    bill_to = _place(program, "bill_to")
    for number in numbers:
        while number > ledger.gate:
            if ledger.done.wait(POLL_SECONDS):
                return
        name = f"load-{number}"
        cart = program.post("/carts", {"name": name}, f"{name}-cart").json["id"]
        line = {"sku": SKU, "quantity": quantity_of(number)}
        _accepted(program.post(f"/carts/{cart}/lines", line, f"{name}-line"))
        describe(
            program,
            cart,
            {
                "ship_to": ship_to,
                "bill_to": bill_to,
                "cost_center": keys["cost_center"],
                "po_number": f"PR-{number:05}",
            },
        )
        submitted = submit(program, cart, name)
        with ledger.lock:
            if submitted.status == 201:
                ledger.accepted[number] = submitted.json["id"]
            else:
                ledger.refused.append(f"{name}: {submitted.status} {submitted.json}")


def describe(program: Program, cart: str, fields: Mapping[str, str]) -> None:
    """Set the fields; whoever gets no answer looks whether they are set before trying again."""
    while True:
        seen = program.get(f"/carts/{cart}")
        headers = {"If-Match": f'"{seen["version"]}"'}
        said = program.send("PATCH", f"/carts/{cart}", dict(fields), headers)
        if said.status == 200:
            return
        if said.status != 412:
            raise RuntimeError(f"{said.status} {said.json}")


def submit(program: Program, cart: str, name: str) -> Said:
    """Submit as it was planned; another plan by then is looked at and submitted anew."""
    for attempt in range(50):
        plan = program.get(f"/carts/{cart}/plan")
        said = program.post(
            f"/carts/{cart}/submissions", {"plan_hash": plan["hash"]}, f"{name}-submit-{attempt}"
        )
        if said.status != 409 or said.json.get("code") != "plan_changed":
            return said
    return said


def approve(program: Program, name: str, ledger: Ledger) -> None:
    """Approve whatever asks, until all is over; one of them is there twice, in its own way."""
    while not ledger.done.wait(POLL_SECONDS):
        for step in program.get("/steps?limit=50")["data"]:
            requisition = program.get(f"/requisitions/{step['requisition']}")
            wish = {"decision": "approve", "revision_hash": requisition["content_hash"]}
            said = program.post(f"/steps/{step['id']}/decisions", wish, f"{name}-{step['id']}")
            with ledger.lock:
                if said.status < 300:
                    ledger.decisions[step["id"]] = said.json["outcome"]
                elif said.status not in (403, 404, 409):
                    ledger.refused.append(f"{name}: {said.status} {said.json}")


def take_over(program: Program, ledger: Ledger) -> None:
    """The ERP: pulls what is pending, acknowledges each under a number of its own."""
    while not ledger.done.wait(POLL_SECONDS):
        for order in program.get("/orders?export_state=pending&limit=50")["data"]:
            number = f"SO-{order['id']}"
            said = program.post(
                f"/orders/{order['id']}/acknowledgements", {"erp_number": number}, f"ack-{number}"
            )
            with ledger.lock:
                if said.status < 300:
                    ledger.taken[order["id"]] = said.json["erp_number"]
                else:
                    ledger.refused.append(f"ERP: {said.status} {said.json}")


def _place(program: Program, kind: str) -> str:
    found: str = program.get(f"/addresses?kind={kind}")["data"][0]["id"]
    return found


def _accepted(said: Said) -> None:
    if said.status >= 300:
        raise RuntimeError(f"{said.status} {said.json}")

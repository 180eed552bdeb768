"""Examples for the OpenAPI document: real answers to real calls in the cast's world.

What differs from run to run is made the same: ids are counted, hashes and secrets are stand-ins,
this machine's time is the cast's. Each operation is called by the first person who may.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from placet.core.clock import real_now
from tests.api.caller import Caller, Said
from tests.cast import NOW, Cast
from tests.web.rights.routes import Operation, list_operations
from tests.web.rights.trying import KEY, PEOPLE_OF_COLUMNS, Ground, lay_ground
from tests.web.rights.world import build_world

COLUMNS: Final = ("owner", "admin", "head", "boss", "store", "desk", "peer", "parent", KEY)
MOST_ROWS: Final = 2
ID: Final = re.compile(r"\b([a-z]{2,5})_[0-9a-hjkmnp-tv-z]{26}\b")
HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")
SECRET: Final = re.compile(r"\b(whsec_|sk_live_|sk_test_|sl_)[\w+/=-]{16,}")
INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
CURSOR: Final = re.compile(r"\beyJ|^[\w-]+:[\w-]+:[\w-]{20,}$")


def record_examples(cast: Cast, names: Collection[str] = ()) -> dict[str, Any]:
    """What was sent and what was answered, where that is JSON; of these operations, or all."""
    ground = lay_ground(cast, build_world(cast))
    found = {}
    for operation in sorted(list_operations(), key=lambda one: one.name):
        if names and operation.name not in names:
            continue
        example = _example(ground, operation)
        if example:
            found[operation.name] = example
    return found


def _example(ground: Ground, operation: Operation) -> dict[str, Any]:
    """The best of the answers: a list with something in it before an empty one."""
    best: dict[str, Any] = {}
    for body, said in _tries(ground, operation):
        if not 200 <= said.status < 300:
            continue
        example = {"status": said.status}
        plain = _Plain()
        if body is not None:
            example["request"] = plain.of(body)
        if said.json is not None:
            example["response"] = plain.of(said.json)
        best = best or example
        rows = said.json.get("data") if isinstance(said.json, dict) else None
        if rows != []:
            return example
    return best


def _tries(ground: Ground, operation: Operation) -> Iterator[tuple[Any, Said]]:
    is_reading = operation.method in ("GET", "DELETE")
    body = None if is_reading else ground.operations.get(operation.name, {})
    for column in COLUMNS:
        caller: Caller = ground.callers[PEOPLE_OF_COLUMNS.get(column, column)]
        values = {one: ground.world.named(operation.name, one)[0] for one in operation.parameters}
        address = "/" + operation.path.format(**values)
        headers = {} if operation.method in ("GET", "POST") else {"if_match": "*"}
        with transaction.atomic():
            if operation.method == "POST":
                said = caller.post(address, body)
            else:
                said = caller.send(operation.method, address, body, **headers)
            transaction.set_rollback(True)
        yield body, said


class _Plain:
    """One example with everything in it that is of this run only replaced, alike throughout."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def of(self, found: Any, name: str = "") -> Any:
        """The same value, to be kept."""
        if isinstance(found, dict):
            return {key: self.of(value, key) for key, value in found.items()}
        if isinstance(found, list):
            most = MOST_ROWS if name == "data" else 10
            return [self.of(one) for one in found[:most]]
        if isinstance(found, str):
            return self._text(found, name)
        return 12 if name == "milliseconds" else found

    def _text(self, text: str, name: str) -> str:
        if name in ("cursor", "next_cursor") and text:
            return "eyJmcm9tIjoiLi4uIn0"
        text = SECRET.sub(lambda at: at[1] + "example", text)
        text = ID.sub(lambda at: self._numbered(at[0], at[1] + "_01m8"), text)
        text = HASH.sub(self._hash, text)
        return INSTANT.sub(_instant, text)

    def _numbered(self, found: str, before: str) -> str:
        number = len(self.known) + 1
        return self.known.setdefault(found, before + str(number).zfill(22))

    def _hash(self, at: re.Match[str]) -> str:
        number = len(self.known) + 1
        made = hashlib.sha256(str(number).encode()).hexdigest()
        return self.known.setdefault(at[0], made)


def _instant(at: re.Match[str]) -> str:
    """The time of the cast for what is this machine's, or is the run's seconds after the cast's."""
    found = datetime.fromisoformat(at[0].replace("Z", "+00:00"))
    for around in (NOW, real_now()):
        if abs(found - around) < timedelta(hours=2):
            return NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def written(examples: dict[str, Any]) -> str:
    """As they stand in the file."""
    return json.dumps(examples, indent=1, ensure_ascii=False, sort_keys=True) + "\n"

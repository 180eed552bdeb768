"""Calls that schemathesis makes up from the OpenAPI document, and whether the answers are allowed.

Ids in addresses are mostly those of things that exist, so that calls get past the first door. What
a call changes is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.caller import Caller, document
from tests.web.rights.world import World

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MODES: Final = (
    schemathesis.GenerationMode.POSITIVE,
    schemathesis.GenerationMode.NEGATIVE,
)


class Tried(NamedTuple):
    """How the calls ended: how many by status and by operation, and what was wrong with which."""

    statuses: dict[int, int]
    operations: dict[str, int]
    wrong: list[str]


def try_calls(
    world: World, callers: Sequence[Caller], *, each: int, seeded: int, only: str = ""
) -> Tried:
    """Make up so many calls of every operation, half of them wrong, by all these keys."""
    schema = schemathesis.openapi.from_dict(document())
    schema.app = WSGIHandler()
    tried = Tried({}, {}, [])
    with _connection_kept():
        for found in schema.get_all_operations():
            operation = found.ok()
            if only and operation.definition.raw["operationId"] != only:
                continue
            for turn, mode in enumerate(MODES):
                _try_operation(operation, mode, world, callers, each, seeded + turn, tried)
    return tried


@contextmanager
def _connection_kept() -> Iterator[None]:
    """The end of a request does not end the test's connection, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def _try_operation(
    operation: Any,
    mode: Any,
    world: World,
    callers: Sequence[Caller],
    each: int,
    seeded: int,
    tried: Tried,
) -> None:
    ids, name = _ids(operation, world), operation.definition.raw["operationId"]
    cases = operation.as_strategy(generation_mode=mode)

    @seed(seeded)
    @settings(
        max_examples=each,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.sampled_from(callers), st.integers(0, 9))
    def run(case: Any, caller: Caller, chance: int) -> None:
        if chance:
            case.path_parameters = {**(case.path_parameters or {}), **ids}
        case.headers = {**(case.headers or {}), **_headers(caller, chance)}
        try:
            with transaction.atomic():
                answer = case.call()
                transaction.set_rollback(True)
            tried.statuses[answer.status_code] = tried.statuses.get(answer.status_code, 0) + 1
            tried.operations[name] = tried.operations.get(name, 0) + 1
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            tried.wrong.append(f"{case.as_curl_command()}\n{failure}")

    run()


def _ids(operation: Any, world: World) -> Mapping[str, str]:
    """An id that exists for each part of the address that the world knows."""
    raw = operation.definition.raw
    found = {}
    for name in (one["name"] for one in raw.get("parameters", []) if one["in"] == "path"):
        known = world.values.get(f"{raw['operationId']}.{name}") or world.values.get(name)
        if known:
            found[name] = known[0]
    return found


def _headers(caller: Caller, chance: int) -> dict[str, str]:
    """Who calls; mostly with the version that is there, and with a key for what is sent twice."""
    found = {"Authorization": f"Bearer {caller.secret}"} if caller.secret else {}
    found["Placet-Member"] = caller.member
    if chance > 1:
        found |= {"If-Match": "*", "Idempotency-Key": f"made-up-{chance}"}
    return found


def operations() -> Iterator[str]:
    """The names of all operations."""
    for methods in document()["paths"].values():
        for operation in methods.values():
            yield operation["operationId"]

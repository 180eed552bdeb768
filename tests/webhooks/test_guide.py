"""docs/api/webhooks.md is true: its lines of Python verify, its tables are those of the code."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from placet.core.clock import real_now
from placet.web.audit.sentences import SENTENCES
from placet.webhooks.actions import rotate_secret
from placet.webhooks.content import TOLD_TO_MERCHANT, is_published, noun_of
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Endpoint
from placet.webhooks.outbox import read_outbox
from placet.webhooks.retries import WAITS
from tests.cast import Cast
from tests.house.source import ROOT
from tests.webhooks.receiver import Received, Receiver

GUIDE = (ROOT / "docs/api/webhooks.md").read_text(encoding="utf-8")
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
UNITS = {"s": "seconds", "min": "minutes", "h": "hours"}


@pytest.fixture
def verify() -> Callable[[str, Received], Any]:
    """The function that the guide prints."""
    (code,) = PYTHON.findall(GUIDE)
    printed: dict[str, Any] = {}
    exec(compile(code, "docs/api/webhooks.md", "exec"), printed)

    def verified(secret: str, received: Received) -> Any:
        return printed["verify"](secret, received.headers, received.body)

    return verified


def test_its_python_verifies_what_we_send_and_nothing_else(
    endpoint: Endpoint,
    receiver: Receiver,
    happen: Callable[..., str],
    cast: Cast,
    verify: Callable[[str, Received], Any],
) -> None:
    happen("order.created", "ord_1", number=1)
    now = real_now()
    read_outbox(now=now)
    send_webhooks(now=now, business_now=cast.now)
    (received,) = receiver.received
    assert verify(endpoint.secret, received)["data"]["id"] == "ord_1"
    for changed in (
        Received(received.path, received.headers, received.body + b" "),
        Received(received.path, {**received.headers, "webhook-id": "evt_2"}, received.body),
        Received(received.path, {**received.headers, "webhook-timestamp": "1"}, received.body),
        Received(received.path, {**received.headers, "webhook-signature": "v1,"}, received.body),
    ):
        with pytest.raises(ValueError, match=r"signature|old"):
            verify(endpoint.secret, changed)


def test_both_secrets_verify_for_a_day_and_then_the_new_one_alone(
    endpoint: Endpoint,
    receiver: Receiver,
    happen: Callable[..., str],
    cast: Cast,
    verify: Callable[[str, Received], Any],
) -> None:
    before = endpoint.secret
    rotate_secret(endpoint, actor=cast.ines, now=cast.now)
    now = real_now()
    for number, is_old_known in enumerate((True, False)):
        happen("order.created", f"ord_{number}")
        read_outbox(now=now)
        send_webhooks(now=now, business_now=cast.now)
        verify(endpoint.secret, receiver.received[-1])
        if is_old_known:
            verify(before, receiver.received[-1])
        else:
            with pytest.raises(ValueError, match="signature"):
                verify(before, receiver.received[-1])
        # A day later by the row, since the receiver's own clock is the machine's.
        Endpoint.objects.update(previous_secret_until=now - timedelta(seconds=1))


def table(head: str) -> list[tuple[str, str]]:
    """The rows of the table whose head begins like this."""
    rows = GUIDE.split(f"| {head}", 1)[1].splitlines()[2:]
    found = []
    for row in rows:
        if not row.startswith("|"):
            break
        first, second = row.strip("| ").split(" | ")
        found.append((first, second))
    return found


def test_its_waits_are_those_of_the_code() -> None:
    told = table("attempt |")
    assert [int(number) for number, _wait in told] == list(range(1, len(WAITS) + 1))
    waits = [wait.split() for _number, wait in told]
    assert [timedelta(**{UNITS[unit]: int(much)}) for much, unit in waits] == list(WAITS)


def test_its_events_are_all_that_leave() -> None:
    told = {(thing, name) for thing, names in table("thing | events") for name in named(names)}
    kinds = {name.partition(" ")[0] for name in SENTENCES}
    assert told == {(noun_of(name), name) for name in kinds if is_published(name)}


def test_it_says_everything_that_the_merchant_is_told() -> None:
    told = {thing: set(named(names)) for thing, names in table("thing | what the merchant")}
    assert told == {noun: set(values) for noun, values in TOLD_TO_MERCHANT.items()}


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)

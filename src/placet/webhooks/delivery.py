"""Sending what is due: claim the row, post without a transaction, write down what happened.

A claim moves ``next_attempt_at`` forward under a lock of the row, so two workers never send the
same attempt, and an attempt that a crash swallowed is due again when its claim runs out. A receiver
may therefore see a message twice, with the same ``webhook-id``; it never misses one.

Endpoints are served side by side. Each has a few messages in the air; one that answers slowly has
one, and all of these together have half of the room, so that they hold up nobody else. One that was
failing counts as slow until it has answered.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.db.models import F, Min

from placet.core.transaction import transaction
from placet.webhooks.attempts import Outcome, attempt_delivery
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.settling import settle

AT_ONCE = 16
SLOW_AT_ONCE = 8
PER_ENDPOINT = 4
READ_AHEAD = 25
MOST_A_CALL = 20_000
SLOW_MILLISECONDS = 2_000
LOOKS_AGAIN = timedelta(seconds=1)
CLAIM_LASTS = timedelta(minutes=2)
SEEN = ("pk", "attempts", "next_attempt_at")


def send_webhooks(
    *,
    now: datetime,
    business_now: datetime,
    read_now: Callable[[], datetime] | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Send the deliveries that are due; returns how many attempts were made.

    ``now`` is real time, for attempts and timestamps; ``read_now`` reads it again, so that what
    becomes due meanwhile does not wait for a slow receiver. An endpoint that is switched off gets
    an event at ``business_now``. ``is_stopped`` is asked before each attempt.
    """
    read = read_now or (lambda: now)
    air = Air()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        while True:
            if air.made < MOST_A_CALL and not is_stopped():
                air.launch(threads, read())
            if not air.flights:
                return air.made
            # With a clock that moves, something new may be due before anything has landed.
            landed, _flying = wait(
                air.flights, LOOKS_AGAIN.total_seconds() if read_now else None, FIRST_COMPLETED
            )
            ended = [air.land(flight) for flight in landed]
            settle(ended, now=read(), business_now=business_now)


class Air:
    """The attempts that are on their way, and who is next; all of it in one thread."""

    def __init__(self) -> None:
        self.flights: dict[Future[Outcome], Delivery] = {}
        self.made = 0
        self._ready: dict[str, deque[Delivery]] = {}
        self._busy: Counter[str] = Counter()
        self._slow: set[str] = set()
        self._looked_at: datetime | None = None

    def launch(self, threads: ThreadPoolExecutor, now: datetime) -> None:
        """Claim and start as many attempts as there is room for, each endpoint in its turn."""
        self._look(now)
        chosen: list[Delivery] = []
        while len(self.flights) + len(chosen) < AT_ONCE and (following := self._next()):
            chosen.append(following)
            self._busy[following.endpoint_id] += 1
        claimed = _claim(chosen, now)
        self._busy.subtract(one.endpoint_id for one in chosen)
        self._busy.update(one.endpoint_id for one in claimed)
        for delivery in claimed:
            self.flights[threads.submit(attempt_delivery, delivery, now)] = delivery
        self.made += len(claimed)

    def land(self, flight: Future[Outcome]) -> tuple[Delivery, Outcome]:
        """The delivery of an attempt that has ended, and what came of it."""
        delivery = self.flights.pop(flight)
        outcome = flight.result()
        self._busy[delivery.endpoint_id] -= 1
        if outcome.milliseconds < SLOW_MILLISECONDS:
            self._slow.discard(delivery.endpoint_id)
        else:
            self._slow.add(delivery.endpoint_id)
        return delivery, outcome

    def _look(self, now: datetime) -> None:
        """Read on where there is room and nothing is at hand, and now and then for who is new."""
        self._ready = {key: rows for key, rows in self._ready.items() if rows}
        is_recent = self._looked_at is not None and now - self._looked_at < LOOKS_AGAIN
        has_next = is_recent and any(self._has_room(key) for key in self._ready)
        if has_next or len(self.flights) >= AT_ONCE:
            return
        self._looked_at = now
        for endpoint_id, rows in _due(now, self._full()).items():
            self._ready[endpoint_id] = deque(rows)
            if rows[0].endpoint.failing_since is not None:
                self._slow.add(endpoint_id)

    def _next(self) -> Delivery | None:
        """The next message of the endpoint that has the fewest in the air."""
        able = [key for key, rows in self._ready.items() if rows and self._has_room(key)]
        if not able:
            return None
        chosen = min(able, key=lambda key: (self._busy[key], key in self._slow))
        return self._ready[chosen].popleft()

    def _has_room(self, endpoint_id: str) -> bool:
        if endpoint_id not in self._slow:
            return self._busy[endpoint_id] < PER_ENDPOINT
        together = sum(self._busy[key] for key in self._slow)
        return self._busy[endpoint_id] < 1 and together < SLOW_AT_ONCE

    def _full(self) -> set[str]:
        """Endpoints that would get nothing now, or have their next messages at hand."""
        busy = {key for key, many in self._busy.items() if many}
        return {key for key in busy | self._slow if not self._has_room(key)} | set(self._ready)


def _due(now: datetime, without: set[str]) -> dict[str, list[Delivery]]:
    """The oldest due deliveries of the endpoints that waited longest, well and failing ones."""
    due = Delivery.objects.filter(
        status=Delivery.Status.WAITING,
        next_attempt_at__lte=now,
        endpoint__status=Endpoint.Status.ACTIVE,
    ).exclude(endpoint_id__in=sorted(without))
    waiting = due.values_list("endpoint_id").annotate(since=Min("next_attempt_at"))
    in_turn = waiting.order_by("since", "endpoint_id")
    well = in_turn.filter(endpoint__failing_since__isnull=True)[:AT_ONCE]
    failing = in_turn.filter(endpoint__failing_since__isnull=False)[:SLOW_AT_ONCE]
    found = {
        endpoint_id: list(
            due.filter(endpoint_id=endpoint_id)
            .select_related("endpoint__company")
            .order_by("next_attempt_at", "position")[:READ_AHEAD]
        )
        for endpoint_id, _since in [*well, *failing]
    }
    # Another worker may have claimed all of an endpoint's messages since its turn was read.
    return {endpoint_id: rows for endpoint_id, rows in found.items() if rows}


@transaction
def _claim(chosen: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Those that this worker has now; their rows count the attempt and are due again later."""
    if not chosen:
        return []
    rows = Delivery.objects.select_for_update(of=("self",)).filter(
        pk__in=sorted(one.pk for one in chosen),
        status=Delivery.Status.WAITING,
        endpoint__status=Endpoint.Status.ACTIVE,
    )
    there = {row[0]: row[1:] for row in rows.order_by("pk").values_list(*SEEN)}
    claimed = [one for one in chosen if there.get(one.pk) == (one.attempts, one.next_attempt_at)]
    Delivery.objects.filter(pk__in=[one.pk for one in claimed]).update(
        attempts=F("attempts") + 1, next_attempt_at=now + CLAIM_LASTS
    )
    for one in claimed:
        one.attempts += 1
        one.next_attempt_at = now + CLAIM_LASTS
    return claimed

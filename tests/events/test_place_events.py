"""The dispatcher gives every event one position, whatever order their commits came in."""

import pytest

from placet.core.transaction import transaction
from placet.events.actions import place_events
from placet.events.models import Event, EventPending, EventPosition
from placet.events.queries import list_outbox
from placet.events.record import record
from tests.cast import Cast
from tests.ground import Failed, Ground, race


@transaction
def note(cast: Cast, *subjects: str, company: str = "meridian") -> None:
    for subject in subjects:
        record(
            "cart.created",
            subject,
            actor=cast.lena,
            now=cast.now,
            company_id=cast.company[company],
        )


def dispatch(limit: int = 500) -> int:
    placed = 0
    while count := place_events(limit=limit):
        placed += count
    return placed


@pytest.mark.django_db
def test_every_event_has_one_place_and_companies_keep_their_order(cast: Cast) -> None:
    note(cast, "a", "b")
    note(cast, "c", company="kowalski")
    note(cast, "d")
    waiting = EventPending.objects.count()
    assert dispatch(limit=7) == waiting == Event.objects.count()
    assert dispatch() == 0
    assert EventPosition.objects.count() == waiting
    by_company: dict[str, list[int]] = {}
    for event in list_outbox(0, 10_000):
        by_company.setdefault(event.company_id, []).append(event.seq)
    assert all(seqs == sorted(seqs) for seqs in by_company.values())
    assert len(by_company) == 5


@pytest.mark.django_db
def test_a_reader_that_looked_before_misses_nothing_that_commits_late(cast: Cast) -> None:
    """The later event of another company is placed first; the earlier one comes behind it."""
    dispatch()
    note(cast, "late")
    late = Event.objects.get(subject="late")
    EventPending.objects.filter(event=late).delete()  # its commit is not visible yet
    note(cast, "early", company="kowalski")
    dispatch()
    seen = list_outbox(0, 10_000)
    position = seen[-1].place.position
    assert seen[-1].subject == "early"
    EventPending.objects.create(event=late)
    dispatch()
    assert [event.subject for event in list_outbox(position, 10)] == ["late"]


def test_two_dispatchers_at_once_place_nothing_twice(committed_db: Ground, cast: Cast) -> None:
    waiting = EventPending.objects.count()
    results = race([dispatch] * 4)
    assert [r for r in results if isinstance(r, Failed)] == []
    assert sum(results) == waiting == EventPosition.objects.count()
    positions = EventPosition.objects.values_list("event__company_id", "event__seq")
    by_company: dict[str, list[int]] = {}
    for company_id, seq in positions.order_by("position"):
        by_company.setdefault(company_id, []).append(seq)
    assert all(seqs == sorted(seqs) for seqs in by_company.values())

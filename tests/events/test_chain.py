"""Events are chained by hash per company, gap-free, and what they hide can be erased."""

import json
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from placet.companies.actions import suspend_company
from placet.companies.models import Company
from placet.core.transaction import transaction
from placet.events.canonical import canonical_bytes, sha256
from placet.events.models import Event, EventHead, EventPending, EventPrivate
from placet.events.queries import list_audit, list_feed
from placet.events.record import hash_of, record
from tests.cast import Cast
from tests.ground import Failed, Ground, race


@transaction
def note(cast: Cast, *subjects: str, company: str = "meridian", fails: bool = False) -> None:
    for subject in subjects:
        record(
            "cart.created",
            subject,
            actor=cast.lena,
            now=cast.now,
            company_id=cast.company[company],
            amount=100,
            private={"name": "Łódź"},
        )
    if fails:
        raise ValueError(subjects)


def assert_chained(company_id: str) -> list[Event]:
    events = list(Event.objects.filter(company_id=company_id).order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert events[0].previous_hash == ""
    assert all(event.hash == hash_of(event) for event in events)
    assert all(later.previous_hash == earlier.hash for earlier, later in pairwise(events))
    head = EventHead.objects.get(company_id=company_id)
    assert (head.seq, head.hash) == (events[-1].seq, events[-1].hash)
    return events


@pytest.mark.django_db
def test_the_casts_own_chains_are_whole(cast: Cast) -> None:
    for slug in ("norden", "meridian", "kowalski", "park", "stahl"):
        assert_chained(cast.company[slug])


@pytest.mark.django_db
def test_one_transaction_writes_several_companies_and_each_has_its_chain(cast: Cast) -> None:
    note(cast, "a", "b")
    note(cast, "c", company="kowalski")
    last = assert_chained(cast.company["meridian"])[-2:]
    assert [event.subject for event in last] == ["a", "b"]
    assert assert_chained(cast.company["kowalski"])[-1].subject == "c"
    assert EventPending.objects.filter(event__in=last).count() == 2


@pytest.mark.django_db
def test_a_failed_action_leaves_no_event_and_no_gap(cast: Cast) -> None:
    before = Event.objects.count()
    with pytest.raises(ValueError, match="a"):
        note(cast, "a", fails=True)
    assert Event.objects.count() == before
    note(cast, "b")
    assert_chained(cast.company["meridian"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("payload", '{"amount":1}'), ("actor_member", "mem_x"), ("subject", "z"), ("seq", 99)),
        *(("created_at", datetime(2020, 1, 1, tzinfo=UTC)), ("private_hash", "0"), ("type", "t")),
        *(("channel", "mail"), ("person_user", "u"), ("previous_hash", "0"), ("company_id", "c")),
    ],
)
def test_every_column_is_under_the_hash(cast: Cast, column: str, value: object) -> None:
    note(cast, "a")
    event = Event.objects.get(subject="a")
    setattr(event, column, value)
    assert hash_of(event) != event.hash


@pytest.mark.django_db
def test_erasing_what_is_private_breaks_nothing(cast: Cast) -> None:
    note(cast, "a")
    event = Event.objects.select_related("private").get(subject="a")
    assert "Łódź" not in event.payload
    assert json.loads(event.private.payload) == {"name": "Łódź"}
    private = event.private
    assert event.private_hash == sha256((private.salt + private.payload).encode())
    EventPrivate.objects.filter(event=event).delete()
    assert_chained(cast.company["meridian"])


@pytest.mark.django_db
def test_an_outsider_reads_no_foreign_event(cast: Cast) -> None:
    note(cast, "a")
    assert [event.subject for event in list_feed(cast.company["meridian"], ["a"])] == ["a"]
    assert not list_feed(cast.company["kowalski"], ["a"])
    assert "a" not in {event.subject for event in list_audit(cast.company["kowalski"])}


def test_many_writers_at_once_leave_no_gap(committed_db: Ground, cast: Cast) -> None:
    results = race([lambda: note(cast, "x", "y")] * 10)
    assert [r for r in results if isinstance(r, Failed)] == []
    assert len(assert_chained(cast.company["meridian"])) > 20


def test_the_actor_of_an_event_is_who_did_it(committed_db: Ground, cast: Cast) -> None:
    suspend_company(Company.objects.get(slug="park"), actor=cast.odd, now=cast.now)
    event = Event.objects.get(company_id=cast.company["park"], type="company.suspended")
    assert (event.actor_user, event.actor_member, event.person_user, event.channel) == (
        *(cast.odd.user_id, cast.odd.member_id, cast.odd.user_id, "web"),
    )


@pytest.mark.parametrize("wrong", [1.5, {1, 2}, b"x", datetime(2026, 1, 1, tzinfo=UTC)])
def test_only_exact_values_have_a_canonical_form(wrong: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes({"a": [wrong]})


def test_one_value_has_one_form() -> None:
    assert canonical_bytes({"b": 1, "a": "e\u0301"}) == canonical_bytes({"a": "\u00e9", "b": 1})
    assert (
        canonical_bytes({"a": None, "b": [True, 10**15]})
        == b'{"a":null,"b":[true,1000000000000000]}'
    )

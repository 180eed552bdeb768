"""What left the house: attempts, next time and last error in the row, and a way to try again."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from placet.core import clock
from placet.core.actor import Actor
from placet.notices.models import Mail
from placet.webhooks.actions import add_endpoint
from placet.webhooks.models import Delivery, Endpoint
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

ADDRESS = "/c/meridian/deliveries/"


@pytest.fixture
def endpoint(db: None, cast: Cast) -> Endpoint:
    """Meridian's ERP."""
    return add_endpoint("https://erp.example.com/hooks", actor=cast.ines, now=cast.now)


def deliver(endpoint: Endpoint, number: int, **columns: object) -> Delivery:
    """A delivery to this endpoint, waiting unless the columns say otherwise."""
    values: dict[str, object] = {
        "created_at": clock.real_now() - timedelta(minutes=number),
        "event_id": f"evt_{number}",
        "event_type": "order.created",
        "position": number,
        "body": '{"type":"order.created"}',
        "next_attempt_at": clock.real_now() + timedelta(hours=2),
        **columns,
    }
    return Delivery.objects.create(endpoint=endpoint, **values)


def write_mail(actor: Actor, number: int, **columns: object) -> Mail:
    """A mail to this person."""
    values: dict[str, object] = {
        "created_at": clock.real_now() - timedelta(minutes=number),
        "company_id": actor.company_id,
        "member_id": actor.member_id,
        "address": "someone@meridian.example",
        "kind": "decide",
        "subject_ref": f"stp_{number}",
        "event_id": f"evt_{number}",
        "next_attempt_at": clock.real_now(),
        **columns,
    }
    return Mail.objects.create(**values)


def test_a_row_says_what_became_of_it(endpoint: Endpoint, cast: Cast) -> None:
    deliver(endpoint, 1, attempts=3, last_status=503, last_error="not_accepted")
    text = page(cast.ines, "deliveries/")
    for word in (
        "order.created",
        "Tried, waiting",
        ">3<",
        "It answered 503. Only 2xx counts.",
        "Retry",
    ):
        assert word in text


def test_the_address_filters(endpoint: Endpoint, cast: Cast) -> None:
    other = add_endpoint("https://shop.example.com/hooks", actor=cast.ines, now=cast.now)
    deliver(endpoint, 1, status="failed", event_type="order.failed")
    deliver(other, 2, status="delivered", event_type="budget.adjusted")
    failed = page(cast.ines, "deliveries/?status=failed")
    assert ">order.failed</a>" in failed
    assert ">budget.adjusted</a>" not in failed
    assert ">budget.adjusted</a>" in page(cast.ines, f"deliveries/?endpoint={other.id}")
    assert "No delivery matches" in page(cast.ines, "deliveries/?status=waiting")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("type=order.failed", {"order.failed"}),
        ("type=order.*", {"order.failed", "order.created"}),
        ("type=budget.*&status=delivered", {"budget.adjusted"}),
        ("type=quote.*", set()),
        ("since=2000-01-01", {"order.failed", "order.created", "budget.adjusted"}),
        ("since=2199-01-01", set()),
    ],
)
def test_type_and_day_filter(endpoint: Endpoint, cast: Cast, query: str, shown: set[str]) -> None:
    deliver(endpoint, 1, event_type="order.failed")
    deliver(endpoint, 2, event_type="order.created")
    deliver(endpoint, 3, status="delivered", event_type="budget.adjusted")
    text = page(cast.ines, f"deliveries/?{query}")
    types = ("order.failed", "order.created", "budget.adjusted")
    assert {one for one in types if f">{one}</a>" in text} == shown
    assert ("No delivery matches" in text) == (not shown)


@pytest.mark.parametrize(
    "query",
    [
        "type=<script>",
        "type=order",
        "since=yesterday",
        "since=0001-01-01",
        "since=9999-12-31",
        "status=x",
    ],
)
def test_a_filter_that_is_wrong_says_so_and_stays(
    endpoint: Endpoint, cast: Cast, query: str
) -> None:
    deliver(endpoint, 1)
    text = page(cast.ines, f"deliveries/?{query}&endpoint={endpoint.id}")
    assert ">order.created</a>" in text
    name, _is, typed = query.partition("=")
    if name != "status":
        assert f'id="id_{name}_error"' in text
        assert escape(typed) in text


def test_each_filter_has_a_name_that_is_seen(endpoint: Endpoint, cast: Cast) -> None:
    add_endpoint("https://shop.example.com/hooks", actor=cast.ines, now=cast.now)
    text = page(cast.ines, "deliveries/")
    for field, name in (("endpoint", "Endpoint"), ("id_type", "Event"), ("id_since", "Since")):
        assert f'<label for="{field}">{name}</label>' in text


def test_retry_and_replay_go_back_to_the_filtered_list(endpoint: Endpoint, cast: Cast) -> None:
    failed = deliver(endpoint, 1, status="failed", attempts=10)
    arrived = deliver(endpoint, 2, status="delivered", attempts=1)
    client = as_actor(cast.ines)
    answer = client.post(f"{ADDRESS}{failed.id}/retry/", {"query": "status=failed"})
    assert answer["Location"] == f"{ADDRESS}?status=failed"
    client.post(f"{ADDRESS}{arrived.id}/replay/", {"query": "https://evil.example"})
    for delivery in (failed, arrived):
        delivery.refresh_from_db()
        assert (delivery.status, delivery.attempts) == ("waiting", 0)


def test_what_is_on_its_way_is_not_replayed(endpoint: Endpoint, cast: Cast) -> None:
    waiting = deliver(endpoint, 1, attempts=2)
    assert as_actor(cast.ines).post(f"{ADDRESS}{waiting.id}/replay/").status_code == 302
    waiting.refresh_from_db()
    assert waiting.attempts == 2


def test_the_way_back_never_leaves_the_site(endpoint: Endpoint, cast: Cast) -> None:
    waiting = deliver(endpoint, 1)
    for query in ("//evil.example", "\r\nX: y", "a" * 9_000):
        answer = as_actor(cast.ines).post(f"{ADDRESS}{waiting.id}/retry/", {"query": query})
        assert answer["Location"].startswith(ADDRESS)


def test_mails_with_their_people_and_errors(db: None, cast: Cast) -> None:
    write_mail(cast.rashid, 1, status="failed", attempts=5, last_error="550 no such user")
    text = page(cast.ines, "deliveries/mails/")
    for word in ("Rashid Haddad", "Something to decide", "Given up", "550 no such user", "Retry"):
        assert word in text
    assert "No mail is in this state" in page(cast.ines, "deliveries/mails/?status=sent")


def test_a_mail_is_tried_again(db: None, cast: Cast) -> None:
    mail = write_mail(cast.rashid, 1, status="failed", attempts=5)
    sent = write_mail(cast.rashid, 2, status="sent", attempts=1)
    client = as_actor(cast.ines)
    client.post(f"{ADDRESS}mails/{mail.id}/retry/")
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("waiting", 0)
    assert client.post(f"{ADDRESS}mails/{sent.id}/retry/").status_code == 302
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_an_auditor_reads_mails_and_presses_nothing(db: None, cast: Cast) -> None:
    mail = write_mail(cast.rashid, 1, status="failed")
    assert "Retry" not in page(cast.aron, "deliveries/mails/")
    assert as_actor(cast.aron).post(f"{ADDRESS}mails/{mail.id}/retry/").status_code == 403
    page(cast.aron, "deliveries/", status=403)


def test_strangers_find_nothing(endpoint: Endpoint, cast: Cast) -> None:
    delivery = deliver(endpoint, 1)
    mail = write_mail(cast.rashid, 1)
    jan = as_actor(cast.jan)
    assert ">order.created</a>" not in page(cast.jan, "deliveries/")
    page(cast.jan, f"deliveries/{delivery.id}/", status=404)
    page(cast.lena, f"deliveries/{delivery.id}/", status=403)
    for path in (f"{delivery.id}/retry/", f"{delivery.id}/replay/", f"mails/{mail.id}/retry/"):
        assert jan.post(f"/c/kowalski/deliveries/{path}").status_code == 404
        assert as_actor(cast.lena).post(f"{ADDRESS}{path}").status_code == 403


def test_empty_lists_say_what_to_do(db: None, cast: Cast) -> None:
    assert "Add an endpoint" in page(cast.ines, "deliveries/")
    assert "No mails yet" in page(cast.ines, "deliveries/mails/")
    add_endpoint("https://erp.example.com/hooks", actor=cast.ines, now=cast.now)
    assert "Send a test event" in page(cast.ines, "deliveries/")


@pytest.mark.parametrize("path", ["deliveries/", "deliveries/mails/"])
def test_more_rows_cost_no_more_queries(endpoint: Endpoint, cast: Cast, path: str) -> None:
    for number in range(30):
        deliver(endpoint, number)
        write_mail(cast.rashid, number)
    before = queries_of(cast.ines, path)
    for number in range(30, 200):
        deliver(endpoint, number)
        write_mail(cast.lena, number)
    assert queries_of(cast.ines, path) <= before

"""Endpoints: added with a reason beside the field when refused, their secret shown once."""

import pytest

from placet.companies.changing import ChangedMeanwhile
from placet.webhooks.actions import disable_endpoint, rotate_secret
from placet.webhooks.models import Delivery, Endpoint
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

ADDRESS = "/c/meridian/webhooks/"
URL = "https://erp.example.com/hooks"


@pytest.fixture
def endpoint(db: None, cast: Cast) -> Endpoint:
    """An endpoint of Meridian's, added on the page."""
    as_actor(cast.ines).post(f"{ADDRESS}new/", {"url": URL, "event_types": ["order.*"]})
    return Endpoint.objects.get()


def test_the_secret_is_shown_exactly_once(endpoint: Endpoint, cast: Cast) -> None:
    Endpoint.objects.all().delete()
    answer = as_actor(cast.ines).post(f"{ADDRESS}new/", {"url": URL})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    secret = Endpoint.objects.get().secret
    assert secret in answer.content.decode()
    assert secret not in page(cast.ines, "webhooks/")
    again = as_actor(cast.ines).post(f"{ADDRESS}new/", {"url": URL})
    assert again.status_code == 422
    assert Endpoint.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://erp.example.com/", "must start with https://"),
        ("https://127.0.0.1/", "internal network"),
        ("https://10.0.0.7/hook", "internal network"),
        ("https://[::ffff:127.0.0.1]/", "internal network"),
        ("https://localhost/", "internal network"),
        ("https://me:secret@erp.example.com/", "no user name"),
        ("", "required"),
        ("nonsense", "must start with https://"),
    ],
)
def test_a_refused_address_says_why_beside_the_field(
    db: None, cast: Cast, settings: object, url: str, reason: str
) -> None:
    settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES = False  # type: ignore[attr-defined]
    answer = as_actor(cast.ines).post(f"{ADDRESS}new/", {"url": url})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert reason in text.split('id="id_url_error"')[1].split("</span>")[0]
    assert not Endpoint.objects.exists()


def test_unknown_events_are_refused(db: None, cast: Cast) -> None:
    for name in ("key.created", "endpoint.*", "order.created; drop"):
        answer = as_actor(cast.ines).post(f"{ADDRESS}new/", {"url": URL, "event_types": [name]})
        assert answer.status_code == 422, name
    assert not Endpoint.objects.exists()


def test_rotating_shows_the_new_secret_and_sent_twice_rotates_once(
    endpoint: Endpoint, cast: Cast
) -> None:
    client = as_actor(cast.ines)
    form = {"version": str(endpoint.version)}
    answer = client.post(f"{ADDRESS}{endpoint.id}/rotate/", form)
    before = endpoint.secret
    endpoint.refresh_from_db()
    assert endpoint.secret != before
    assert endpoint.secret in answer.content.decode()
    assert client.post(f"{ADDRESS}{endpoint.id}/rotate/", form).status_code == 302
    rotated = endpoint.secret
    endpoint.refresh_from_db()
    assert endpoint.secret == rotated
    assert "old secret as well until" in page(cast.ines, "webhooks/")


def test_two_clicks_that_saw_the_same_rotate_once(endpoint: Endpoint, cast: Cast) -> None:
    first, second = Endpoint.objects.get(), Endpoint.objects.get()
    rotate_secret(first, version=first.version, actor=cast.ines, now=cast.now)
    with pytest.raises(ChangedMeanwhile):
        rotate_secret(second, version=second.version, actor=cast.ines, now=cast.now)
    kept = Endpoint.objects.get()
    assert (kept.secret, kept.previous_secret) == (first.secret, endpoint.secret)


def test_a_form_of_yesterday_overwrites_nothing(endpoint: Endpoint, cast: Cast) -> None:
    address = f"{ADDRESS}{endpoint.id}/edit/"
    form = {"url": URL, "event_types": ["quote.*"], "version": str(endpoint.version)}
    assert f'name="version" value="{endpoint.version}"' in page(
        cast.ines, f"webhooks/{endpoint.id}/edit/"
    )
    other = "https://new.example.com/in"
    assert as_actor(cast.ines).post(address, {**form, "url": other}).status_code == 302
    late = as_actor(cast.ines).post(address, form)
    assert late.status_code == 422
    assert "Somebody changed this meanwhile." in late.content.decode()
    assert Endpoint.objects.get().url == other


def test_a_test_event_and_the_switch(endpoint: Endpoint, cast: Cast) -> None:
    client = as_actor(cast.ines)
    client.post(f"{ADDRESS}{endpoint.id}/test/")
    assert Delivery.objects.get().event_type == "endpoint.tested"
    client.post(f"{ADDRESS}{endpoint.id}/disable/")
    endpoint.refresh_from_db()
    assert endpoint.status == Endpoint.Status.DISABLED
    # Off is told, not an error; nothing more is queued.
    assert client.post(f"{ADDRESS}{endpoint.id}/test/").status_code == 302
    assert Delivery.objects.count() == 1
    client.post(f"{ADDRESS}{endpoint.id}/enable/")
    endpoint.refresh_from_db()
    assert endpoint.status == Endpoint.Status.ACTIVE


def test_the_reason_of_a_disabled_endpoint_is_shown(endpoint: Endpoint, cast: Cast) -> None:
    disable_endpoint(endpoint, reason="The receiver answered 410.", actor=cast.ines, now=cast.now)
    assert "answered 410" in page(cast.ines, "webhooks/")


def test_single_events_that_are_chosen_are_seen_at_once(endpoint: Endpoint, cast: Cast) -> None:
    Endpoint.objects.update(event_types=["order.created"])
    text = page(cast.ines, f"webhooks/{endpoint.id}/edit/")
    assert text.count('<details class="kinds" open>') == 1
    opened = text.split('<details class="kinds" open>')[1].split("</details>")[0]
    assert 'value="order.created" checked' in opened


def test_a_failing_endpoint_says_what_comes_of_it(endpoint: Endpoint, cast: Cast) -> None:
    Endpoint.objects.update(failing_since=cast.now)
    assert "then the endpoint is switched off" in page(cast.ines, "webhooks/")


def test_strangers_find_nothing_and_change_nothing(endpoint: Endpoint, cast: Cast) -> None:
    assert URL not in page(cast.jan, "webhooks/")
    for act in ("rotate", "test", "disable", "enable"):
        address = f"/c/kowalski/webhooks/{endpoint.id}/{act}/"
        assert as_actor(cast.jan).post(address, {"version": "1"}).status_code == 404
        address = f"{ADDRESS}{endpoint.id}/{act}/"
        assert as_actor(cast.lena).post(address, {"version": "1"}).status_code == 403
        assert as_actor(cast.ines).get(address).status_code == 405
    before = endpoint.secret
    endpoint.refresh_from_db()
    assert (endpoint.secret, endpoint.status) == (before, Endpoint.Status.ACTIVE)


def test_more_endpoints_cost_no_more_queries(endpoint: Endpoint, cast: Cast) -> None:
    as_actor(cast.ines).post(f"{ADDRESS}{endpoint.id}/test/")
    before = queries_of(cast.ines, "webhooks/")
    for number in range(8):
        as_actor(cast.ines).post(f"{ADDRESS}new/", {"url": f"{URL}/{number}"})
    assert Endpoint.objects.count() == 9
    assert queries_of(cast.ines, "webhooks/") <= before

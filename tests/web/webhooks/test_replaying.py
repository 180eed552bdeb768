"""Sending again on the pages: counted first, then sent; what was typed wrong comes back."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest

from placet.core.transaction import transaction
from placet.events.actions import place_events
from placet.events.record import record
from placet.webhooks.actions import add_endpoint, disable_endpoint
from placet.webhooks.models import Delivery, Endpoint
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

replaying = import_module("placet.webhooks.actions.replay_events")
ADDRESS = "/c/meridian/webhooks/"


def happened(cast: Cast, times: int) -> None:
    """So many orders, in the outbox."""
    happen(cast, times)
    place_events()


@transaction
def happen(cast: Cast, times: int) -> None:
    for number in range(times):
        record("order.created", f"ord_{number}", actor=cast.lena, now=cast.now, number=number)


@pytest.fixture
def endpoint(db: None, cast: Cast) -> Endpoint:
    """Meridian's, for orders alone."""
    return add_endpoint(
        "https://erp.example.com/in", event_types=["order.*"], actor=cast.ines, now=cast.now
    )


def test_it_is_counted_and_then_sent(endpoint: Endpoint, cast: Cast) -> None:
    happened(cast, 3)
    path = f"webhooks/{endpoint.id}/replay/?since_on={cast.now:%Y-%m-%d}"
    text = page(cast.ines, path)
    assert "3 events" in text
    assert not Delivery.objects.exists()
    answer = as_actor(cast.ines).post(
        f"{ADDRESS}{endpoint.id}/replay/", {"since_on": f"{cast.now:%Y-%m-%d}"}, follow=True
    )
    assert "3 events are on their way again." in answer.content.decode()
    assert Delivery.objects.count() == 3


def test_the_page_goes_on_with_the_rest(
    endpoint: Endpoint,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened(cast, 3)
    monkeypatch.setitem(replaying.replay_in_parts.__kwdefaults__, "most", 2)
    form: dict[str, str] = {"position": "0"}
    answer = as_actor(cast.ines).post(f"{ADDRESS}{endpoint.id}/replay/", form, follow=True)
    assert "1 event" in answer.content.decode()
    assert Delivery.objects.count() == 2


def test_a_later_moment_counts_nothing(endpoint: Endpoint, cast: Cast) -> None:
    happened(cast, 1)
    tomorrow = f"{cast.now + timedelta(days=1):%Y-%m-%d}"
    text = page(cast.ines, f"webhooks/{endpoint.id}/replay/?since_on={tomorrow}&since_at=10:30")
    assert "There is nothing to send since then." in text
    assert 'value="10:30"' in text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"since_on": "yesterday"},
        {"since_on": "0001-01-01"},
        {"since_on": "9999-12-31"},
        {"since_on": "2026-11-24", "since_at": "25:99"},
        {"since_at": "10:00"},
        {"position": "-1"},
        {"position": "10000000000000000"},
        {"position": "x"},
    ],
)
def test_what_is_wrong_is_kept_and_sends_nothing(
    endpoint: Endpoint, cast: Cast, form: dict[str, str]
) -> None:
    answer = as_actor(cast.ines).post(f"{ADDRESS}{endpoint.id}/replay/", {"csrf": "1", **form})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error"' in text
    for typed in form.values():
        assert f'value="{typed}"' in text
    assert not Delivery.objects.exists()


def test_an_endpoint_that_is_off_gets_nothing(endpoint: Endpoint, cast: Cast) -> None:
    happened(cast, 1)
    disable_endpoint(endpoint, actor=cast.ines, now=cast.now)
    assert "Send them again" not in page(cast.ines, f"webhooks/{endpoint.id}/replay/?position=0")
    as_actor(cast.ines).post(f"{ADDRESS}{endpoint.id}/replay/", {"position": "0"})
    assert not Delivery.objects.exists()


def test_strangers_neither_count_nor_send(endpoint: Endpoint, cast: Cast) -> None:
    for path in ("", "replay/", "edit/"):
        page(cast.jan, f"webhooks/{endpoint.id}/{path}", status=404)
        page(cast.lena, f"webhooks/{endpoint.id}/{path}", status=403)
    for actor, company, status in ((cast.jan, "kowalski", 404), (cast.lena, "meridian", 403)):
        for path in ("replay/", "edit/"):
            address = f"/c/{company}/webhooks/{endpoint.id}/{path}"
            answer = as_actor(actor).post(address, {"position": "0", "url": "https://x.example/"})
            assert answer.status_code == status


def test_an_endpoint_is_changed(endpoint: Endpoint, cast: Cast) -> None:
    address = f"{ADDRESS}{endpoint.id}/edit/"
    assert 'value="order.*" checked' in page(cast.ines, f"webhooks/{endpoint.id}/edit/")
    url = "https://new.example.com/in"
    as_actor(cast.ines).post(address, {"url": url, "event_types": ["quote.*"]})
    before = endpoint.secret
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.event_types) == (url, ["quote.*"])
    assert endpoint.secret == before
    refused = as_actor(cast.ines).post(address, {"url": "https://10.0.0.1:22/"})
    assert refused.status_code == 422
    assert "https://10.0.0.1:22/" in refused.content.decode()


def test_the_page_says_how_it_is_doing(endpoint: Endpoint, cast: Cast) -> None:
    path = f"webhooks/{endpoint.id}/"
    assert "Nothing was sent yet" in page(cast.ines, path)
    Endpoint.objects.update(failing_since=cast.now)
    assert "Nothing has arrived since" in page(cast.ines, path)
    disable_endpoint(endpoint, cause="nothing_arrived", actor=cast.ines, now=cast.now)
    text = page(cast.ines, path)
    assert "given up after ten attempts" in text
    assert "Switch on" in text
    assert queries_of(cast.ines, path) <= 20

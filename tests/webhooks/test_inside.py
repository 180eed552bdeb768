"""No way into our own network: refused when it is saved, by any door, and again when it is sent."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from placet.webhooks.actions import add_endpoint, change_endpoint, send_test_event
from placet.webhooks.addresses import RefusedAddress
from placet.webhooks.models import Delivery, DeliveryAttempt, Endpoint
from tests.api.caller import key_of
from tests.cast import Cast
from tests.web.pages import as_actor
from tests.webhooks.conftest import Worker
from tests.webhooks.test_addresses import REFUSED

pytestmark = pytest.mark.django_db
PUBLIC = "https://hooks.example.com/in"
ALSO_REFUSED = [
    # Metadata services, and numbers that a resolver would read as addresses.
    *("https://metadata/", "https://[fd00:ec2::254]/latest/", "https://100.100.100.200/"),
    *(
        "https://0x7f.1/",
        "https://0251.0376.0251.0376/",
        "https://0xA9FEA9FE/",
        "https://2852039166/",
    ),
    *(
        "https://127.0.0.1%2f@example.com/",
        "https://127.0.0.1%00.example.com/",
        "https://%31%32%37.0.0.1/",
    ),
    *(
        "https://example.com:80:443/",
        "https://[::ffff:169.254.169.254]:443/",
        "https://[::1%25lo]/",
    ),
    *(
        "https://[2001:0:a9fe:a9fe::1]/",
        "https://[2002:a9fe:a9fe::]/",
        "https://[64:ff9b::a9fe:a9fe]/",
    ),
    *(
        "https:\\\\127.0.0.1/",
        "https:127.0.0.1/",
        " https://example.com/",
        "https://exam\u200bple.com/",
    ),
    *(
        "https://example.com:443@127.0.0.1/",
        "https://example.com\t@127.0.0.1/",
        "https://ｌocalhost/",
    ),
    *(
        f"https://{'a' * 64}.example.com/",
        f"https://{'a.' * 130}example.com/",
        "https://example.com.:22/",
    ),
]
EVERY = [*REFUSED, *ALSO_REFUSED]
INSIDE = (
    *("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.9", "169.254.169.254", "100.64.1.1"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00:ec2::254"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "ff02::1"),
)


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES = False


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    """An endpoint with an address that is in order."""
    return add_endpoint(PUBLIC, actor=cast.ines, now=cast.now)


def test_every_spelling_is_refused_by_every_door(endpoint: Endpoint, cast: Cast) -> None:
    key, page = key_of("meridian", "webhook.manage"), as_actor(cast.ines)
    for url in EVERY:
        with pytest.raises(RefusedAddress):
            add_endpoint(url, actor=cast.ines, now=cast.now)
        with pytest.raises(RefusedAddress):
            change_endpoint(endpoint, url=url, actor=cast.ines, now=cast.now)
        assert key.post("/webhook_endpoints", {"url": url}).status == 422, url
        changed = key.patch(f"/webhook_endpoints/{endpoint.id}", {"url": url}, if_match="*")
        assert changed.status == 422, url
        for path in ("new", f"{endpoint.id}/edit"):
            if url.strip() != "https://example.com/":  # A form takes the blanks away.
                answer = page.post(f"/c/meridian/webhooks/{path}/", {"url": url})
                assert answer.status_code == (404 if "\x00" in url else 422), url
    assert [one.url for one in Endpoint.objects.all()] == [PUBLIC]


def test_every_spelling_is_refused_again_when_it_is_sent(
    endpoint: Endpoint, cast: Cast, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row may have been written by an older version, or by hand."""
    monkeypatch.setattr(socket, "create_connection", unreachable)
    send_test_event(endpoint, actor=cast.ines, now=cast.now)
    worker.later(minutes=1)
    for url in EVERY:
        if len(url) > 500 or "\x00" in url:
            continue  # No row holds it, not even by hand.
        Endpoint.objects.update(url=url)
        Delivery.objects.update(attempts=0, status="waiting", next_attempt_at=worker.now)
        assert worker.work() == 1
        delivery = Delivery.objects.get()
        assert (delivery.status, delivery.last_status) == ("waiting", None), url
        assert delivery.last_error == "address_refused", url
    assert not DeliveryAttempt.objects.exclude(status=None).exists()


def unreachable(*_: Any, **__: Any) -> None:
    raise AssertionError("a connection was opened")


def resolving(*answers: tuple[str, ...]) -> Callable[..., list[Any]]:
    """A resolver that gives these answers one after another, and the last one from then on."""
    left = list(answers)

    def resolve(_host: str, port: int, **_: Any) -> list[Any]:
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    return resolve


@pytest.mark.parametrize("ip", INSIDE)
def test_a_name_that_leads_inside_is_never_connected_to(
    endpoint: Endpoint, cast: Cast, worker: Worker, monkeypatch: pytest.MonkeyPatch, ip: str
) -> None:
    monkeypatch.setattr(socket, "create_connection", unreachable)
    send_test_event(endpoint, actor=cast.ines, now=cast.now)
    for answers in (((ip,),), (("93.184.215.14", ip),), ((ip, "93.184.215.14"),)):
        monkeypatch.setattr(socket, "getaddrinfo", resolving(*answers))
        Delivery.objects.update(attempts=0, next_attempt_at=worker.now)
        assert worker.later(minutes=1).work() == 1
        assert Delivery.objects.get().last_error == "address_refused"


def test_a_name_that_changes_between_check_and_connection_changes_nothing(
    endpoint: Endpoint, cast: Cast, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[Any] = []

    def connect(address: Any, **_: Any) -> None:
        connected.append(address)
        raise OSError("not today")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolving(("93.184.215.14",), ("127.0.0.1",)))
    send_test_event(endpoint, actor=cast.ines, now=cast.now)
    worker.later(minutes=1).work()
    assert connected == [("93.184.215.14", 443)]
    worker.later(minutes=1).work()
    assert connected == [("93.184.215.14", 443)]
    assert Delivery.objects.get().last_error == "address_refused"


def test_a_very_slow_or_broken_resolver_is_an_error_like_any_other(
    endpoint: Endpoint, cast: Cast, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    send_test_event(endpoint, actor=cast.ines, now=cast.now)
    worker.later(minutes=1).work()
    assert Delivery.objects.get().last_error == "name_unknown"

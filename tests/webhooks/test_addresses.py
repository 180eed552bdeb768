"""Where webhooks may go: every spelling of our own network is refused, and the check is pinned."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from placet.webhooks.addresses import RefusedAddress, Target, check_url, resolve_target
from placet.webhooks.connection import NoAnswer, post_body
from tests.webhooks.receiver import Receiver

REFUSED = [
    "https://127.0.0.1/",
    "https://127.0.0.1:8443/hook",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.1./",
    "https://0/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.0.0.192/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:a00:1]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fe80::1%eth0]/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://app.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://intranet/",
    "https://user@example.com/",
    "https://example.com@127.0.0.1/",
    "https://user:password@example.com/",
    "https://127.0.0.1\\@example.com/",
    "https://example.com\\@127.0.0.1/",
    "https://example.com#@127.0.0.1/",
    "https://example.com/#",
    "https://①②⑦.⓪.⓪.①/",
    "https://１２７.0.0.1/",
    "https://ⓛocalhost/",
    "https://127。0。0。1/",
    "https://exa mple.com/",
    "https://example.com/\r\nHost: x",
    "https://example.com/\thook",
    "https://example.com\x00.org/",
    "https://-example.com/",
    "https://example..com/",
    "https://.example.com/",
    "https://exam_ple.com/",
    "https:///hook",
    "https://",
    "https:/example.com",
    "https://[::1/",
    "https://example.com:99999/",
    "https://example.com:abc/",
    "https://example.com:22/",
    "https://example.com:25/",
    "https://example.com:0/",
    "http://example.com/",
    "ftp://example.com/",
    "gopher://example.com/",
    "file:///etc/passwd",
    "//example.com/",
    "example.com",
    "javascript:alert(1)",
    "",
    "https://example.com/" + "x" * 500,
]
TAKEN = [
    "https://example.com",
    "https://example.com/hook?key=1",
    "https://EXAMPLE.com:443/hook",
    "https://erp.example.com:8443/a/b",
    "https://xn--bcher-kva.example/",
    "https://8.8.8.8/hook",
    "https://[2606:4700:4700::1111]/",
]


@pytest.fixture(autouse=True)
def _as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PLACET_WEBHOOK_PRIVATE_ADDRESSES", False)


def resolving_to(*found: str) -> Callable[..., list[Any]]:
    """A resolver that knows one answer, and fails when it is asked twice."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        assert not asked, "a name is resolved once"
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    return resolve


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url: str) -> None:
    with pytest.raises(RefusedAddress) as refused:
        check_url(url)
    assert refused.value.status == 422
    assert refused.value.detail


@pytest.mark.parametrize("url", TAKEN)
def test_taken(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"]
)
def test_a_name_that_leads_inside_is_refused(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(ip))
    with pytest.raises(RefusedAddress):
        resolve_target("https://hooks.example.com/")


def test_one_inside_address_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("8.8.8.8", "10.0.0.1"))
    with pytest.raises(RefusedAddress):
        resolve_target("https://hooks.example.com/")


def test_the_checked_address_is_the_one_that_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("93.184.215.14"))
    target = resolve_target("https://Hooks.Example.com:8443/in?x=1")
    assert target == Target("https", "hooks.example.com", 8443, "93.184.215.14", "/in?x=1")
    assert target.host_header == "hooks.example.com:8443"


def test_a_name_without_an_address_is_an_error_of_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to())
    with pytest.raises(OSError, match="no address"):
        resolve_target("https://hooks.example.com/")


def test_the_connection_is_pinned_and_names_its_host(receiver: Receiver) -> None:
    port = int(receiver.url.rpartition(":")[2].partition("/")[0])
    target = Target("http", "hooks.example.com", port, "127.0.0.1", "/hook")
    answer = post_body(target, b"{}", {"X-Test": "1"})
    assert answer.status == 200
    (request,) = receiver.received
    assert request.headers["host"] == f"hooks.example.com:{port}"
    assert request.headers["x-test"] == "1"


def test_a_receiver_that_never_answers_is_cut_off(receiver: Receiver) -> None:
    def keep_silent(_handler: Any) -> None:
        receiver.release.wait(20)

    receiver.answer = keep_silent
    target = resolve_locally(receiver)
    with pytest.raises(NoAnswer, match="answer_late"):
        post_body(target, b"{}", {}, seconds=0.2)


def test_a_receiver_that_drips_is_cut_off(receiver: Receiver) -> None:
    def drip(handler: Any) -> None:
        try:
            while not receiver.release.wait(0.01):
                handler.wfile.write(b"H")
        except OSError:
            return

    receiver.answer = drip
    with pytest.raises(NoAnswer):
        post_body(resolve_locally(receiver), b"{}", {}, seconds=0.3)


def test_a_plain_receiver_behind_https_is_no_answer(receiver: Receiver) -> None:
    target = resolve_locally(receiver)._replace(scheme="https")
    with pytest.raises(NoAnswer):
        post_body(target, b"{}", {}, seconds=2)
    assert receiver.received == []


def resolve_locally(receiver: Receiver) -> Target:
    """The receiver of the test, past the check that would refuse this machine."""
    port = int(receiver.url.rpartition(":")[2].partition("/")[0])
    return Target("http", "127.0.0.1", port, "127.0.0.1", "/hook")

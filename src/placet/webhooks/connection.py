"""One request to a checked address: pinned, without redirects, bounded in time and size.

The socket is opened here, to the address that was checked, and handed to ``http.client``. So there
is no second look-up, no proxy from the environment, no cookie, no redirect and no decompression.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from typing import NamedTuple

from placet.webhooks.addresses import Target
from placet.webhooks.causes import Cause, cause_of_connection, cause_of_exchange

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
LARGEST_ANSWER = 4_096


class Answer(NamedTuple):
    """What the receiver said: its status, its headers, and the beginning of its body."""

    status: int
    beginning: bytes
    headers: tuple[tuple[str, str], ...] = ()


class NoAnswer(Exception):
    """The receiver could not be reached, or did not answer; ``cause`` says what happened."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause)
        self.cause = cause


def post_body(
    target: Target, body: bytes, headers: Mapping[str, str], *, seconds: float = WHOLE_SECONDS
) -> Answer:
    """Send the body and read the answer, at most 4 KiB of it, within ``seconds`` of connecting.

    Raises ``NoAnswer``. A receiver that sends one byte a minute is cut off like a silent one.
    """
    opened = _connect(target)
    is_late = Event()
    deadline = Timer(seconds, _cut, [opened, is_late])
    deadline.daemon = True
    deadline.start()
    try:
        return _exchange(opened, target, body, headers)
    except (OSError, HTTPException, ValueError) as error:
        cause = Cause.ANSWER_LATE if is_late.is_set() else cause_of_exchange(error)
        raise NoAnswer(cause) from error
    finally:
        deadline.cancel()
        opened.close()


def _connect(target: Target) -> socket.socket:
    """A socket to the checked address; its handshake happens later, under the deadline."""
    try:
        opened = socket.create_connection((target.ip, target.port), timeout=CONNECT_SECONDS)
        if target.scheme == "http":
            return opened
        return ssl.create_default_context().wrap_socket(
            opened, server_hostname=target.host, do_handshake_on_connect=False
        )
    except (OSError, ValueError) as error:
        raise NoAnswer(cause_of_connection(error)) from error


def _cut(opened: socket.socket, is_late: Event) -> None:
    is_late.set()
    with suppress(OSError):
        # Past the TLS object, which must not be touched while another thread reads from it.
        socket.socket.shutdown(opened, socket.SHUT_RDWR)


def _exchange(
    opened: socket.socket, target: Target, body: bytes, headers: Mapping[str, str]
) -> Answer:
    opened.settimeout(WHOLE_SECONDS)
    if isinstance(opened, ssl.SSLSocket):
        opened.do_handshake()
    connection = HTTPConnection(target.host, target.port)
    connection.sock = opened
    connection.request(
        "POST",
        target.path,
        body=body,
        headers={**headers, "Host": target.host_header, "Connection": "close"},
    )
    response = connection.getresponse()
    return Answer(response.status, response.read(LARGEST_ANSWER), tuple(response.getheaders()))

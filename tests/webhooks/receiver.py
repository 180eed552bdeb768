"""A small HTTP server of the tests: what a receiver of webhooks gets, and how it may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Receiver:
    """A server on this machine; ``answer`` says what it does with a request."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Answering = lambda handler: say(handler, 200)
    release: Event = field(default_factory=Event)

    @property
    def ids(self) -> list[str]:
        """The ``webhook-id`` of every request, in order."""
        return [request.headers["webhook-id"] for request in self.received]


def say(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    """Answer with a status and an empty body."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver that listens on a free port of this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, self.rfile.read(length)))
            receiver.answer(self)

        def do_GET(self) -> None:
            receiver.received.append(Received(self.path, {}, b"GET"))
            say(self, 200)

        def log_message(self, *_: Any) -> None:
            """Say nothing in the output of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.release.set()
        server.shutdown()
        server.server_close()
        thread.join()

"""A program that calls an API of several machines: what fails is sent again, with the same key."""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, NamedTuple

TRIES = 3_000
AGAIN_SECONDS = 0.2
ANSWER_SECONDS = 60
AGAIN = frozenset({425, 429, 500, 502, 503, 504})
"""Answers after which the same request is sent again; so is one that got none."""


class Said(NamedTuple):
    """An answer: its status and its JSON."""

    status: int
    json: Any


@dataclass
class Program:
    """One program with one key. It asks the machines in turn, as behind a proxy."""

    addresses: Sequence[str]
    secret: str
    member: str = ""
    repeated: int = 0
    replayed: int = 0
    _turn: Any = field(default_factory=itertools.count)

    def get(self, path: str) -> Any:
        """The JSON of an address; raises for a refusal."""
        return self.send("GET", path).json

    def post(self, path: str, body: Any, once: str) -> Said:
        """POST under an idempotency key, as often as it takes to have an answer."""
        return self.send("POST", path, body, {"Idempotency-Key": once})

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Said:
        """Send until somebody answers with something that another try would not change."""
        for _try in range(TRIES):
            address = self.addresses[next(self._turn) % len(self.addresses)]
            said = self._sent(address, method, path, body, headers or {})
            if said is not None and said.status not in AGAIN and not _is_in_flight(said):
                return said
            self.repeated += 1
            time.sleep(AGAIN_SECONDS)
        raise RuntimeError(f"{method} {path}: nobody answered")

    def _sent(
        self, address: str, method: str, path: str, body: Any, headers: dict[str, str]
    ) -> Said | None:
        request = urllib.request.Request(
            f"{address}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.secret}",
                "Content-Type": "application/json",
                **({"Placet-Member": self.member} if self.member else {}),
                **headers,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
                self.replayed += answer.headers.get("Idempotent-Replayed") == "true"
                return Said(answer.status, json.loads(answer.read() or b"null"))
        except urllib.error.HTTPError as error:
            try:
                return Said(error.code, json.loads(error.read() or b"null"))
            except (OSError, ValueError, HTTPException):
                return None
        except (OSError, ValueError, HTTPException):
            return None


def _is_in_flight(said: Said) -> bool:
    return said.status == 409 and said.json.get("code") == "request_in_flight"

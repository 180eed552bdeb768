"""A program that calls the API; every answer is checked against the OpenAPI document."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from placet.api.urls import api
from placet.companies.actions import create_api_key, create_personal_key
from placet.companies.models import Company
from placet.companies.permissions import BUILT_IN_ROLES, PERMISSIONS
from placet.core.actor import Actor
from tests.cast import NOW
from tests.cast_people import system_of

ROOT = "/api/v1"
JSON = ("/json", "+json")
_once = itertools.count(1)


class Said(NamedTuple):
    """An answer: its status, its JSON (nothing for 204 and for files), its headers, its bytes."""

    status: int
    json: Any
    headers: Any
    content: bytes = b""


@dataclass(frozen=True)
class Caller:
    """One API key, perhaps acting for a member."""

    secret: str
    member: str = ""

    def acting_for(self, member: str) -> Caller:
        """The same key for a member."""
        return replace(self, member=member)

    def get(self, path: str, **headers: str) -> Said:
        """GET, with headers written like ``if_match``."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Said:
        """POST with a fresh idempotency key, where none is named."""
        headers.setdefault("idempotency_key", f"test-{next(_once)}")
        return self.send("POST", path, body or {}, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Said:
        """PATCH."""
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Said:
        """DELETE."""
        return self.send("DELETE", path, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Said:
        """Send JSON, or bytes as they are."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else b"" if body is None else _written(body)
        answer = Client().generic(
            method,
            ROOT + path,
            content,
            content_type=named.pop("content-type", "application/json"),
            headers={**self._identity(), **named},
        )
        sent = answer.getvalue()
        content_type = answer.headers["Content-Type"].partition(";")[0]
        found = json.loads(sent) if sent and content_type.endswith(JSON) else None
        check(method, path, answer.status_code, content_type, found)
        return Said(answer.status_code, found, answer.headers, sent)

    def _identity(self) -> dict[str, str]:
        sent = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return {**sent, "Placet-Member": self.member} if self.member else sent


def key_of(slug: str, *scopes: str) -> Caller:
    """A fresh key of a company; without scopes, with everything that such a company can do."""
    company = Company.objects.get(slug=slug)
    every = {one for role in BUILT_IN_ROLES[company.kind] for one in role.permissions}
    key, secret = create_api_key(
        company,
        name="ERP",
        scopes=scopes or sorted({*every, "act_for"}),
        actor=system_of(company),
        now=NOW,
    )
    assert key.company_id == company.id
    return Caller(secret)


def own_key_of(person: Actor) -> Caller:
    """A fresh personal key with all rights of its member: it may decide."""
    _key, secret = create_personal_key(
        "My script", scopes=PERMISSIONS, actor=replace(person, channel="web"), now=NOW
    )
    return Caller(secret)


def check(method: str, path: str, status: int, content_type: str, found: Any) -> None:
    """Fail when an answer is not what the OpenAPI document promises."""
    if status >= 400:
        assert content_type == "application/problem+json", (status, content_type)
        _validator("Problem").validate(found)
        assert found["status"] == status
        assert found["detail"]
        assert found["request_id"].startswith("call_")
        return
    template = next(one for one, pattern in _templates() if pattern.fullmatch(ROOT + path))
    answers = document()["paths"][template][method.lower()]["responses"]
    assert str(status) in answers, f"{method} {template} does not say that it answers {status}"
    if status != 204 and not content_type.endswith(JSON):
        assert content_type in answers[str(status)]["content"], (path, content_type)
    elif status != 204:
        _schema_validator(template, method.lower(), str(status)).validate(found)


@cache
def document() -> Any:
    """The OpenAPI document as the code describes it."""
    return json.loads(json.dumps(api.get_openapi_schema()))


@cache
def _templates() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (path, re.compile(re.sub(r"\\\{\w+\\\}", "[^/?]+", re.escape(path)) + r"(\?.*)?"))
        for path in document()["paths"]
    ]


@cache
def _schema_validator(template: str, method: str, status: str) -> Draft202012Validator:
    answer = document()["paths"][template][method]["responses"][status]
    schema = answer["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": document()["components"]})


@cache
def _validator(name: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/schemas/{name}"}
    return Draft202012Validator({**reference, "components": document()["components"]})


def _written(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()

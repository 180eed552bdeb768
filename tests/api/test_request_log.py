"""What a program asked is found again by whoever looks after it, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from placet.api import rate
from placet.calls.models import RequestLogEntry
from placet.calls.queries import get_call
from placet.companies.models import ApiKey
from placet.core.clock import real_now
from placet.core.errors import Forbidden, NotFound
from tests.api.caller import Caller, document, key_of
from tests.api.road import fill_cart
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def last() -> RequestLogEntry:
    """The call that was written down last."""
    return RequestLogEntry.objects.order_by("-created_at", "-id")[0]


def test_a_call_is_kept_under_its_request_id_without_query_and_body(lena: Caller) -> None:
    made = lena.post("/carts?secret=canary", {"name": "Canary"})
    row = last()
    key = ApiKey.objects.get()
    assert (row.id, row.key_id, row.member_id) == (
        made.headers["X-Request-Id"],
        key.pk,
        lena.member,
    )
    assert (row.method, row.path, row.operation) == ("POST", "/api/v1/carts", "create_cart")
    assert (row.status, row.code, row.is_replayed) == (made.status, "", False)
    assert row.company_id == key.company_id
    assert "anary" not in str(list(RequestLogEntry.objects.values()))


def test_a_refusal_says_its_code_and_a_replay_that_it_is_one(lena: Caller, cast: Cast) -> None:
    lena.get("/carts/nothing")
    assert (last().status, last().code, last().operation) == (404, "not_found", "get_cart")
    lena.get("/nowhere")
    assert (last().status, last().code, last().operation) == (404, "not_found", "")
    cart_id = fill_cart(lena, cast)
    plan = lena.get(f"/carts/{cart_id}/plan").json
    for is_twin in (False, True):
        lena.post(
            f"/carts/{cart_id}/submissions", {"plan_hash": plan["hash"]}, idempotency_key="once"
        )
        assert (last().status, last().is_replayed) == (201, is_twin)


def test_every_operation_has_its_name_in_the_log(lena: Caller) -> None:
    names = {one["operationId"] for path in document()["paths"].values() for one in path.values()}
    assert {"create_cart", "list_calls", "get_call"} <= names
    lena.get("/carts")
    assert last().operation in names


def test_a_key_that_was_refused_is_seen_by_its_company(norden: Caller) -> None:
    ApiKey.objects.update(revoked_at=real_now())
    assert norden.get("/me").status == 401
    assert (last().status, last().code) == (401, "key_refused")
    assert RequestLogEntry.objects.count() == 1
    Client().get("/api/v1/me", headers={"Authorization": "Bearer sk_test_nobodyhasthis"})
    Client().get("/api/v1/me")
    assert RequestLogEntry.objects.count() == 1


def test_a_flood_is_one_row(norden: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "_take_block", lambda *_: False)
    answers = [norden.get("/me") for _ in range(5)]
    assert {said.status for said in answers} == {429}
    assert [row.status for row in RequestLogEntry.objects.all()] == [429]


def test_a_busy_database_loses_the_row_and_never_the_call(
    norden: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(RequestLogEntry, "save", busy)
    assert norden.get("/me").status == 200
    assert not RequestLogEntry.objects.exists()


def test_a_company_reads_its_own_calls_and_a_key_without_the_right_only_its_own(
    meridian: Caller, norden: Caller, rashid: Caller
) -> None:
    plain = key_of("meridian", "price.view")
    plain.get("/me")
    rashid.get("/me")
    norden.get("/me")
    own = plain.get("/requests").json["data"]
    assert [(one["operation"], one["status"]) for one in own] == [("get_me", 200)]
    mine = rashid.get("/requests").json["data"]
    assert {one["member"] for one in mine} == {rashid_member(rashid)}
    theirs = meridian.get("/requests").json["data"]
    assert len({one["key"] for one in theirs}) == 2
    assert {one["operation"] for one in theirs} == {"get_me", "list_calls"}
    foreign = norden.get("/requests").json["data"][0]["id"]
    assert meridian.get(f"/requests/{foreign}").status == 404
    assert norden.get(f"/requests/{foreign}").json["operation"] == "get_me"


def rashid_member(rashid: Caller) -> str:
    """Whose key it is."""
    return str(rashid.get("/me").json["member"]["member"])


def test_filters_narrow(meridian: Caller) -> None:
    meridian.get("/carts/nothing")
    meridian.post("/carts", {"name": 1})
    meridian.get("/me")
    rows = {
        "?outcome=4xx": ["create_cart", "get_cart"],
        "?method=POST": ["create_cart"],
        "?code=not_found": ["get_cart"],
        "?outcome=5xx": [],
    }
    for query, names in rows.items():
        found = meridian.get(f"/requests{query}").json["data"]
        assert [one["operation"] for one in found] == names, query
    since = (real_now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert meridian.get(f"/requests?since={since}").json["data"] == []
    assert meridian.get("/requests?outcome=9xx").status == 422


def test_people_need_the_right_to_manage_keys(cast: Cast, meridian: Caller) -> None:
    meridian.get("/me")
    assert get_call(cast.ines, last().pk).status == 200
    with pytest.raises(NotFound):
        get_call(cast.mira, last().pk)
    with pytest.raises(Forbidden):
        get_call(cast.lena, last().pk)

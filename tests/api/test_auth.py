"""Who may call: keys, scopes, acting for a member, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placet.api import rate
from placet.companies.actions import deactivate_member, revoke_api_key, suspend_company
from placet.companies.models import ApiKey, Company, Member
from placet.core.clock import real_now
from placet.events.actions import place_events
from tests.api.caller import Caller, key_of
from tests.api.road import fill_cart, submit
from tests.cast import Cast
from tests.cast_people import system_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic bGVuYTpzZWNyZXQ=",
        "Bearer short",
        "sk_live_x",
        "Bearer ä" * 9,
    ],
)
def test_without_a_key_nobody_comes_in(header: str) -> None:
    answer = Caller("").get("/me", authorization=header)
    assert (answer.status, answer.json["code"]) == (401, "key_missing")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_unknown_a_revoked_and_an_expired_key_are_told_apart_by_nobody(cast: Cast) -> None:
    company = Company.objects.get(slug="meridian")
    revoked, expired = key_of("meridian"), key_of("meridian")
    rows = list(ApiKey.objects.order_by("created_at", "id"))
    revoke_api_key(rows[0], actor=system_of(company), now=cast.now)
    ApiKey.objects.filter(pk=rows[1].pk).update(expires_at=real_now() - timedelta(seconds=1))
    unknown = Caller("sk_live_" + "x" * 40)
    answers = [caller.get("/me") for caller in (revoked, expired, unknown)]
    assert {(one.status, one.json["code"], one.json["detail"]) for one in answers} == {
        (401, "key_refused", answers[0].json["detail"])
    }


def test_me_says_who_it_is_and_what_that_allows(meridian: Caller, cast: Cast) -> None:
    own = meridian.get("/me").json
    assert own["member"] is None
    assert own["company"]["slug"] == "meridian"
    as_rashid = meridian.acting_for(cast.member["rashid"]).get("/me").json
    assert as_rashid["member"]["name"] == "Rashid Haddad"
    grants = {(one["permission"], one["unit"]) for one in as_rashid["permissions"]}
    assert ("order.approve", cast.unit["icu"]) in grants


def test_acting_for_a_member_needs_the_scope(cast: Cast) -> None:
    caller = key_of("meridian", "purchase.view_all")
    answer = caller.acting_for(cast.member["lena"]).get("/me")
    assert (answer.status, answer.json["code"]) == (403, "forbidden")
    assert caller.get("/me").status == 200


@pytest.mark.parametrize("name", ["ola", "gone", "vera"])
def test_nobody_acts_for_strangers_or_for_people_who_left(
    meridian: Caller, cast: Cast, name: str
) -> None:
    assert meridian.acting_for(cast.member[name]).get("/me").status == 404
    assert meridian.acting_for("mem_nobody").get("/me").status == 404


def test_a_member_who_leaves_and_a_suspended_company_are_out_at_once(
    lena: Caller, cast: Cast
) -> None:
    meridian = Company.objects.get(slug="meridian")
    member = Member.objects.get(pk=cast.member["lena"])
    assert lena.get("/me").status == 200
    deactivate_member(member, actor=system_of(meridian), now=cast.now)
    assert lena.post("/carts", {"name": "Too late"}).status == 404
    suspend_company(meridian, actor=system_of(meridian), now=cast.now)
    answer = Caller(lena.secret).get("/me")
    assert (answer.status, answer.json["code"]) == (403, "company_suspended")


def test_a_key_has_no_more_rights_than_its_scopes(cast: Cast) -> None:
    weak = key_of("meridian", "price.view")
    assert weak.get("/webhook_endpoints").status == 403
    assert weak.get("/rulebooks").status == 403
    assert weak.get("/events").status == 403
    assert weak.post("/webhook_endpoints", {"url": "https://erp.example/hook"}).status == 403
    assert weak.get("/requisitions").json["data"] == []
    blind = key_of("meridian", "budget.view")
    assert blind.get("/products/GLV-M").json["prices"] == []
    assert weak.get("/products/GLV-M").json["prices"][0]["unit_price"]["amount_minor"] == 800


def test_head_is_get_without_the_body(meridian: Caller) -> None:
    identity = {"Authorization": f"Bearer {meridian.secret}"}
    answer = Client().head("/api/v1/me", headers=identity)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["X-Request-Id"].startswith("call_")
    assert Client().head("/api/v1/nothing", headers=identity).status_code == 404


def test_a_key_for_orders_alone_catches_up_on_customers_alone(lena: Caller, cast: Cast) -> None:
    submit(lena, fill_cart(lena, cast))
    place_events()
    seen = key_of("norden", "order.process").get("/events?limit=200").json["data"]
    assert {one["type"].split(".")[0] for one in seen} == {"requisition"}
    assert key_of("meridian", "budget.view").get("/events").status == 403


def test_a_key_without_a_member_has_no_carts_of_its_own(meridian: Caller) -> None:
    assert meridian.get("/carts").json["data"] == []
    assert meridian.post("/carts", {"name": "Nobody's"}).status == 403


def test_the_use_of_a_key_is_noted_and_reading_writes_nothing_else(
    lena: Caller, cast: Cast
) -> None:
    lena.get("/me")
    assert ApiKey.objects.get().last_used_at is not None
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for path in (
            "/me",
            "/products",
            "/carts",
            "/requisitions",
            "/orders",
            "/steps",
            "/budgets",
        ):
            assert lena.get(path).status == 200
    written = [one["sql"] for one in queries if not one["sql"].lstrip("( ").startswith("SELECT")]
    assert [sql for sql in written if "calls_requestlogentry" not in sql] == []
    assert len(written) == 7  # one row of the log of calls for each, and nothing else


def test_too_many_requests_wait_for_the_next_minute(
    meridian: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = real_now()
    monkeypatch.setattr(rate, "real_now", lambda: at)
    monkeypatch.setattr(rate, "BLOCK", 3)
    monkeypatch.setattr(rate, "BLOCKS_A_MINUTE", 2)
    answers = [meridian.get("/me") for _ in range(7)]
    assert [one.status for one in answers] == [200] * 6 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert key_of("meridian").get("/me").status == 200
    monkeypatch.setattr(rate, "real_now", lambda: at + timedelta(minutes=1))
    assert meridian.get("/me").status == 200


def test_processes_share_the_permits_of_a_minute(
    meridian: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = real_now()
    monkeypatch.setattr(rate, "real_now", lambda: at)
    monkeypatch.setattr(rate, "BLOCK", 2)
    monkeypatch.setattr(rate, "BLOCKS_A_MINUTE", 2)
    assert meridian.get("/me").status == 200
    monkeypatch.setattr(rate, "_purses", rate._Purses())  # another process
    assert [meridian.get("/me").status for _ in range(3)] == [200, 200, 429]

"""Bad input in every spelling: always a 4xx with the reason, never a 5xx, never half a write."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placet.api.reading import DEEPEST, MalformedBody, read_object
from placet.carts.models import Cart
from tests.api.caller import Caller, own_key_of
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast

pytestmark = pytest.mark.django_db

DEEP = b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
HOSTILE: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 422, "invalid"),
    "not json": (b"name=Week", 422, "invalid"),
    "cut off": (b'{"name": "We', 422, "invalid"),
    "a list": (b'["Week"]', 422, "invalid"),
    "a text": (b'"Week"', 422, "invalid"),
    "null": (b"null", 422, "invalid"),
    "duplicate keys": (b'{"name": "a", "name": "b"}', 422, "invalid"),
    "nested duplicate keys": (b'{"name": {"x": 1, "x": 2}}', 422, "invalid"),
    "depth": (DEEP, 422, "invalid"),
    "deep objects": (b'{"name":' * 50_000 + b"1" + b"}" * 50_000, 422, "invalid"),
    "NaN": (b'{"name": NaN}', 422, "invalid"),
    "Infinity": (b'{"name": -Infinity}', 422, "invalid"),
    "a huge integer": (b'{"name": ' + b"9" * 10_000 + b"}", 422, "invalid"),
    "an integer of 19 digits": (b'{"name": 9223372036854775808}', 422, "invalid"),
    "a huge float": (b'{"name": 1e400}', 422, "invalid"),
    "NUL": (b'{"name": "Week\\u0000 48"}', 422, "invalid"),
    "NUL in a key": (b'{"na\\u0000me": "x"}', 422, "invalid"),
    "half a character": (b'{"name": "\\ud800"}', 422, "invalid"),
    "not UTF-8": (b'{"name": "\xff"}', 422, "invalid"),
    "UTF-16": ('{"name": "Week"}'.encode("utf-16"), 422, "invalid"),
    "a byte order mark": (b'\xef\xbb\xbf{"name": "Week"}', 422, "invalid"),
    "another type": (b'{"name": 48}', 422, "invalid"),
    "an unknown field": (b'{"name": "Week", "owner": "mem_1"}', 422, "invalid"),
    "no field": (b"{}", 422, "invalid"),
    "an empty name": (b'{"name": "  "}', 422, "invalid"),
    "a long name": (json.dumps({"name": "x" * 100_000}).encode(), 422, "invalid"),
    "too large": (b'{"name": "' + b"x" * 3_000_000 + b'"}', 413, "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused_with_a_reason(lena: Caller, name: str) -> None:
    body, status, code = HOSTILE[name]
    answer = lena.post("/carts", body)
    if not body:
        answer = lena.send("POST", "/carts", b"")
    assert (answer.status, answer.json["code"]) == (status, code)
    assert status != 422 or answer.json["errors"][0]["detail"]
    assert not Cart.objects.exists()


def test_a_good_body_is_accepted_by_the_same_door(lena: Caller) -> None:
    assert lena.post("/carts", {"name": "Łyżka 48 🛒"}).json["name"] == "Łyżka 48 🛒"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_another_content_type_is_refused(lena: Caller, kind: str) -> None:
    answer = lena.send("POST", "/carts", {"name": "Week"}, content_type=kind)
    assert (answer.status, answer.json["code"]) == (415, "not_json")


def test_depth_is_counted_exactly() -> None:
    def nested(depth: int) -> bytes:
        return b'{"a":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"

    assert read_object(nested(DEEPEST))
    with pytest.raises(MalformedBody):
        read_object(nested(DEEPEST + 1))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        found = read_object(body)
    except MalformedBody:
        return
    assert json.loads(body) == found


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/me/", "/carts/cart_x/nothing", "/", "/carts//lines", "/requisitions/REQ-1",
        "/carts/%00", "/orders/%00", "/orders/ord_%ED%A0%80", "/requisitions/req_x/revisions/0x1",
        "/requisitions/req_x/revisions/99999999999999999999", "/../me", "/products/" + "x" * 5_000,
    ],
)  # fmt: skip
def test_addresses_that_do_not_exist(lena: Caller, path: str) -> None:
    assert lena.get(path).status in {404, 422}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=x", "limit=99999999999999999999", "cursor=x", "status=none",
        "cursor=" + "x" * 3_000, "owner=mem_1", "limit=5&company=cmp_1", "status=%00", "limit=1.5",
    ],
)  # fmt: skip
def test_bad_filters_are_named_and_never_ignored(lena: Caller, query: str) -> None:
    answer = lena.get(f"/carts?{query}")
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"].startswith("/query")


def test_what_an_address_does_not_offer_is_said(lena: Caller) -> None:
    answer = lena.send("PUT", "/carts", {})
    assert (answer.status, answer.json["code"]) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize(
    ("quantity", "pointer"),
    [(0, "/quantity"), (-1, "/quantity"), (0.5, "/quantity"), ("3", "/quantity"),
     (True, "/quantity"), (None, "/quantity"), (10**18, "/"), (10**15, "/quantity"),
     (1_000_001, "/quantity")],
)  # fmt: skip
def test_quantities_out_of_range(lena: Caller, quantity: Any, pointer: str) -> None:
    cart = lena.post("/carts", {"name": "Week"}).json
    answer = lena.post(f"/carts/{cart['id']}/lines", {"sku": "GLV-M", "quantity": quantity})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert lena.get(f"/carts/{cart['id']}").json["lines"] == []


def test_a_discontinued_product_names_its_substitute(lena: Caller) -> None:
    cart = lena.post("/carts", {"name": "Week"}).json
    answer = lena.post(f"/carts/{cart['id']}/lines", {"sku": "GLV-OLD", "quantity": 1})
    assert (answer.status, answer.json["substitute"]) == (422, "GLV-M")


def test_a_po_number_of_the_wrong_form_shows_the_companys_form(lena: Caller) -> None:
    cart = lena.post("/carts", {"name": "Week"}).json
    answer = lena.patch(f"/carts/{cart['id']}", {"po_number": "88121"}, if_match="*")
    assert answer.json["errors"][0]["code"] == "po_format"
    assert "PR- and five digits" in answer.json["detail"]


def test_another_plan_is_a_conflict_that_carries_the_new_plan(lena: Caller, cast: Cast) -> None:
    cart_id = fill_cart(lena, cast)
    seen = lena.get(f"/carts/{cart_id}/plan").json
    lena.post(f"/carts/{cart_id}/lines", {"sku": "INF-PUMP", "quantity": 2})
    refused = lena.post(f"/carts/{cart_id}/submissions", {"plan_hash": seen["hash"]})
    assert (refused.status, refused.json["code"]) == (409, "plan_changed")
    fresh = lena.get(f"/carts/{cart_id}/plan").json
    assert refused.json["plan_hash"] == fresh["hash"] == refused.json["plan"]["hash"]
    assert [one["who"] for one in refused.json["plan"]["steps"]] == [
        one["who"] for one in fresh["steps"]
    ]
    agreed = lena.post(f"/carts/{cart_id}/submissions", {"plan_hash": fresh["hash"]})
    assert agreed.status == 201


def test_a_stale_revision_is_a_conflict_with_both_hashes(
    lena: Caller, rashid: Caller, cast: Cast
) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    step = rashid.get("/steps").json["data"][0]
    seen = "0" * 64
    said = {"decision": "approve", "revision_hash": seen}
    refused = rashid.post(f"/steps/{step['id']}/decisions", said)
    assert (refused.status, refused.json["code"]) == (409, "stale_revision")
    assert (refused.json["seen"], refused.json["current"]) == (seen, requisition["content_hash"])
    assert rashid.get(f"/requisitions/{requisition['id']}/decisions").json["data"] == []


def test_the_second_answer_and_a_person_who_is_not_asked(
    lena: Caller, rashid: Caller, jonas: Caller, cast: Cast
) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    step_id = rashid.get("/steps").json["data"][0]["id"]
    said = {"decision": "approve", "revision_hash": requisition["content_hash"]}
    helena = own_key_of(cast.helena)
    refused = helena.post(f"/steps/{step_id}/decisions", said)
    assert (refused.status, refused.json["code"]) == (403, "not_asked")
    assert lena.post(f"/steps/{step_id}/decisions", said).status == 403
    assert jonas.post(f"/steps/{step_id}/decisions", said).status == 403
    decide(rashid, requisition)
    again = rashid.post(f"/steps/{step_id}/decisions", said)
    assert (again.status, again.json["code"]) == (409, "already_decided")


def test_an_empty_cart_is_not_submitted(lena: Caller) -> None:
    cart = lena.post("/carts", {"name": "Empty"}).json
    plan = lena.get(f"/carts/{cart['id']}/plan")
    assert plan.status == 200
    refused = lena.post(f"/carts/{cart['id']}/submissions", {"plan_hash": plan.json["hash"]})
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "empty")


def test_webhooks_do_not_reach_inside(ines: Caller, settings: Any) -> None:
    settings.PLACET_WEBHOOK_PRIVATE_ADDRESSES = False
    for url in ("http://127.0.0.1/x", "http://169.254.169.254/", "file:///etc/passwd", "x"):
        answer = ines.post("/webhook_endpoints", {"url": url})
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/url")

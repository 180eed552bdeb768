"""A POST that is sent twice happens once: replay, other body, errors, twins at once."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from placet.api.models import IdempotencyKey
from placet.carts.models import Cart
from placet.core.clock import real_now
from placet.jobs.retention import forget_old_rows
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.requisitions.models import Decision, Requisition
from tests.api.caller import Caller, Said, key_of, own_key_of
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast
from tests.ground import Ground


def plan_hash(buyer: Caller, cart_id: str) -> str:
    """The plan that the buyer is shown now."""
    found: str = buyer.get(f"/carts/{cart_id}/plan").json["hash"]
    return found


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_the_same_key_and_body_replays_the_stored_success(
        self, lena: Caller, cast: Cast
    ) -> None:
        cart_id = fill_cart(lena, cast)
        body = {"plan_hash": plan_hash(lena, cart_id)}
        first = lena.post(f"/carts/{cart_id}/submissions", body, idempotency_key="REQ/1")
        again = lena.post(f"/carts/{cart_id}/submissions", body, idempotency_key="REQ/1")
        assert (first.status, again.status) == (201, 201)
        assert first.json == again.json
        assert "Idempotent-Replayed" not in first.headers
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.headers["ETag"] == first.headers["ETag"]
        assert Requisition.objects.count() == 1

    def test_another_body_member_or_address_with_the_same_key_is_refused(
        self, lena: Caller, meridian: Caller, cast: Cast
    ) -> None:
        rashid = meridian.acting_for(cast.member["rashid"])
        lena.post("/carts", {"name": "One"}, idempotency_key="k")
        other_body = lena.post("/carts", {"name": "Two"}, idempotency_key="k")
        other_member = rashid.post("/carts", {"name": "One"}, idempotency_key="k")
        other_address = lena.post("/carts?x=1", {"name": "One"}, idempotency_key="k")
        for answer in (other_body, other_member, other_address):
            assert answer.status == 422
            assert answer.json["errors"][0]["code"] == "idempotency_key_reused"
        assert Cart.objects.count() == 1

    def test_keys_of_different_api_keys_do_not_meet(self, lena: Caller, cast: Cast) -> None:
        other = key_of("meridian").acting_for(cast.member["lena"])
        for caller in (lena, other):
            assert caller.post("/carts", {"name": "One"}, idempotency_key="k").status == 201
        assert Cart.objects.count() == 2

    def test_errors_are_not_stored_and_the_key_may_be_used_again(
        self, lena: Caller, cast: Cast
    ) -> None:
        cart_id = fill_cart(lena, cast)
        address = f"/carts/{cart_id}/submissions"
        stored = IdempotencyKey.objects.count()
        refused = lena.post(address, {"plan_hash": "0" * 64}, idempotency_key="k")
        assert refused.status == 409
        assert IdempotencyKey.objects.count() == stored
        body = {"plan_hash": plan_hash(lena, cart_id)}
        assert lena.post(address, body, idempotency_key="k").status == 201

    def test_a_refused_request_leaves_nothing_behind(self, lena: Caller, cast: Cast) -> None:
        cart = lena.post("/carts", {"name": "Week"}).json
        before = Cart.objects.values_list("version", flat=True).get()
        lena.post(f"/carts/{cart['id']}/lines", {"sku": "NO-SUCH", "quantity": 1})
        changed = lena.patch(
            f"/carts/{cart['id']}", {"name": "New name", "po_number": "wrong"}, if_match="*"
        )
        assert changed.status == 422
        row = Cart.objects.get()
        assert (row.name, row.version) == ("Week", before)

    def test_submissions_and_decisions_need_a_key(
        self, lena: Caller, rashid: Caller, cast: Cast
    ) -> None:
        cart_id = fill_cart(lena, cast)
        body = {"plan_hash": plan_hash(lena, cart_id)}
        refused = lena.send("POST", f"/carts/{cart_id}/submissions", body)
        assert (refused.status, refused.json["code"]) == (400, "idempotency_key_required")
        requisition = submit(lena, cart_id)
        step = rashid.get("/steps").json["data"][0]
        said = {"decision": "approve", "revision_hash": requisition["content_hash"]}
        refused = rashid.send("POST", f"/steps/{step['id']}/decisions", said)
        assert (refused.status, refused.json["code"]) == (400, "idempotency_key_required")
        assert lena.send("POST", "/carts", {"name": "Free"}).status == 201

    def test_a_dry_run_that_nobody_reads_is_no_way_around_the_key(
        self, lena: Caller, cast: Cast
    ) -> None:
        cart_id = fill_cart(lena, cast)
        body = {"plan_hash": plan_hash(lena, cart_id)}
        refused = lena.send("POST", f"/carts/{cart_id}/submissions?dry_run=true", body)
        assert (refused.status, refused.json["code"]) == (400, "idempotency_key_required")
        assert not Requisition.objects.exists()

    @pytest.mark.parametrize("key", ["", "with space", "ä", "x" * 256])
    def test_a_key_is_printable_and_short(self, lena: Caller, key: str) -> None:
        assert lena.post("/carts", {"name": "Week"}, idempotency_key=key).status == 422

    def test_a_decision_sent_twice_is_one_decision(
        self, lena: Caller, rashid: Caller, cast: Cast
    ) -> None:
        requisition = submit(lena, fill_cart(lena, cast))
        step = rashid.get("/steps").json["data"][0]
        said = {"decision": "approve", "revision_hash": requisition["content_hash"]}
        address = f"/steps/{step['id']}/decisions"
        first = rashid.post(address, said, idempotency_key="d1")
        again = rashid.post(address, said, idempotency_key="d1")
        assert first.json == again.json
        assert Decision.objects.count() == 1

    def test_keys_are_kept_for_thirty_days(self, lena: Caller) -> None:
        lena.post("/carts", {"name": "One"}, idempotency_key="k")
        assert forget_old_rows(now=real_now() + timedelta(days=30, seconds=-60)) == 0
        # The key, and the call in the log of calls.
        assert forget_old_rows(now=real_now() + timedelta(days=30, seconds=60)) == 2
        lena.post("/carts", {"name": "One"}, idempotency_key="k")
        assert Cart.objects.count() == 2


def at_once(count: int, ask: Any) -> list[Said]:
    """Ask from so many threads at once; their answers."""
    barrier, answers = Barrier(count), []

    def run() -> None:
        barrier.wait(timeout=60)
        try:
            answers.append(ask())
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_twins_at_once_make_one_requisition(committed_db: Ground, cast: Cast) -> None:
    lena = key_of("meridian").acting_for(cast.member["lena"])
    cart_id = fill_cart(lena, cast)
    body = {"plan_hash": plan_hash(lena, cart_id)}
    answers = at_once(
        4, lambda: lena.post(f"/carts/{cart_id}/submissions", body, idempotency_key="twin")
    )
    assert [one.status for one in answers] == [201] * 4
    assert len({json.dumps(one.json, sort_keys=True) for one in answers}) == 1
    assert sum("Idempotent-Replayed" in one.headers for one in answers) == 3
    assert Requisition.objects.count() == 1
    assert list(verify()) == []


def test_approvals_at_once_with_keys_of_their_own_make_one_order(
    committed_db: Ground, cast: Cast
) -> None:
    lena, rashid, jonas = (own_key_of(one) for one in (cast.lena, cast.rashid, cast.jonas))
    requisition = submit(lena, fill_cart(lena, cast))
    decide(rashid, requisition)
    step = jonas.get("/steps").json["data"][0]
    said = {"decision": "approve", "revision_hash": requisition["content_hash"]}
    answers = at_once(5, lambda: jonas.post(f"/steps/{step['id']}/decisions", said))
    assert sorted(one.status for one in answers) == [201, 409, 409, 409, 409]
    assert Order.objects.count() == 1
    assert list(verify()) == []


def test_a_twin_that_is_still_at_work_is_a_conflict(committed_db: Ground, cast: Cast) -> None:
    """On SQLite writers queue instead, so there is nothing to see there."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    lena = key_of("meridian").acting_for(cast.member["lena"])
    key_id = lena.get("/me").json["key"]["id"]
    connection.set_autocommit(False)
    try:
        IdempotencyKey.objects.create(
            created_at=real_now(), owner=key_id, key="twin", request_hash="x"
        )
        (answer,) = at_once(1, lambda: lena.post("/carts", {"name": "W"}, idempotency_key="twin"))
    finally:
        connection.rollback()
        connection.set_autocommit(True)
    assert (answer.status, answer.json["code"]) == (409, "request_in_flight")

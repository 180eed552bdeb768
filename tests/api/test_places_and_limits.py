"""Units, places, limits and standing in by API: under their version, within reach, with reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.companies.models import Company, Limit, Unit
from placet.requisitions.models import StepAssignment
from tests.api.caller import Caller, key_of
from tests.api.road import fill_cart, submit
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

DOCK: dict[str, Any] = {
    "kind": "ship_to",
    "name": "Dock C",
    "street": "Hauptstraße 3",
    "postcode": "10115",
    "city": "Berlin",
    "country": "de",
}


def span(begin: int, end: int) -> dict[str, str]:
    """Between two days from now."""
    return {
        "starts_at": (NOW + timedelta(days=begin)).isoformat(),
        "ends_at": (NOW + timedelta(days=end)).isoformat(),
    }


def test_a_unit_grows_moves_and_is_closed_when_nothing_lives_there(
    ines: Caller, cast: Cast
) -> None:
    wish = {"name": "ICU-5", "parent": cast.unit["icu"], "external_id": "OU-5"}
    made = ines.post("/units", wish)
    unit = f"/units/{made.json['id']}"
    renamed = ines.patch(unit, {"code": "icu-5"}, if_match=made.headers["ETag"])
    assert (renamed.json["name"], renamed.json["code"]) == ("ICU-5", "icu-5")
    assert ines.patch(unit, {"name": "Late"}, if_match=made.headers["ETag"]).status == 412
    moved = ines.post(f"{unit}/moves", {"parent": cast.unit["finance"]}).json
    assert moved["path"][-2:] == [cast.unit["finance"], moved["id"]]
    assert ines.get("/units?external_id=OU-5").json["data"][0]["id"] == moved["id"]
    full = ines.post(f"/units/{cast.unit['icu']}/closings")
    assert (full.status, full.json["code"]) == (409, "unit_in_use")
    assert "Rashid Haddad" in full.json["detail"]
    closed = ines.post(f"{unit}/closings").json
    assert closed["closed_at"] is not None
    assert {one["code"] for one in closed["closed_actions"]} == {"closed"}
    circle = ines.post(f"/units/{cast.unit['icu']}/moves", {"parent": cast.unit["icu-4"]})
    assert circle.json["errors"][0]["code"] == "circle"
    assert Unit.objects.get(pk=cast.unit["icu"]).parent_id == cast.unit["hospital"]


def test_another_head_is_asked_at_what_waits(ines: Caller, lena: Caller, cast: Cast) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    said = ines.post(f"/units/{cast.unit['icu']}/heads", {"member": cast.member["mei"]})
    assert said.json["head"]["name"] == "Mei Tanaka"
    seats = StepAssignment.objects.filter(requisition_id=requisition["id"], is_open=True)
    assert cast.member["mei"] in {seat.member_id for seat in seats}


def test_a_limit_is_set_as_a_whole_and_seen_by_whom_it_concerns(
    ines: Caller, lena: Caller, cast: Cast
) -> None:
    address = f"/members/{cast.member['lena']}/limits/spending"
    wish = {"currency": "EUR", "mode": "hard", "order_maximum_minor": 50_000}
    assert ines.get(address).status == 404
    assert ines.send("PUT", address, wish).status == 428
    made = ines.send("PUT", address, wish, if_match='"0"')
    assert (made.status, made.json["order_maximum"]["amount_minor"]) == (201, 50_000)
    assert ines.send("PUT", address, wish, if_match='"0"').status == 412
    whole = ines.send("PUT", address, {"currency": "EUR"}, if_match=made.headers["ETag"])
    assert (whole.status, whole.json["order_maximum"]) == (200, None)
    seen = lena.get(address).json
    assert (seen["allowed_actions"], seen["closed_actions"][0]["code"]) == ([], "own_rights")
    assert lena.get(f"/members/{cast.member['pavel']}/limits/spending").status == 403
    assert [one["id"] for one in lena.get("/limits").json["data"]] == [seen["id"]]
    backwards = {"currency": "EUR", "order_minimum_minor": 2, "order_maximum_minor": 1}
    refused = ines.send("PUT", address, backwards, if_match="*")
    assert refused.json["errors"][0]["pointer"] == "/order_maximum_minor"
    assert ines.delete(address, if_match=whole.headers["ETag"]).status == 204
    assert not Limit.objects.exists()


def test_a_holiday_is_prepared_and_ended(meridian: Caller, cast: Cast) -> None:
    rashid = meridian.acting_for(cast.member["rashid"])
    pair = {"principal": cast.member["rashid"], "delegate": cast.member["mei"]}
    assert rashid.post("/absences", {"member": cast.member["rashid"], **span(1, 8)}).status == 201
    mei = meridian.acting_for(cast.member["mei"])
    mei.post("/absences", {"member": cast.member["mei"], **span(6, 9)})
    made = rashid.post("/delegations", {**pair, **span(0, 8), "cap_minor": 100_000})
    assert (made.status, made.json["cap"]["amount_minor"]) == (201, 100_000)
    away = made.json["delegate_is_away"]
    assert [one["starts_at"][:10] for one in away] == ["2026-11-30"]
    preview = f"/members/{cast.member['rashid']}/stand_in?at="
    asked = {}
    for day in (2, 7):
        found = rashid.get(preview + f"{NOW + timedelta(days=day):%Y-%m-%dT%H:%M:%SZ}").json
        asked[day] = ([one["name"] for one in found["asked"]], found["goes_up"])
    assert asked == {2: (["Mei Tanaka"], False), 7: ([], True)}
    ended = mei.post(f"/delegations/{made.json['id']}/endings").json
    assert {one["code"] for one in ended["closed_actions"]} == {"ended"}
    assert mei.post(f"/delegations/{made.json['id']}/endings").status == 409


def test_nobody_makes_themselves_a_delegate_and_spans_have_an_end(
    meridian: Caller, ines: Caller, cast: Cast
) -> None:
    pair = {"principal": cast.member["rashid"], "delegate": cast.member["ines"]}
    refused = ines.post("/delegations", {**pair, **span(1, 8)})
    assert (refused.status, refused.json["reason"]) == (403, "own_rights")
    good = {"principal": cast.member["rashid"], "delegate": cast.member["mei"]}
    for when in (span(8, 1), {"starts_at": "2026-12-01T00:00:00", "ends_at": "2026-12-02"}):
        assert ines.post("/delegations", {**good, **when}).status == 422
    edge = {"starts_at": "0001-01-01T00:00:00+14:00", "ends_at": "9999-12-31T23:59:59-12:00"}
    assert ines.post("/delegations", {**good, **edge}).status == 422
    lena = meridian.acting_for(cast.member["lena"])
    assert lena.get("/delegations").json["data"] == []
    assert lena.post("/delegations", {**good, **span(1, 8)}).status == 403


def test_an_address_is_for_those_who_are_named(ines: Caller, lena: Caller, cast: Cast) -> None:
    made = ines.post("/addresses", {**DOCK, "external_id": "D-C"})
    assert (made.status, made.json["country"]) == (201, "DE")
    address = f"/addresses/{made.json['id']}"
    assert lena.get(address).status == 200
    ines.post(f"{address}/shares", {"members": [cast.member["pavel"]]})
    assert lena.get(address).status == 404
    pavel = key_of("meridian").acting_for(cast.member["pavel"])
    listed = pavel.get("/addresses?kind=ship_to&external_id=D-C").json["data"]
    assert [one["id"] for one in listed] == [made.json["id"]]
    seen = ines.get(address).headers["ETag"]
    changed = ines.patch(address, {"unit": cast.unit["icu"], "city": "Potsdam"}, if_match=seen)
    assert (changed.json["unit"], changed.json["city"]) == (cast.unit["icu"], "Potsdam")
    everywhere = ines.patch(address, {"unit": None}, if_match=changed.headers["ETag"])
    assert everywhere.json["unit"] is None
    foreign = ines.post("/addresses", {**DOCK, "unit": cast.unit["warsaw"]})
    assert foreign.status == 404
    assert ines.post(f"{address}/closings").json["closed_at"] is not None
    assert ines.post(f"{address}/closings").status == 409


def test_cost_centers_and_reference_fields(ines: Caller, cast: Cast) -> None:
    center = ines.post("/cost_centers", {"code": "4411", "name": "ICU-5", "external_id": "K1"})
    address = f"/cost_centers/{center.json['id']}"
    changed = ines.patch(address, {"owner": cast.member["mei"]}, if_match=center.headers["ETag"])
    assert (changed.json["owner"]["name"], changed.json["name"]) == ("Mei Tanaka", "ICU-5")
    assert ines.post("/cost_centers", {"code": "4411", "name": "Twice"}).status == 409
    assert ines.post(f"{address}/closings").status == 201
    codes = {one["code"] for one in ines.get("/cost_centers").json["data"]}
    assert codes == {"4410", "9000"}
    wish = {"key": "ward", "name": "Ward", "kind": "list", "choices": ["ICU-4", "ICU-5"]}
    field = ines.post("/reference_fields", {**wish, "is_required": True})
    address = f"/reference_fields/{field.json['id']}"
    changed = ines.patch(address, {"choices": ["ICU-4"]}, if_match=field.headers["ETag"])
    assert (changed.json["choices"], changed.json["is_required"]) == (["ICU-4"], True)
    unreadable = ines.patch(address, {"kind": "pattern", "pattern": "("}, if_match="*")
    assert unreadable.json["errors"][0]["pointer"] == "/pattern"
    ines.post(f"{address}/closings")
    assert ines.get("/reference_fields").json["data"] == []


def test_a_stuck_step_gets_somebody_else(ines: Caller, lena: Caller, cast: Cast) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    address = f"/steps/{requisition['steps'][0]['id']}/reassignments"
    said = ines.post(address, {"member": cast.member["helena"], "reason": "Rashid is away."})
    assert (said.status, said.json["member"]["name"]) == (201, "Helena Brandt")
    own = ines.post(address, {"member": cast.member["lena"], "reason": "Quick."})
    assert (own.status, own.json["code"]) == (409, "may_not_decide")


def count(caller: Caller, path: str) -> int:
    """Statements of one warm GET."""
    assert caller.get(path).status == 200
    with CaptureQueriesContext(connection) as queries:
        caller.get(path)
    return len(queries)


def test_lists_cost_the_same_for_any_number_of_rows(ines: Caller, cast: Cast) -> None:
    for path in ("/members", "/units", "/addresses?managed=true", "/cost_centers?managed=true"):
        assert count(ines, f"{path}{'&' if '?' in path else '?'}limit=1") == count(ines, path)
    rashid = {"principal": cast.member["rashid"]}
    ines.post("/delegations", {**rashid, "delegate": cast.member["mei"], **span(1, 8)})
    one = count(ines, "/delegations")
    ines.post("/delegations", {**rashid, "delegate": cast.member["helena"], **span(1, 8)})
    assert count(ines, "/delegations") == one


def test_a_filter_that_does_not_exist_is_no_silent_everything(ines: Caller) -> None:
    assert ines.get("/members?units=x").status == 422
    assert ines.get("/limits?use=all").status == 422
    assert Company.objects.filter(slug="meridian").exists()

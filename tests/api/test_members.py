"""People by API: invited, changed, handed over, back; roles and what they add up to."""

from __future__ import annotations

from typing import Any

import pytest

from placet.companies.actions import create_role
from placet.companies.models import Company, Member, Role, Unit
from placet.events.models import Event
from placet.requisitions.actions import grant_role
from placet.requisitions.models import StepAssignment
from tests.api.caller import Caller, key_of
from tests.api.road import fill_cart, submit
from tests.cast import NOW, Cast
from tests.cast_people import system_of

pytestmark = pytest.mark.django_db


def noor(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A buyer for ICU."""
    return {
        "email": "noor@meridian.example",
        "name": "Noor Haas",
        "unit": cast.unit["icu"],
        "roles": [{"role": cast.role["meridian/buyer"], "unit": cast.unit["icu"]}],
        "external_id": "HR-77",
        "metadata": {"badge": "4711"},
        **changes,
    }


@pytest.fixture
def head_of_icu(meridian: Caller, cast: Cast) -> Caller:
    """Rashid, who may manage the members and units of ICU and below."""
    company = Company.objects.get(slug="meridian")
    role = create_role(
        company,
        key="unit-admin",
        name="Unit admin",
        permissions=["member.manage", "unit.manage", "address.manage", "limit.manage"],
        actor=system_of(company),
        now=NOW,
    )
    rashid, icu = Member.objects.get(pk=cast.member["rashid"]), Unit.objects.get(code="icu")
    grant_role(rashid, role=role, unit=icu, actor=system_of(company), now=NOW)
    return meridian.acting_for(rashid.pk)


def test_an_invited_member_is_there_once_with_roles_and_labels(ines: Caller, cast: Cast) -> None:
    made = ines.post("/members", noor(cast), idempotency_key="noor")
    again = ines.post("/members", noor(cast), idempotency_key="noor")
    assert (made.status, again.json) == (201, made.json)
    assert made.json["metadata"] == {"badge": "4711"}
    listed = ines.get("/members?external_id=HR-77").json["data"]
    assert [one["email"] for one in listed] == ["noor@meridian.example"]
    grants = ines.get(f"/members/{made.json['id']}/role_grants").json["data"]
    assert [(one["role_key"], one["unit"]) for one in grants] == [("buyer", cast.unit["icu"])]
    twice = ines.post("/members", noor(cast, email="other@meridian.example"))
    assert (twice.status, twice.json["code"]) == (409, "external_id_taken")
    assert Event.objects.filter(type="member.invited").count() == 1


def test_of_a_list_all_come_or_nobody(ines: Caller, cast: Cast) -> None:
    bad = noor(cast, email="not an address", external_id="HR-78")
    refused = ines.post("/members/invitations", {"members": [noor(cast), bad]})
    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] == "/members/1/email"
    assert not Member.objects.filter(external_id="HR-77").exists()
    good = {**bad, "email": "hana@meridian.example"}
    said = ines.post("/members/invitations", {"members": [noor(cast), good]})
    assert [one["external_id"] for one in said.json["data"]] == ["HR-77", "HR-78"]


def test_a_member_changes_under_their_version(ines: Caller, cast: Cast) -> None:
    address = f"/members/{cast.member['mei']}"
    seen = ines.get(address).headers["ETag"]
    wish = {"title": "Deputy", "manager": cast.member["rashid"], "metadata": {"floor": "4"}}
    changed = ines.patch(address, wish, if_match=seen)
    assert (changed.json["title"], changed.json["manager"]) == ("Deputy", cast.member["rashid"])
    assert ines.patch(address, wish, if_match=seen).status == 412
    circle = ines.patch(
        f"/members/{cast.member['rashid']}", {"manager": cast.member["mei"]}, if_match="*"
    )
    assert circle.json["errors"][0]["code"] == "circle"
    gone = ines.patch(address, {"manager": None}, if_match=changed.headers["ETag"])
    assert gone.json["manager"] is None


def test_nobody_changes_themselves_or_raises_their_own_rights(ines: Caller, cast: Cast) -> None:
    me = cast.member["ines"]
    seen = ines.get(f"/members/{me}").json
    assert {one["code"] for one in seen["closed_actions"]} >= {"own_rights"}
    tries = [
        ines.patch(f"/members/{me}", {"title": "Chief"}, if_match="*"),
        ines.patch(f"/members/{me}", {"external_id": "HR-1"}, if_match="*"),
        ines.post(f"/members/{me}/role_grants", {"role": cast.role["meridian/approver"]}),
        ines.send("PUT", f"/members/{me}/limits/authority", {"currency": "EUR"}, if_match='"0"'),
        ines.post(f"/members/{me}/deactivations"),
        ines.post(f"/units/{cast.unit['icu']}/heads", {"member": me}),
        ines.patch(
            f"/cost_centers/{cast.cost_center['meridian/4410']}", {"owner": me}, if_match="*"
        ),
    ]
    assert [one.status for one in tries] == [403] * len(tries)
    assert {one.json["reason"] for one in tries} == {"own_rights"}


def test_permissions_say_where_they_come_from(ines: Caller, lena: Caller, cast: Cast) -> None:
    address = f"/members/{cast.member['rashid']}/effective_permissions"
    found = {one["permission"]: one for one in ines.get(address).json["data"]}
    approve, submitting = found["order.approve"], found["order.submit"]
    assert [one["unit"] for one in approve["sources"]] == [cast.unit["icu"]]
    assert (approve["is_company_wide"], submitting["is_company_wide"]) == (False, True)
    assert lena.get(address).status == 403
    own = f"/members/{cast.member['lena']}/effective_permissions"
    assert {one["permission"] for one in lena.get(own).json["data"]} >= {"order.submit"}


def test_who_leaves_hands_over_what_waits_for_them(ines: Caller, lena: Caller, cast: Cast) -> None:
    requisition = submit(lena, fill_cart(lena, cast))
    rashid, mei = cast.member["rashid"], cast.member["mei"]
    preview = ines.get(f"/members/{rashid}/hand_over").json
    assert [one["name"] for one in preview["steps"]] == [requisition["number"]]
    assert [one["id"] for one in preview["units"]] == [cast.unit["icu"]]
    assert not preview["is_empty"]
    said = ines.post(f"/members/{rashid}/deactivations", {"hand_over_to": mei})
    assert (said.status, said.json["status"]) == (201, "deactivated")
    open_seats = StepAssignment.objects.filter(requisition_id=requisition["id"], is_open=True)
    assert [seat.member_id for seat in open_seats] == [mei]
    assert ines.get(f"/units/{cast.unit['icu']}").json["head"]["member"] == mei
    assert ines.get(f"/members/{rashid}/hand_over").json["is_empty"]
    back = ines.post(f"/members/{rashid}/reactivations")
    assert "reactivate" not in back.json["allowed_actions"]


def test_the_last_who_can_decide_cannot_leave(meridian: Caller, lena: Caller, cast: Cast) -> None:
    """A step that nobody could take refuses the whole: they are still a member afterwards."""
    submit(lena, fill_cart(lena, cast))
    leaving = ("mei", "helena", "anika", "piotr", "jonas", "rashid", "ines")
    said = [meridian.post(f"/members/{cast.member[name]}/deactivations") for name in leaving]
    assert [one.status for one in said] == [201] * 6 + [409]
    assert said[-1].json["code"] == "nobody_left"
    assert Member.objects.get(pk=cast.member["ines"]).status == "active"


def test_an_admin_of_a_unit_manages_that_and_what_is_below(head_of_icu: Caller, cast: Cast) -> None:
    assert head_of_icu.post("/members", noor(cast)).status == 201
    elsewhere = noor(cast, unit=cast.unit["finance"], email="a@b.example", external_id="")
    assert head_of_icu.post("/members", elsewhere).status == 403
    everywhere = noor(cast, email="c@b.example", external_id="")
    everywhere["roles"] = [{"role": cast.role["meridian/company_admin"]}]
    assert head_of_icu.post("/members", everywhere).status == 403
    assert head_of_icu.post("/units", {"name": "ICU-5", "parent": cast.unit["icu"]}).status == 201
    assert head_of_icu.post("/units", {"name": "Top"}).status == 403
    assert "change" in head_of_icu.get(f"/units/{cast.unit['icu-4']}").json["allowed_actions"]
    assert "change" not in head_of_icu.get(f"/units/{cast.unit['biomed']}").json["allowed_actions"]
    grants = f"/members/{cast.member['sofia']}/role_grants"
    assert head_of_icu.get(grants).status == 403
    assert Member.objects.filter(
        company_id=cast.company["meridian"], user__name="Noor Haas"
    ).exists()


def test_roles_are_made_cloned_compared_and_changed(ines: Caller, cast: Cast) -> None:
    known = {one["id"] for one in ines.get("/permissions").json["data"]}
    assert "order.submit" in known
    assert "order.process" not in known
    auditor = cast.role["meridian/auditor"]
    clone = ines.post("/roles", {"key": "reader", "name": "Reader", "clone_of": auditor})
    role = f"/roles/{clone.json['id']}"
    changed = ines.patch(
        role, {"permissions": ["audit.view", "price.view"]}, if_match=clone.headers["ETag"]
    )
    assert changed.json["permissions"] == ["audit.view", "price.view"]
    compared = ines.get(f"{role}/comparisons/{auditor}").json
    assert (compared["only_first"], compared["both"]) == ([], ["price.view", "audit.view"])
    assert "budget.view" in compared["only_second"]
    built_in = ines.patch(f"/roles/{auditor}", {"name": "Mine"}, if_match="*")
    assert built_in.status == 409
    for permission, status in (("order.process", 422), ("webhook.manage", 201)):
        wish = {"key": f"x-{status}", "name": "X", "permissions": [permission]}
        assert ines.post("/roles", wish).status == status


def test_a_role_is_given_once_and_taken_away(ines: Caller, cast: Cast) -> None:
    address = f"/members/{cast.member['pavel']}/role_grants"
    wish = {"role": cast.role["meridian/approver"], "unit": cast.unit["icu-4"]}
    first, second = ines.post(address, wish).json, ines.post(address, wish).json
    assert first["id"] == second["id"]
    left = ines.post(f"{address}/{first['id']}/revocations").json["data"]
    assert [one["role_key"] for one in left] == ["buyer"]
    assert ines.post(f"{address}/{first['id']}/revocations").status == 404


def test_a_key_does_what_its_scopes_say(cast: Cast) -> None:
    people = key_of("meridian", "member.manage")
    assert people.post("/members", noor(cast)).status == 201
    assert people.post("/units", {"name": "ICU-5"}).status == 403
    admin = noor(cast, email="c@b.example", external_id="")
    admin["roles"] = [{"role": cast.role["meridian/company_admin"]}]
    assert people.post("/members", admin).status == 403
    assert not Role.objects.filter(role_grants__member__user__email="c@b.example").exists()

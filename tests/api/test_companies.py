"""Companies by API: registered, changed by whom they belong to, suspended, and applications."""

from __future__ import annotations

from typing import Any

import pytest

from placet.companies.models import Company, CompanyApplication, Member
from placet.companies.queries import get_actor
from placet.requisitions.actions import apply_for_company
from tests.api.caller import Caller, key_of, own_key_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

LUND: dict[str, Any] = {
    "name": "Lund Dental",
    "slug": "lund",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "founder": {"name": "Eva Lund", "email": "eva@lund.example"},
    "external_id": "C-1001",
    "metadata": {"segment": "dental"},
}


def test_a_registered_company_can_buy_at_once_and_its_founder_runs_it(norden: Caller) -> None:
    made = norden.post("/companies", LUND)
    assert (made.status, made.json["external_id"]) == (201, "C-1001")
    assert made.json["metadata"] == {"segment": "dental"}
    eva = Member.objects.get(company_id=made.json["id"])
    assert eva.invited_at is not None
    caller = own_key_of(get_actor(user_id=eva.user_id, company_slug="lund", channel="web"))
    permissions = {one["permission"] for one in caller.get("/me").json["permissions"]}
    assert {"company.manage", "order.submit", "order.approve"} <= permissions
    plan = caller.post("/plans", {"amount": {"amount_minor": 1_000, "currency": "EUR"}})
    assert (plan.status, plan.json["outcome"]) == (200, "free")


def test_the_same_request_sent_twice_registers_one_company(norden: Caller) -> None:
    first = norden.post("/companies", LUND, idempotency_key="lund")
    again = norden.post("/companies", LUND, idempotency_key="lund")
    assert (again.json, again.headers["Idempotent-Replayed"]) == (first.json, "true")
    assert Company.objects.filter(slug="lund").count() == 1
    other = norden.post("/companies", {**LUND, "name": "Other"}, idempotency_key="lund")
    assert other.status == 422


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"kind": "merchant"}, "/kind"),
        ({"slug": "Lund!"}, "/slug"),
        ({"time_zone": "Mars/Base"}, "/time_zone"),
        ({"currency": "euro"}, "/currency"),
        ({"founder": {"name": "Eva", "email": "eva"}}, "/founder/email"),
        ({"metadata": {"a": 1}}, "/metadata/a"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_made(
    norden: Caller, wrong: dict[str, Any], pointer: str
) -> None:
    said = norden.post("/companies", {**LUND, **wrong})
    assert (said.status, said.json["errors"][0]["pointer"]) == (422, pointer)
    assert not Company.objects.filter(slug="lund").exists()


def test_an_external_id_names_one_customer(norden: Caller, cast: Cast) -> None:
    made = norden.post("/companies", LUND).json
    address = f"/companies/{cast.company['meridian']}"
    refused = norden.patch(address, {"external_id": "C-1001"}, if_match="*")
    assert (refused.status, refused.json["code"]) == (409, "external_id_taken")
    assert refused.json["id"] == made["id"]
    found = norden.get("/companies?external_id=C-1001").json["data"]
    assert [one["id"] for one in found] == [made["id"]]


def test_a_company_changes_its_own_settings_and_not_its_terms(ines: Caller, cast: Cast) -> None:
    address = f"/companies/{cast.company['meridian']}"
    seen = ines.get(address)
    assert seen.json["allowed_actions"] == ["change"]
    assert ines.patch(address, {"fiscal_year_month": 4}).status == 428
    changed = ines.patch(address, {"fiscal_year_month": 4}, if_match=seen.headers["ETag"])
    assert (changed.status, changed.json["fiscal_year_month"]) == (200, 4)
    stale = ines.patch(address, {"fiscal_year_month": 5}, if_match=seen.headers["ETag"])
    assert stale.status == 412
    for wish in ({"payment_terms": "net_90"}, {"currency": "USD"}, {"external_id": "C-2"}):
        refused = ines.patch(address, wish, if_match="*")
        assert (refused.status, refused.json["reason"]) == (403, "merchant_only"), wish


def test_everybody_else_sees_their_own_company_alone(ola: Caller, cast: Cast) -> None:
    assert [one["slug"] for one in ola.get("/companies").json["data"]] == ["kowalski"]
    assert ola.get(f"/companies/{cast.company['meridian']}").status == 404


def test_a_suspended_company_does_nothing_until_it_is_resumed(
    norden: Caller, lena: Caller, cast: Cast
) -> None:
    address = f"/companies/{cast.company['meridian']}"
    suspended = norden.post(f"{address}/suspensions").json
    assert suspended["status"] == "suspended"
    assert "resume" in suspended["allowed_actions"]
    refused = lena.post("/carts", {"name": "Week"})
    assert (refused.status, refused.json["code"]) == (403, "company_suspended")
    assert norden.post(f"{address}/suspensions").status == 409
    norden.post(f"{address}/resumptions")
    assert lena.post("/carts", {"name": "Week"}).status == 201


def application(name: str, email: str, cast: Cast) -> str:
    """The id of an application that waits."""
    made = apply_for_company(name, applicant_name="Eva Lund", email=email, actor=cast.odd, now=NOW)
    return made.pk


def test_an_application_is_accepted_once_and_becomes_a_company(norden: Caller, cast: Cast) -> None:
    waiting = application("Lund Dental", "eva@lund.example", cast)
    other = application("Nobody", "no@one.example", cast)
    listed = norden.get("/company_applications?status=waiting&limit=1").json
    assert (listed["data"][0]["id"], listed["has_more"]) == (waiting, True)
    address = f"/company_applications/{waiting}"
    made = norden.post(f"{address}/acceptances", {"slug": "lund", "payment_terms": "net_14"})
    assert (made.status, made.json["payment_terms"]) == (201, "net_14")
    assert Member.objects.get(company_id=made.json["id"]).user.email == "eva@lund.example"
    assert norden.post(f"{address}/acceptances", {"slug": "lund-2"}).status == 409
    shown = norden.get(address).json
    assert (shown["status"], shown["company"]) == ("accepted", made.json["id"])
    assert {one["code"] for one in shown["closed_actions"]} == {"answered"}
    said = norden.post(f"/company_applications/{other}/declinations", {"answer": "Too far."})
    assert (said.status, said.json["answer"]) == (201, "Too far.")


def test_a_refused_acceptance_leaves_the_application_waiting(norden: Caller, cast: Cast) -> None:
    waiting = application("Lund Dental", "eva@lund.example", cast)
    refused = norden.post(f"/company_applications/{waiting}/acceptances", {"slug": "meridian"})
    assert refused.status == 409
    assert CompanyApplication.objects.get(pk=waiting).status == "waiting"


def test_a_key_without_the_scope_registers_nobody() -> None:
    desk = key_of("norden", "order.process", "customer.view")
    assert desk.post("/companies", LUND).status == 403
    assert desk.get("/company_applications").status == 403
    assert {one["slug"] for one in desk.get("/companies").json["data"]} >= {"meridian", "park"}

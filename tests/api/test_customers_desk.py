"""The supplier's desk of customers by API: the store, who is in charge, approvers by amount."""

from __future__ import annotations

import pytest

from placet.companies.models import Company
from placet.rulebooks.models import Rulebook
from tests.api.caller import Caller, own_key_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def odd(cast: Cast) -> Caller:
    """The owner of the store, with a key of his own."""
    return own_key_of(cast.odd)


def test_the_store_is_read_by_all_and_changed_by_its_owner(odd: Caller, lena: Caller) -> None:
    before = lena.get("/store")
    assert (before.json["name"], before.json["accent_hue"]) == ("Norden Supply", None)
    said = {"support_email": "help@norden.example", "accent_hue": 20}
    made = odd.patch("/store", said, if_match=before.headers["ETag"])
    assert (made.status, made.json["accent_hue"]) == (200, 20)
    stale = odd.patch("/store", said, if_match=before.headers["ETag"])
    assert stale.status == 412
    back = odd.patch("/store", {"accent_hue": None}, if_match=made.headers["ETag"])
    assert (back.json["accent_hue"], back.json["support_email"]) == (None, "help@norden.example")
    refused = odd.patch("/store", {"accent_hue": 190}, if_match=back.headers["ETag"])
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "contrast")
    assert lena.patch("/store", said, if_match="*").status == 403


def test_approvers_by_amount_need_the_customers_yes(odd: Caller, ines: Caller, cast: Cast) -> None:
    path = f"/companies/{cast.company['meridian']}"
    assert odd.get(f"{path}/approvers").status == 403
    asked = odd.post(f"{path}/keeping_requests", {"keeper": "both", "reason": "As agreed."})
    assert (asked.status, asked.json["asked_keeper"]) == (201, "both")
    answer = {"accepted": True, "version": asked.json["version"]}
    said = ines.post(f"/rulebooks/{asked.json['rulebook']}/keeping_answers", answer)
    assert (said.status, said.json["kept_by"]) == (201, "both")
    seen = odd.get(f"{path}/approvers")
    assert (seen.json["tiers"], seen.json["other_rules"]) == ([], 3)
    tiers = [
        {"from_minor": 200_000, "members": [cast.member["rashid"]]},
        {"from_minor": 300_000, "members": [cast.member["helena"], cast.member["sofia"]]},
    ]
    wish = {"mode": "cumulative", "tiers": tiers, "version": seen.json["version"]}
    made = odd.send("PUT", f"{path}/approvers", wish)
    assert [one["starts_at"]["amount_minor"] for one in made.json["tiers"]] == [200_000, 300_000]
    assert odd.send("PUT", f"{path}/approvers", wish).status == 409
    wrong = {**wish, "version": made.json["version"], "tiers": tiers[::-1]}
    assert odd.send("PUT", f"{path}/approvers", wrong).status == 422
    assert odd.post(f"{path}/keeping_ends").json["kept_by"] == "company"
    assert odd.get(f"{path}/approvers").status == 403
    assert Rulebook.objects.get(pk=asked.json["rulebook"]).published.number == 2


def test_a_foreign_member_approves_nothing(odd: Caller, cast: Cast) -> None:
    Rulebook.objects.filter(company_id=cast.company["meridian"]).update(kept_by="both")
    tiers = [{"from_minor": 200_000, "members": [cast.member["jan"]]}]
    wish = {"mode": "final", "tiers": tiers, "version": 1}
    answer = odd.send("PUT", f"/companies/{cast.company['meridian']}/approvers", wish)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/tiers/0/members")


def test_who_is_in_charge(odd: Caller, norden: Caller, ines: Caller, cast: Cast) -> None:
    path = f"/companies/{cast.company['meridian']}/reps"
    assert odd.send("PUT", path, {"members": [cast.member["mira"]]}).json["members"] == [
        cast.member["mira"]
    ]
    assert norden.get(path).json["members"] == [cast.member["mira"]]
    assert odd.send("PUT", path, {"members": [cast.member["lena"]]}).status == 422
    assert ines.get(path).status == 404
    assert ines.send("PUT", path, {"members": []}).status == 404


def test_a_suspension_keeps_its_reason_from_the_customer(
    odd: Caller, ines: Caller, cast: Cast
) -> None:
    path = f"/companies/{cast.company['meridian']}"
    assert odd.post(f"{path}/suspensions", {"reason": "Unpaid since August"}).status == 201
    assert Company.objects.get(slug="meridian").suspended_reason == "Unpaid since August"
    refused = ines.get("/me")
    assert (refused.status, "Unpaid" in str(refused.json)) == (403, False)
    assert odd.post(f"{path}/resumptions").status == 201
    seen = ines.get("/events")
    assert (seen.status, "Unpaid" in str(seen.json)) == (200, False)

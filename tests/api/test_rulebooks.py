"""Rules through the API: written, checked, published, compared; and by whom not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from placet.api import rate
from placet.companies.actions import create_api_key
from placet.companies.models import Company
from placet.rulebooks.models import Rulebook, RulebookDraft
from tests.api.caller import Caller, Said, key_of, own_key_of
from tests.cast import Cast
from tests.rulebooks.rules import book, euro, meridian, over, rule, with_finance_from

pytestmark = pytest.mark.django_db

HEAD_ABOVE = {"select": "head", "levels_up": 1}
EXAMPLE = {
    "rule": "finance",
    "name": "A microscope",
    "purchase": {"purchase.amount": euro(640_000)},
    "expect": "matches",
}


@pytest.fixture
def home(cast: Cast) -> str:
    """The address of Meridian's rulebook."""
    return f"/rulebooks/{meridian(cast).pk}"


def begin(who: Caller, home: str, document: Any, **more: Any) -> Said:
    """Write the first draft."""
    body = {"document": document, **more}
    return who.send("PUT", f"{home}/draft", body, if_none_match="*")


def test_the_road_of_a_draft(ines: Caller, home: str) -> None:
    begun = begin(ines, home, with_finance_from(600_000), examples=[EXAMPLE])
    assert (begun.status, begun.headers["ETag"]) == (201, '"1"')
    assert begun.json["edited_by"]["name"] == "Ines Keller"
    assert begun.json["based_on"] == 1
    assert ines.get(home).json["draft_version"] == 1
    changed = ines.get(f"{home}/differences").json
    assert [one["kind"] for one in changed["rules"]] == ["changed"]
    assert "6,000.00" in changed["rules"][0]["after"]
    made = ines.post(f"{home}/publications", {"version": 1, "note": "As agreed"})
    assert (made.status, made.json["number"], made.json["note"]) == (201, 2, "As agreed")
    assert made.json["examples"] == [EXAMPLE]
    assert ines.get(f"{home}/draft").status == 404
    assert ines.get(f"{home}/versions/2").json == made.json
    back = ines.get(f"{home}/differences?from=2&to=1").json
    assert "5,000.00" in back["rules"][0]["after"]


def test_who_did_not_see_the_draft_does_not_overwrite_it(ines: Caller, home: str) -> None:
    assert ines.send("PUT", f"{home}/draft", {"document": book()}).status == 428
    begin(ines, home, with_finance_from(600_000))
    wish = {"document": with_finance_from(700_000)}
    assert ines.send("PUT", f"{home}/draft", wish).status == 428
    assert ines.send("PUT", f"{home}/draft", wish, if_none_match="*").status == 412
    assert ines.send("PUT", f"{home}/draft", wish, if_match='"7"').status == 412
    saved = ines.send("PUT", f"{home}/draft", wish, if_match='"1"')
    assert (saved.status, saved.headers["ETag"]) == (200, '"2"')
    assert ines.post(f"{home}/publications", {"version": 1}).json["code"] == "draft_changed"
    assert ines.delete(f"{home}/draft").status == 428
    assert ines.delete(f"{home}/draft", if_match='"2"').status == 204
    assert ines.send("PUT", f"{home}/draft", wish, if_match='"2"').status == 412


def test_every_fault_of_a_text_has_its_place(ines: Caller, home: str) -> None:
    wrong = book(rule("a", {"field": "purchase.amount", "op": "~", "value": 1}, HEAD_ABOVE))
    wrong["rules"].append({"id": "b"})
    for answer in (
        begin(ines, home, wrong),
        ines.post("/rulebooks/check", {"document": wrong}),
    ):
        pointers = [one["pointer"] for one in answer.json["errors"]]
        assert (answer.status, pointers[0]) == (422, "/document/rules/0/when/op")
        assert any(pointer.startswith("/document/rules/1") for pointer in pointers)
    bad = begin(ines, home, book(), examples=[{**EXAMPLE, "rule": "nobody"}])
    assert [one["pointer"] for one in bad.json["errors"]] == ["/examples/0/rule"]


def test_a_check_tells_what_is_wrong_and_shows_it(ines: Caller, home: str, cast: Cast) -> None:
    gone = {"select": "members", "members": [cast.member["gone"]]}
    stuck = book(rule("stuck", over(100_00), gone))
    found = ines.post("/rulebooks/check", {"document": stuck}).json["data"]
    assert {one["severity"] for one in found} >= {"block"}
    shown = next(one for one in found if one["severity"] == "block")
    assert shown["pointer"].startswith("/rules/0")
    assert shown["way_out"]
    begin(ines, home, stuck)
    same = ines.post("/rulebooks/check", {"rulebook": home.rpartition("/")[2]}).json["data"]
    assert [one["code"] for one in same] == [one["code"] for one in found]
    refused = ines.post(f"{home}/publications", {"version": 1})
    assert (refused.status, refused.json["code"]) == (409, "rulebook_refused")
    assert refused.json["findings"][0]["sentence"]
    assert refused.json["errors"][0]["pointer"].startswith("/rules/0")
    assert Rulebook.objects.get(pk=home.rpartition("/")[2]).published is not None


def test_a_text_without_fault_has_no_findings(ines: Caller, home: str) -> None:
    version = ines.get(f"{home}/versions/1").json
    answer = ines.post("/rulebooks/check", {"document": version["document"]})
    assert [one for one in answer.json["data"] if one["severity"] == "block"] == []


def test_a_file_comes_out_and_goes_in_again(ines: Caller, home: str) -> None:
    from django.test import Client

    def send(method: str, path: str, body: bytes = b"", **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {ines.secret}", **headers}
        return Client().generic(
            method, f"/api/v1{path}", body, content_type="application/yaml", headers=sent
        )

    text = send("GET", f"{home}/versions/1", Accept="application/yaml")
    assert text.headers["Content-Type"].startswith("application/yaml")
    again = text.content.replace(b"500000", b"600000")
    assert again != text.content
    made = send("PUT", f"{home}/draft", again, **{"If-None-Match": "*"})
    assert made.status_code == 201, made.content
    assert send("GET", f"{home}/draft", Accept="application/yaml").content == again
    assert json.loads(send("POST", "/rulebooks/check", again).content)["object"] == "list"
    torn = send("POST", "/rulebooks/check", b"rules: [&a 1, *a]")
    assert (torn.status_code, json.loads(torn.content)["errors"][0]["pointer"]) == (422, "/file")
    assert send("POST", "/rulebooks/check", b"\xff").status_code == 422
    assert send("POST", "/carts", b"name: x").status_code == 415


def test_how_a_rulebook_is_kept(ines: Caller, home: str) -> None:
    wish = {"kept_by": "both", "needs_second_person": True}
    assert ines.patch(home, wish).status == 428
    changed = ines.patch(home, wish, if_match=ines.get(home).headers["ETag"])
    assert (changed.status, changed.json["kept_by"]) == (200, "both")
    assert changed.json["needs_second_person"] is True
    assert "change" in changed.json["allowed_actions"]


def test_a_place_for_the_rules_of_a_unit(ines: Caller, lena: Caller, cast: Cast) -> None:
    made = ines.post("/rulebooks", {"name": "ICU", "unit": cast.unit["icu"]})
    assert (made.status, made.json["unit"]) == (201, cast.unit["icu"])
    assert made.json["published_version"] is None
    again = ines.post("/rulebooks", {"name": "ICU", "unit": cast.unit["icu"]})
    assert (again.status, again.json["code"]) == (409, "rulebook_exists")
    assert again.json["rulebook"] == made.json["id"]
    assert lena.post("/rulebooks", {"name": "Mine"}).status == 403
    assert ines.post("/rulebooks", {"name": "Theirs", "side": "merchant"}).status == 403


def test_a_second_person_publishes_and_a_key_is_its_makers(
    ines: Caller, home: str, cast: Cast
) -> None:
    ines.patch(home, {"needs_second_person": True}, if_match="*")
    company = Company.objects.get(slug="meridian")
    _key, secret = create_api_key(
        company, name="Git", scopes=["rule.manage"], actor=cast.ines, now=cast.now
    )
    git = Caller(secret)
    assert begin(git, home, with_finance_from(600_000)).json["edited_by"]["name"] == "Ines Keller"
    for who in (git, ines):
        refused = who.post(f"{home}/publications", {"version": 1})
        assert (refused.status, refused.json["reason"]) == (403, "second_person")
    other = key_of("meridian")
    assert other.post(f"{home}/publications", {"version": 1}).status == 201


def test_a_key_without_the_scope_writes_nothing(home: str) -> None:
    reader = key_of("meridian", "audit.view")
    assert reader.get(home).status == 200
    assert begin(reader, home, book()).status == 403
    assert reader.get(f"{home}/draft").status == 403
    assert reader.post("/rulebooks/check", {"document": book()}).status == 403


def test_an_outsider_finds_no_rules(home: str, cast: Cast) -> None:
    for who in (own_key_of(cast.odd), key_of("kowalski")):
        for path in ("", "/draft", "/versions/1", "/differences"):
            assert who.get(f"{home}{path}").status == 404, path
        assert begin(who, home, book()).status == 404
        assert who.post("/rulebooks/check", {"rulebook": home.rpartition("/")[2]}).status == 404
    assert not RulebookDraft.objects.exists()


def test_the_merchant_writes_what_it_keeps(ines: Caller, home: str, cast: Cast) -> None:
    norden = key_of("norden", "rule.manage", "audit.view")
    assert norden.get(home).status == 404
    ines.patch(home, {"kept_by": "merchant"}, if_match="*")
    assert [one["id"] for one in norden.get("/rulebooks?kept=true").json["data"]]
    assert begin(norden, home, with_finance_from(600_000)).status == 201
    refused = begin(ines, home, book())
    assert (refused.status, refused.json["reason"]) == (403, "kept_by_merchant")


def test_what_a_builder_elsewhere_needs(ines: Caller) -> None:
    fields = {one["field"]: one for one in ines.get("/rulebooks/fields").json["data"]}
    assert fields["purchase.amount"]["kind"] == "money"
    assert ">" in fields["purchase.amount"]["operators"]
    assert fields["requester.orders"]["parameter"] == "period"
    assert "quote" in fields["purchase.source"]["choices"]


def test_a_check_counts_as_twenty_calls(ines: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "BLOCKS_A_MINUTE", 2)
    answers = [ines.post("/rulebooks/check", {"document": book()}).status for _ in range(3)]
    assert answers == [200, 200, 429]

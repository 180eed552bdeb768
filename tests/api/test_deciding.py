"""Deciding through the API: every answer, several at once, suggestions, colleagues, words."""

from __future__ import annotations

from typing import Any

import pytest

from placet.orders.models import Order
from placet.requisitions.models import Decision, Requisition, Suggestion
from tests.api.caller import Caller, own_key_of
from tests.api.road import decide, fill_cart, submit
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LINES = "DRS-15 60\nGLV-M 20\n"


class Keys:
    """Everybody's personal key, made when it is first used."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._found: dict[str, Caller] = {}

    def __getattr__(self, name: str) -> Caller:
        """The key of a person by first name."""
        if name not in self._found:
            self._found[name] = own_key_of(self._cast.actors[name])
        return self._found[name]


@pytest.fixture
def keys(cast: Cast) -> Keys:
    return Keys(cast)


@pytest.fixture
def waiting(keys: Keys, cast: Cast) -> Any:
    """Line 1: 60 dressings; line 2: 20 boxes of gloves. Rashid decides."""
    return submit(keys.lena, fill_cart(keys.lena, cast, LINES))


def step_of(who: Caller, requisition: Any) -> Any:
    rows = who.get("/steps").json["data"]
    return next(one for one in rows if one["requisition"] == requisition["id"])


def shown(who: Caller, requisition: Any) -> Any:
    return who.get(f"/requisitions/{requisition['id']}").json


def test_lines_are_lowered_after_a_look_at_what_follows(keys: Keys, waiting: Any) -> None:
    step = step_of(keys.rashid, waiting)
    lines = [{"line": 1, "quantity": 40}]
    look = keys.rashid.post(f"/steps/{step['id']}/reductions", {"line_decisions": lines})
    assert look.status == 200, look.json
    assert look.json["total"] == {"amount_minor": 40 * 1990 + 20 * 750, "currency": "EUR"}
    assert look.json["counts"] is True
    assert look.json["blocked"] == []
    made = decide(keys.rashid, waiting, line_decisions=lines, reason="Forty are there.")
    assert made["line_decisions"] == lines
    assert made["outcome"] == "applied"
    after = shown(keys.lena, waiting)
    assert after["status"] == "ordered"
    assert after["current"]["number"] == 2
    assert [one["quantity"] for one in after["current"]["content"]["lines"]] == [40, 20]
    rest = [one for one in keys.lena.get("/carts").json["data"] if one["status"] == "open"]
    assert [one["name"] for one in rest] == ["ICU-4 week 48: not approved"]


def test_every_line_at_nothing_is_a_rejection(keys: Keys, waiting: Any) -> None:
    lines = [{"line": number, "quantity": 0} for number in (1, 2)]
    made = decide(keys.rashid, waiting, line_decisions=lines, reason="Not this quarter.")
    assert (made["decision"], made["line_decisions"]) == ("reject", [])
    assert shown(keys.lena, waiting)["status"] == "rejected"


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [
        ([{"line": 2, "quantity": 1}, {"line": 1, "quantity": 61}], "/line_decisions/1/quantity"),
        ([{"line": 9, "quantity": 1}], "/line_decisions/0/quantity"),
        ([{"line": 1, "quantity": 1}, {"line": 1, "quantity": 2}], "/line_decisions/0/quantity"),
        ([{"line": 1, "quantity": -1}], "/line_decisions/0/quantity"),
        ([{"line": 1, "quantity": 1.5}], "/line_decisions/0/quantity"),
    ],
)
def test_a_line_that_does_not_fit_is_pointed_to(
    keys: Keys, waiting: Any, lines: Any, pointer: str
) -> None:
    step = step_of(keys.rashid, waiting)
    said = {"decision": "approve", "revision_hash": step["revision_hash"], "reason": "x"}
    refused = keys.rashid.post(f"/steps/{step['id']}/decisions", {**said, "line_decisions": lines})
    assert refused.status == 422
    assert pointer in [fault["pointer"] for fault in refused.json["errors"]]
    assert not Decision.objects.exists()


def test_changes_are_requested_and_the_buyer_reads_why(keys: Keys, waiting: Any) -> None:
    decide(keys.rashid, waiting, "request_changes", reason="Take the small ones.")
    after = shown(keys.lena, waiting)
    assert after["status"] == "changes_requested"
    said = keys.lena.get(f"/requisitions/{waiting['id']}/decisions").json["data"]
    assert [one["reason"] for one in said] == ["Take the small ones."]


def test_each_row_of_several_has_its_own_result(keys: Keys, cast: Cast, waiting: Any) -> None:
    other = submit(keys.lena, fill_cart(keys.lena, cast, LINES))
    third = submit(keys.lena, fill_cart(keys.lena, cast, LINES))
    rows = [
        {"step": step["id"], "decision": kind, "revision_hash": seen, "reason": reason}
        for step, kind, seen, reason in (
            (step_of(keys.rashid, waiting), "approve", waiting["content_hash"], ""),
            (step_of(keys.rashid, other), "approve", "0" * 64, ""),
            (step_of(keys.rashid, third), "reject", third["content_hash"], "No."),
        )
    ]
    unknown = {**rows[0], "step": "stp_nowhere"}
    silent = {**rows[2], "step": rows[1]["step"], "revision_hash": other["content_hash"]}
    silent["reason"] = ""
    answer = keys.rashid.post("/decisions/bulk", {"decisions": [*rows, unknown, silent, rows[0]]})
    assert answer.status == 200
    results = answer.json["data"]
    codes = [one["refusal"]["code"] if one["refusal"] else "" for one in results]
    assert codes == ["", "stale_revision", "", "not_found", "required", "already_decided"]
    assert [one["step"] for one in results[:3]] == [row["step"] for row in rows]
    assert Order.objects.filter(requisition_id=waiting["id"]).exists()
    states = [shown(keys.lena, one)["status"] for one in (waiting, other, third)]
    assert states == ["ordered", "pending", "rejected"]


def test_a_suggestion_is_shown_accepted_and_answered_once(keys: Keys, waiting: Any) -> None:
    step = step_of(keys.rashid, waiting)
    wish = {"revision_hash": step["revision_hash"], "line": 2, "quantity": 30, "note": "Flu."}
    made = keys.rashid.post(f"/steps/{step['id']}/suggestions", wish)
    assert made.status == 201, made.json
    other = keys.rashid.post(
        f"/steps/{step['id']}/suggestions", {**wish, "line": 0, "quantity": 2, "sku": "PPR-A4"}
    )
    ids = [made.json["id"], other.json["id"]]
    listed = keys.lena.get(f"/requisitions/{waiting['id']}/suggestions?status=open").json["data"]
    assert [one["id"] for one in listed] == ids
    place = f"/requisitions/{waiting['id']}/suggestion_previews"
    look = keys.lena.post(place, {"suggestions": ids}).json
    stale = keys.lena.post(f"/suggestions/{ids[0]}/acceptances", {"plan_hash": "0" * 64})
    assert (stale.status, stale.json["code"]) == (409, "plan_changed")
    wanted = {"plan_hash": look["plan_hash"], "together_with": ids[1:]}
    assert keys.rashid.post(f"/suggestions/{ids[0]}/acceptances", wanted).status == 403
    done = keys.lena.post(f"/suggestions/{ids[0]}/acceptances", wanted)
    assert done.status == 201, done.json
    assert [one["quantity"] for one in done.json["content"]["lines"]] == [60, 30, 2]
    again = keys.lena.post(f"/suggestions/{ids[0]}/acceptances", wanted)
    assert (again.status, again.json["code"]) == (409, "suggestion_over")
    assert keys.lena.post(f"/suggestions/{ids[1]}/declines", {}).status == 409


def test_a_suggestion_is_declined(keys: Keys, waiting: Any) -> None:
    step = step_of(keys.rashid, waiting)
    wish = {"revision_hash": step["revision_hash"], "line": 2, "quantity": 30}
    made = keys.rashid.post(f"/steps/{step['id']}/suggestions", wish).json
    assert keys.pavel.post(f"/suggestions/{made['id']}/declines", {}).status == 404
    done = keys.lena.post(f"/suggestions/{made['id']}/declines", {"reason": "No room."})
    assert (done.status, done.json["status"]) == (201, "declined")


def test_a_colleague_is_asked_instead_and_one_in_addition(
    keys: Keys, cast: Cast, waiting: Any
) -> None:
    step = step_of(keys.rashid, waiting)
    asked = {"member": cast.member["helena"], "note": "Please."}
    added = keys.rashid.post(f"/steps/{step['id']}/approvers", asked)
    assert added.status == 201, added.json
    handed = keys.rashid.post(
        f"/steps/{step['id']}/forwards", {**asked, "member": cast.member["mei"]}
    )
    assert (handed.status, handed.json["kind"]) == (201, "forwarded")
    assert added.json["step"] != handed.json["step"] == step["id"]
    steps = shown(keys.lena, waiting)["steps"]
    assert [one["asked"][0]["name"] for one in steps] == ["Mei Tanaka", "Helena Brandt"]
    decide(keys.mei, waiting)
    decide(keys.helena, waiting)
    assert shown(keys.lena, waiting)["status"] == "ordered"


@pytest.mark.parametrize("place", ["forwards", "approvers"])
def test_whoever_cannot_be_asked_is_refused(
    keys: Keys, cast: Cast, waiting: Any, place: str
) -> None:
    step = step_of(keys.rashid, waiting)
    for who, status in (("pavel", 409), ("ola", 422), ("rashid", 422)):
        asked = {"member": cast.member[who], "note": "Please."}
        assert keys.rashid.post(f"/steps/{step['id']}/{place}", asked).status == status
        assert keys.lena.post(f"/steps/{step['id']}/{place}", asked).status in (403, 409, 422)


def test_each_step_says_what_the_caller_may_do_there(keys: Keys, waiting: Any) -> None:
    everything = ["decide", "lower_lines", "suggest", "forward", "add_approver"]
    assert shown(keys.rashid, waiting)["steps"][0]["allowed_actions"] == everything
    closed = shown(keys.lena, waiting)["steps"][0]
    assert closed["allowed_actions"] == []
    assert {one["code"] for one in closed["closed_actions"]} == {"author"}


def test_words_about_a_line_are_said_heard_and_resolved(
    keys: Keys, cast: Cast, waiting: Any
) -> None:
    place = f"/requisitions/{waiting['id']}"
    said = keys.rashid.post(f"{place}/comments", {"text": "@Lena sterile?", "line": 1})
    assert said.status == 201, said.json
    assert (said.json["line"], said.json["mentions"]) == ("1", [cast.member["lena"]])
    keys.lena.post(f"{place}/comments", {"text": "Yes."})
    listed = keys.lena.get(f"{place}/comments").json["data"]
    assert [(one["line"], one["text"]) for one in listed] == [
        ("1", "@Lena sterile?"),
        (None, "Yes."),
    ]
    assert keys.lena.post(f"{place}/resolutions", {"line": 1}).status == 201
    assert keys.lena.post(f"{place}/resolutions", {"line": 1}).status == 409
    assert keys.lena.post(f"{place}/resolutions", {"line": 2}).status == 404
    for stranger in (keys.pavel, keys.ola, keys.tomas):
        assert stranger.get(f"{place}/comments").status == 404
        assert stranger.post(f"{place}/comments", {"text": "Hello"}).status == 404


def test_the_suppliers_people_find_no_suggestion(keys: Keys, waiting: Any) -> None:
    step = step_of(keys.rashid, waiting)
    wish = {"revision_hash": step["revision_hash"], "line": 2, "quantity": 30}
    made = keys.rashid.post(f"/steps/{step['id']}/suggestions", wish).json
    assert keys.tomas.get(f"/requisitions/{waiting['id']}/suggestions").status == 404
    assert keys.tomas.post(f"/suggestions/{made['id']}/declines", {}).status == 404
    assert Suggestion.objects.get().status == "open"
    assert Requisition.objects.get().revisions.count() == 1

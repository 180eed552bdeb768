"""What goes away is announced; what is not announced does not go away."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from placet.api.deprecation import DEPRECATED, Deprecation, mark_deprecated
from tests.api.caller import Caller, document
from tests.house.source import ROOT
from tools.openapi_changes import list_breaks

TODAY = date(2026, 11, 24)
LEAVING = Deprecation(date(2026, 11, 1), date(2027, 11, 1), "https://example.com/instead")
PET: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string"},
        "name": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
    },
}
TAG = {"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}}}
SMALL: dict[str, Any] = {
    "paths": {
        "/pets": {
            "post": {
                "operationId": "add_pet",
                "parameters": [{"in": "query", "name": "dry_run", "required": False}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}
                    },
                },
                "responses": {
                    "201": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Shown"}}
                        }
                    }
                },
            }
        }
    },
    "components": {"schemas": {"Pet": PET, "Shown": copy.deepcopy(PET), "Tag": TAG}},
}


@pytest.mark.django_db
def test_a_deprecated_operation_says_so_with_every_answer(
    lena: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DEPRECATED, "list_carts", LEAVING)
    lena.post("/carts", {"name": "One"})
    lena.post("/carts", {"name": "Two"})
    for path in ("/carts?limit=1", "/carts?limit=x"):
        headers = lena.get(path).headers
        assert headers["Deprecation"] == "@1793491200"
        assert headers["Sunset"] == "Mon, 01 Nov 2027 00:00:00 GMT"
        assert '<https://example.com/instead>; rel="deprecation"' in headers["Link"]
    assert 'rel="next"' in lena.get("/carts?limit=1").headers["Link"]
    assert "Deprecation" not in lena.get("/me").headers


def test_the_description_says_so_too() -> None:
    operation: dict[str, Any] = {"operationId": "list_carts"}
    mark_deprecated(operation, {"list_carts": LEAVING})
    assert (operation["deprecated"], operation["x-sunset"]) == (True, "2027-11-01")
    other: dict[str, Any] = {"operationId": "get_me"}
    mark_deprecated(other, {"list_carts": LEAVING})
    assert "deprecated" not in other


def breaks(change: Callable[[dict[str, Any]], Any]) -> list[str]:
    """What a change of the small document breaks."""
    new = copy.deepcopy(SMALL)
    change(new)
    return list(list_breaks(SMALL, new, TODAY))


def pet(document: dict[str, Any], name: str = "Pet") -> dict[str, Any]:
    """One of its schemas."""
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def adding(document: dict[str, Any]) -> dict[str, Any]:
    """Its operation."""
    found: dict[str, Any] = document["paths"]["/pets"]["post"]
    return found


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda d: d["paths"].clear(), "POST /pets is gone"),
        (lambda d: adding(d).update(operationId="make_pet"), "has another operationId"),
        (lambda d: adding(d)["parameters"].clear(), "takes no query parameter dry_run"),
        (lambda d: adding(d)["parameters"][0].update(required=True), "requires the query"),
        (lambda d: pet(d)["required"].append("tags"), "the body of POST /pets requires tags"),
        (lambda d: pet(d)["properties"].pop("tags"), "the body of POST /pets has no tags"),
        (lambda d: pet(d, "Shown")["properties"].pop("name"), "answer of POST /pets has no name"),
        (lambda d: pet(d, "Shown")["required"].remove("name"), "may lack name"),
        (lambda d: pet(d, "Shown")["properties"]["id"].update(type="integer"), ".id is integer"),
        (lambda d: pet(d)["properties"]["name"]["anyOf"].pop(), ".name is string, and was"),
        (lambda d: pet(d, "Tag")["properties"].clear(), "tags[] has no key"),
        (lambda d: adding(d)["responses"].clear(), "does not answer 201"),
    ],
)
def test_what_breaks_programs_is_seen(change: Callable[[Any], Any], broken: str) -> None:
    assert any(broken in one for one in breaks(change)), breaks(change)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["paths"].update({"/toys": {"get": {"operationId": "x", "responses": {}}}}),
        lambda d: pet(d, "Shown")["properties"].update(age={"type": "integer"}),
        lambda d: pet(d)["properties"].update(age={"type": "integer"}),
        lambda d: pet(d)["required"].remove("name"),
        lambda d: pet(d, "Shown")["properties"]["name"]["anyOf"].pop(),
    ],
)
def test_what_programs_tolerate_is_no_break(change: Callable[[Any], Any]) -> None:
    assert breaks(change) == []


def test_what_was_announced_may_go_on_its_day_and_not_before() -> None:
    old = copy.deepcopy(SMALL)
    adding(old).update(deprecated=True, **{"x-sunset": "2027-11-01"})
    new = {**SMALL, "paths": {}}
    assert list(list_breaks(old, new, date(2027, 10, 31))) == ["POST /pets is gone"]
    assert list(list_breaks(old, new, date(2027, 11, 1))) == []


def test_the_snapshot_does_not_break_itself() -> None:
    """The comparison reads the whole document; against itself nothing is broken."""
    kept = json.loads((ROOT / "docs/api/openapi.json").read_text(encoding="utf-8"))
    assert list(list_breaks(kept, kept, TODAY)) == []
    assert len(document()["paths"]) > 100

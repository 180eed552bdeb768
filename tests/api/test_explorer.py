"""The API's pages say what the description says, to everybody, and nothing of any company."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from placet.api.explorer import read_resources, sample_of, type_text

SNAPSHOT = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_operation_stands_on_the_page_of_its_resource(client: Client, document: Any) -> None:
    resources = read_resources(document)
    wanted = {one["operationId"] for path in document["paths"].values() for one in path.values()}
    assert {one.name for resource in resources for one in resource.operations} == wanted
    assert client.get("/api/v1/explorer/").status_code == 200
    for resource in resources:
        answer = client.get(f"/api/v1/explorer/{resource.key}/")
        assert answer.status_code == 200, resource.key
        page = answer.content.decode()
        for operation in resource.operations:
            assert f'id="{operation.name}"' in page


def test_a_resource_leads_to_its_guide(client: Client) -> None:
    page = client.get("/api/v1/explorer/budgets/").content.decode()
    assert "/api/v1/explorer/guides/budgets.md" in page
    guide = client.get("/api/v1/explorer/guides/budgets.md")
    assert guide.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert guide.content.decode().startswith("# Budgets and credit")
    assert client.get("/api/v1/explorer/guides/openapi.md").status_code == 404


def test_a_browser_gets_the_guide_in_a_page(client: Client) -> None:
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    guide = client.get("/api/v1/explorer/guides/budgets.md", headers={"Accept": accept})
    page = guide.content.decode()
    assert guide.headers["Content-Type"].startswith("text/html")
    assert "Accept" in guide.headers["Vary"]
    assert '<h1 lang="en">Budgets and credit</h1>' in page
    assert '<a class="link" href="/api/v1/explorer/">' in page
    assert "```" in page


@pytest.mark.parametrize("key", ["nothing", "carts-", "CARTS"])
def test_a_resource_that_is_not_there_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/api/v1/explorer/{key}/").status_code == 404


def test_a_call_has_everything_that_is_required(document: Any) -> None:
    found = {one.name: one for room in read_resources(document) for one in room.operations}
    submit = found["submit_cart"]
    assert '-H "Idempotency-Key: $(uuidgen)"' in submit.call
    assert '"plan_hash"' in submit.call
    assert '-H "If-Match: $ETAG"' in found["change_cart"].call
    assert "-d" not in found["list_orders"].call


def test_a_page_of_a_list_is_said_by_what_it_holds(document: Any) -> None:
    found = {one.name: one for room in read_resources(document) for one in room.operations}
    assert found["list_orders"].answer == "list of OrderSummary"
    assert {"id", "number"} <= {one.name for one in found["list_orders"].answer_fields}


def test_types_are_said_in_a_few_words() -> None:
    assert type_text({"type": "array", "items": {"$ref": "#/components/schemas/Line"}}) == (
        "list of Line"
    )
    assert type_text({"anyOf": [{"type": "integer"}, {"type": "null"}]}) == "integer or null"
    assert type_text({"enum": ["one", "two"]}) == "one | two"
    assert type_text({"type": "string", "format": "date"}) == "string (date)"


def test_a_type_that_holds_itself_ends() -> None:
    node = {
        "type": "object",
        "required": ["children"],
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/Node"}}},
    }
    sample = sample_of({"components": {"Node": node}}, {"$ref": "#/components/Node"})
    assert set(sample) == {"children"}

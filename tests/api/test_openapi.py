"""The description of the API is true, kept in the repository, and served to anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from placet.api.description import describe_api
from placet.api.urls import api
from tests.api.caller import document
from tests.house.source import ROOT


def test_the_snapshot_is_what_the_code_describes(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.json"
    call_command("openapi", str(fresh))
    kept = (ROOT / "docs/api/openapi.json").read_text(encoding="utf-8")
    assert fresh.read_text(encoding="utf-8") == kept, "run make openapi and read the difference"


def test_the_document_is_served_without_a_key() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.content.decode()) == (200, describe_api(api))


def test_every_operation_has_a_name_of_its_own_a_sentence_and_a_problem() -> None:
    names = []
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            names.append(operation["operationId"])
            assert operation["description"].endswith("."), (method, path)
            assert operation["security"] == [{"KeyScheme": []}]
            assert "application/problem+json" in operation["responses"]["default"]["content"]
    assert len(names) == len(set(names)) > 40


@pytest.mark.parametrize("ending", ["submissions", "decisions"])
def test_the_document_says_where_an_idempotency_key_is_required(ending: str) -> None:
    for path, operations in document()["paths"].items():
        headers = {one["name"]: one for one in operations.get("post", {}).get("parameters", [])}
        if path.endswith(f"/{ending}") and headers:
            assert headers["Idempotency-Key"]["required"] is True


def test_references_lead_somewhere() -> None:
    text = json.dumps(document())
    for part in text.split('"$ref": "#/components/schemas/')[1:]:
        assert part.split('"')[0] in document()["components"]["schemas"]

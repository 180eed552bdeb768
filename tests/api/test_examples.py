"""Every operation of the OpenAPI document has an example, and each is what its schema says.

They are recorded from real answers: PLACET_RECORD=all (or names of operations, with commas between)
and python -m pytest tests/api/test_examples.py, then make openapi.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from placet.api.examples import KEPT, load_examples
from tests.api.caller import document
from tests.api.recording import record_examples, written
from tests.cast import Cast

# What is left is a file, or answers with nothing.
JSON = "application/json"


@pytest.mark.skipif(not os.environ.get("PLACET_RECORD"), reason="writes the examples again")
@pytest.mark.django_db
def test_record(cast: Cast) -> None:
    names = os.environ["PLACET_RECORD"].split(",")
    if names == ["all"]:
        found = record_examples(cast)
    else:
        found = {**load_examples(), **record_examples(cast, names)}
    KEPT.write_text(written(found), encoding="utf-8")
    load_examples.cache_clear()


def operations() -> dict[str, Any]:
    """Every operation by its name."""
    return {
        one["operationId"]: one for path in document()["paths"].values() for one in path.values()
    }


def valid(schema: Any, value: Any) -> list[str]:
    """What is wrong with a value."""
    checked = Draft202012Validator({**schema, "components": document()["components"]})
    return [error.message for error in checked.iter_errors(value)]


def examples_of(content: Any) -> list[Any]:
    """The examples of a body, by its content."""
    return [one["value"] for one in content.get("examples", {}).values() if "value" in one]


def test_every_body_and_every_answer_has_a_true_example() -> None:
    lacking, wrong = [], []
    for name, operation in operations().items():
        body = operation.get("requestBody", {}).get("content", {}).get(JSON)
        answers = [
            said["content"][JSON]
            for status, said in operation["responses"].items()
            if str(status)[0] == "2" and JSON in said.get("content", {})
        ]
        for what, contents in (("body", [body] if body else []), ("answer", answers)):
            shown = [(one["schema"], value) for one in contents for value in examples_of(one)]
            if contents and not shown:
                lacking.append(f"{name} has no {what}")
            wrong += [(name, what, error) for pair in shown for error in valid(*pair)]
    assert not wrong, wrong[:20]
    assert not lacking, f"record with PLACET_RECORD=…: {lacking}"


def test_every_operation_shows_a_problem() -> None:
    shared = document()["components"]["examples"]
    for name, operation in operations().items():
        content = operation["responses"]["default"]["content"]["application/problem+json"]
        assert content["examples"], name
        for one in content["examples"].values():
            assert one["$ref"].removeprefix("#/components/examples/") in shared
    for example in shared.values():
        assert valid({"$ref": "#/components/schemas/Problem"}, example["value"]) == []


def test_no_example_is_of_an_operation_that_is_gone() -> None:
    assert set(load_examples()) <= set(operations())


def test_nothing_secret_is_kept() -> None:
    text = KEPT.read_text(encoding="utf-8")
    for mark in ("sk_live_", "sk_test_", "whsec_", "/s/sl_"):
        for after in text.split(mark)[1:]:
            assert after.startswith("example"), mark

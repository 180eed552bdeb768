"""Examples in the OpenAPI document: real answers, recorded and checked by the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

KEPT: Final = Path(__file__).with_name("examples.json")
JSON: Final = "application/json"
REQUEST_ID: Final = "call_01m80000000000000000000001"


@cache
def load_examples() -> Mapping[str, Any]:
    """What was sent and answered, by the name of the operation."""
    if not KEPT.exists():
        return {}
    found: Mapping[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def add_examples(operation: dict[str, Any], method: str, path: str) -> None:
    """Show a body, an answer and the problems that are most likely."""
    known = load_examples().get(operation["operationId"], {})
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if body is not None and "request" in known:
        body["examples"] = {"example": {"value": known["request"]}}
    for status, answer in operation["responses"].items():
        content = answer.get("content", {}).get(JSON)
        if content is not None and str(status) == str(known.get("status")):
            content["examples"] = {"example": {"value": known["response"]}}
    names = ["forbidden"]
    if "{" in path:
        names.append("not_found")
    if body is not None:
        names.append("invalid")
    if method in ("patch", "put", "delete"):
        names.append("version_mismatch")
    _name_problems(operation, names)


def _name_problems(operation: dict[str, Any], names: list[str]) -> None:
    """Name these problems, which stand once in the document."""
    for content in operation["responses"]["default"]["content"].values():
        content["examples"] = {name: {"$ref": f"#/components/examples/{name}"} for name in names}


def _problem(status: int, code: str, title: str, detail: str, **more: Any) -> dict[str, Any]:
    value = {
        "type": f"urn:placet:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": REQUEST_ID,
        **more,
    }
    return {"summary": title, "value": value}


PROBLEMS: Final[Mapping[str, Any]] = {
    "forbidden": _problem(
        403,
        "forbidden",
        "This is not allowed",
        "You may not do this: it needs “Manage budgets”.",
        reason="permission_missing",
    ),
    "not_found": _problem(
        404, "not_found", "There is no such thing", "There is no such thing in your company."
    ),
    "invalid": _problem(
        422,
        "invalid",
        "This cannot be accepted",
        "Some values do not fit.",
        errors=[{"pointer": "/quantity", "code": "greater_than_equal", "detail": "At least 1."}],
    ),
    "version_mismatch": _problem(
        412,
        "version_mismatch",
        "Another version is current",
        "Somebody changed this meanwhile. Get it again and decide anew.",
        version=4,
    ),
}

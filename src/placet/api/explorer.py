"""The description of the API as pages: each operation, what it takes and answers, and a call.

Read from the same OpenAPI document that ``openapi.json`` is; it holds nothing of any company.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from placet.api.guides import list_guides
from placet.api.problem_codes import list_problems

METHODS: Final = ("get", "post", "put", "patch", "delete")
DEEPEST: Final = 4
SAMPLES: Final[Mapping[str, Any]] = {
    "integer": 1,
    "number": 1,
    "boolean": True,
    "string": "…",
    "null": None,
}
FORMATS: Final[Mapping[str, str]] = {
    "date": "2026-11-24",
    "date-time": "2026-11-24T10:00:00Z",
    "email": "lena.vogt@meridian.example",
    "uri": "https://example.com/hook",
}
Schema = Mapping[str, Any]


class Field(NamedTuple):
    """A parameter, or a member of a body or an answer."""

    name: str
    type: str
    is_required: bool
    text: str


class Operation(NamedTuple):
    """One thing that can be asked of the API; ``call`` is a command line that asks it."""

    method: str
    path: str
    name: str
    text: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: str
    answer_fields: tuple[Field, ...]
    call: str


class Resource(NamedTuple):
    """The operations about one kind of thing, in the order of the description."""

    key: str
    name: str
    operations: tuple[Operation, ...]


def read_resources(document: Schema) -> tuple[Resource, ...]:
    """Every operation of an OpenAPI document, by what it is about; resources by name."""
    found: dict[str, list[Operation]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                read = _operation(document, method, path, operation)
                found.setdefault(operation["tags"][0].replace("_", " "), []).append(read)
    return tuple(Resource(slugify(name), name, tuple(found[name])) for name in sorted(found))


def _operation(document: Schema, method: str, path: str, operation: Schema) -> Operation:
    body = _json_of(operation.get("requestBody", {}))
    answer = next(
        (_json_of(one) for status, one in operation["responses"].items() if str(status)[0] == "2"),
        {},
    )
    answer = _listed(document, answer)
    parameters = tuple(
        Field(
            one["name"],
            type_text(one["schema"]),
            one.get("required", False),
            one.get("description", ""),
        )
        for one in operation.get("parameters", [])
    )
    return Operation(
        method=method.upper(),
        path=path,
        name=operation["operationId"],
        text=operation.get("description", ""),
        parameters=parameters,
        body=tuple(_fields(document, body)),
        answer=type_text(answer) if answer else "",
        answer_fields=tuple(_fields(document, answer.get("items", answer))),
        call=_call(document, method, path, body, parameters),
    )


def _json_of(said: Schema) -> Schema:
    content = said.get("content", {})
    schema: Schema = content.get("application/json", {}).get("schema", {})
    return schema


def _listed(document: Schema, schema: Schema) -> Schema:
    """What a page of a list holds: every list has the same frame around it."""
    members = _resolved(document, schema).get("properties", {})
    is_page = {"data", "has_more", "next_cursor"} <= members.keys()
    return members["data"] if is_page else schema


def _resolved(document: Schema, schema: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _fields(document: Schema, schema: Schema) -> Iterator[Field]:
    resolved = _resolved(document, schema)
    required = resolved.get("required", ())
    for name, one in resolved.get("properties", {}).items():
        yield Field(name, type_text(one), name in required, one.get("description", ""))


def type_text(schema: Schema) -> str:
    """A type in a few words: ``list of CartLine``, ``integer or null``, its values where closed."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(type_text(one) for one in schema[key]))
    if schema.get("type") == "array":
        return f"list of {type_text(schema.get('items', {}))}"
    if "format" in schema:
        return f"{schema.get('type', '')} ({schema['format']})"
    return str(schema.get("type", "any"))


def sample_of(document: Schema, schema: Schema, depth: int = 0) -> Any:
    """A value of a type as an example has it: what is required, and what there is to choose."""
    resolved = _resolved(document, schema)
    for key in ("example", "const", "default"):
        if resolved.get(key) is not None:
            return resolved[key]
    if "enum" in resolved:
        return resolved["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in resolved:
            return sample_of(document, resolved[key][0], depth)
    kind = resolved.get("type", "object")
    if kind == "array":
        return [] if depth > DEEPEST else [sample_of(document, resolved["items"], depth + 1)]
    if kind == "object":
        required = resolved.get("required", ())
        properties = resolved.get("properties", {})
        return {
            name: sample_of(document, one, depth + 1)
            for name, one in properties.items()
            if name in required and depth <= DEEPEST
        }
    return FORMATS.get(resolved.get("format", ""), SAMPLES.get(kind, "…"))


def _call(
    document: Schema, method: str, path: str, body: Schema, parameters: tuple[Field, ...]
) -> str:
    lines = [f'curl -X {method.upper()} "$PLACET{path}"', '-H "Authorization: Bearer $KEY"']
    needed = {one.name for one in parameters if one.is_required}
    if "Idempotency-Key" in needed:
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if "If-Match" in needed:
        lines.append('-H "If-Match: $ETAG"')
    if body:
        lines.append('-H "Content-Type: application/json"')
        sample = json.dumps(sample_of(document, body), ensure_ascii=False)
        lines.append("-d '" + sample.replace("'", "'\\''") + "'")
    return " \\\n  ".join(lines)


def explorer_views(describe: Callable[[], str]) -> tuple[Callable[..., HttpResponse], ...]:
    """All resources, one of them, and the codes; the description is read once a process."""

    @cache
    def resources() -> tuple[Resource, ...]:
        return read_resources(json.loads(describe()))

    @require_GET
    def explorer(request: HttpRequest) -> HttpResponse:
        """All resources with their operations, by name."""
        return render(request, "api/explorer.html", {"resources": resources()})

    @require_GET
    def explorer_resource(request: HttpRequest, key: str) -> HttpResponse:
        """One resource: what can be asked, with what, and what is answered."""
        found = next((one for one in resources() if one.key == key), None)
        if found is None:
            raise Http404
        guide = list_guides().get(found.name, "")
        context = {"resource": found, "resources": resources(), "guide": guide}
        return render(request, "api/resource.html", context)

    @require_GET
    def explorer_problems(request: HttpRequest) -> HttpResponse:
        """What the codes of problems mean, by status."""
        return render(request, "api/problems.html", {"problems": list_problems()})

    return explorer, explorer_resource, explorer_problems

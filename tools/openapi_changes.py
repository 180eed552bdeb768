"""Say what a new description of the API breaks: tools/openapi_changes.py OLD.json NEW.json [TODAY]

Broken is what a program that worked with the old description would trip over: an operation, a
parameter, a field of a body or of an answer that is gone or another type; something that is
required now and was not. What was deprecated may go when its sunset is over (`x-sunset`). New
operations, new fields of answers, new optional fields of bodies and new values of enumerations of
answers break nothing. Ends with 1 when something is broken.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]
DEEPEST = 12


def list_breaks(old: Schema, new: Schema, today: date) -> Iterator[str]:
    """What is broken, one sentence each."""
    for path, methods in old["paths"].items():
        for method, operation in methods.items():
            name = f"{method.upper()} {path}"
            found = new["paths"].get(path, {}).get(method)
            if found is None:
                if not _may_go(operation, today):
                    yield f"{name} is gone"
                continue
            if found.get("operationId") != operation.get("operationId"):
                yield f"{name} has another operationId"
            yield from _parameters(name, operation, found)
            yield from _bodies(name, (old, operation), (new, found))
            yield from _answers(name, (old, operation), (new, found))


def _may_go(described: Schema, today: date) -> bool:
    """Whether something was announced to go, and its day is over."""
    sunset = described.get("x-sunset")
    return bool(described.get("deprecated") and sunset and date.fromisoformat(str(sunset)) <= today)


def _parameters(name: str, old: Schema, new: Schema) -> Iterator[str]:
    before = {(one["in"], one["name"]): one for one in old.get("parameters", [])}
    after = {(one["in"], one["name"]): one for one in new.get("parameters", [])}
    for key, one in before.items():
        if key not in after and not one.get("deprecated"):
            yield f"{name} takes no {key[0]} parameter {key[1]} any more"
    for key, one in after.items():
        if one.get("required") and not before.get(key, {}).get("required"):
            yield f"{name} requires the {key[0]} parameter {key[1]}"


def _bodies(name: str, old: tuple[Schema, Schema], new: tuple[Schema, Schema]) -> Iterator[str]:
    before, after = (_json(one[1].get("requestBody", {})) for one in (old, new))
    if after and not before and new[1].get("requestBody", {}).get("required"):
        yield f"{name} requires a body"
    if before and after:
        yield from _fields(f"the body of {name}", (old[0], before), (new[0], after), is_body=True)


def _answers(name: str, old: tuple[Schema, Schema], new: tuple[Schema, Schema]) -> Iterator[str]:
    for status, said in old[1]["responses"].items():
        if str(status)[0] != "2":
            continue
        now = new[1]["responses"].get(status)
        if now is None:
            yield f"{name} does not answer {status} any more"
            continue
        before, after = _json(said), _json(now)
        if before and not after:
            yield f"{name} does not answer with JSON any more"
        elif before:
            place = f"the answer of {name}"
            yield from _fields(place, (old[0], before), (new[0], after), is_body=False)


def _fields(
    place: str,
    old: tuple[Schema, Schema],
    new: tuple[Schema, Schema],
    *,
    is_body: bool,
    depth: int = 0,
) -> Iterator[str]:
    """What is broken within one value; each pair is a document and a schema of it."""
    before, after = _resolved(*old), _resolved(*new)
    if depth > DEEPEST:
        return
    was, now = _types(old[0], before), _types(new[0], after)
    lost = was - now if is_body else now - was
    if was and now and lost:
        yield f"{place} is {' or '.join(sorted(now))}, and was {' or '.join(sorted(was))}"
        return
    if "items" in before and "items" in after:
        inner = (old[0], before["items"]), (new[0], after["items"])
        yield from _fields(f"{place}[]", *inner, is_body=is_body, depth=depth + 1)
    fields, kept = before.get("properties", {}), after.get("properties", {})
    for name, field in fields.items():
        if name not in kept:
            if not _resolved(old[0], field).get("deprecated"):
                yield f"{place} has no {name} any more"
            continue
        if not is_body and name in set(before.get("required", ())) - set(after.get("required", ())):
            yield f"{place} may lack {name} now"
        inner = (old[0], field), (new[0], kept[name])
        yield from _fields(f"{place}.{name}", *inner, is_body=is_body, depth=depth + 1)
    if is_body:
        for name in after.get("required", ()):
            if name not in before.get("required", ()):
                yield f"{place} requires {name}"


def _json(said: Schema) -> Schema:
    schema: Schema = said.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolved(document: Schema, schema: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = document
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _types(document: Schema, schema: Schema) -> set[str]:
    """The types that a value may have; nothing where the schema does not say."""
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return set().union(*(_types(document, _resolved(document, s)) for s in schema[key]))
    found = schema.get("type", [])
    return {found} if isinstance(found, str) else set(found)


def main(arguments: list[str]) -> int:
    """Compare two files; every break is a line."""
    old, new = (json.loads(Path(one).read_text(encoding="utf-8")) for one in arguments[:2])
    today = date.fromisoformat(arguments[2]) if arguments[2:] else datetime.now(UTC).date()
    breaks = list(list_breaks(old, new, today))
    sys.stdout.write("".join(f"{one}\n" for one in breaks) or "nothing is broken\n")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

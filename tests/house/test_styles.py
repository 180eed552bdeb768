"""Style sheets: a screen's sheet dresses its own, so that no other screen changes with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

SHEETS = Path(__file__).parents[2] / "src/placet/web/static/placet/css/screens"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"(?<=[{};])\s*([^{};@]+)\{")
COMMA = re.compile(r",(?![^(]*\))")
WHOLE = re.compile(r"\.([a-z][\w-]*)(::?[\w-]+(\([^)]*\))?)?")
"""A class by itself, perhaps in one of its states: it dresses every page that uses the class."""


def classes_of(sheet: str) -> Iterator[str]:
    """The classes that a sheet dresses wherever they stand."""
    for selectors in RULE.findall(COMMENT.sub("", sheet)):
        for selector in COMMA.split(selectors):
            found = WHOLE.fullmatch(selector.strip())
            if found:
                yield found.group(1)


def shared(sheets: Mapping[str, str]) -> dict[str, set[str]]:
    """The classes that several sheets dress, with the names of those sheets."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, text in sheets.items():
        for one in classes_of(text):
            owners[one].add(name)
    return {one: names for one, names in owners.items() if len(names) > 1}


def test_no_class_is_dressed_by_two_screens() -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in SHEETS.glob("*.css")}
    assert len(sheets) > 20
    assert shared(sheets) == {}


def test_two_screens_with_one_class_are_found() -> None:
    rules = "@layer screens { .spark { width: 5rem; } }"
    today = (
        "@layer screens { /* .other {} */ @media print { .line, .spark:hover { width: 100%; } } }"
    )
    scoped = "@layer screens { .today .spark { width: 100%; } }"
    assert shared({"rules.css": rules, "today.css": today}) == {"spark": {"rules.css", "today.css"}}
    assert shared({"rules.css": rules, "today.css": scoped}) == {}

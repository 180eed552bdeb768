"""What is stored can be read again: a published text that cannot would block the company."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils.translation import override

from placet.core.errors import InvalidInput
from placet.rulebooks.documents import compile_document, write_document
from tests.rulebooks.rules import book

WARN = {"effect": "warn"}
GROWS = "\ufb2c"
"""One character that three are written for, once it is composed canonically."""


def always(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "when": {"all": []}, "then": WARN, **more}


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (book(always("caf\u00e9"), always("cafe\u0301")), "document/rules/1/id"),
        (book(always("long", message=GROWS * 1_990)), "document/rules/0/message"),
        (book(always("half", name="\ud800")), "document"),
        (book(always("\udfff")), "document"),
        ({**book(), "format": 1.0}, "document/format"),
        ({**book(), "format": True}, "document/format"),
    ],
)
def test_what_could_not_be_read_again_is_refused(document: dict[str, Any], path: str) -> None:
    with override("en"), pytest.raises(InvalidInput) as refused:
        write_document(document, (), side="buyer")
    assert refused.value.path == path


def test_half_a_character_in_an_example_is_refused() -> None:
    purchase = {"lines": [{"total": {"amount_minor": 1, "currency": "EUR"}, "name": "\ud800"}]}
    example = {"name": "\ud800", "purchase": purchase, "expect": "free"}
    with override("en"), pytest.raises(InvalidInput):
        write_document(book(), [example], side="buyer")


def test_what_is_written_is_what_was_compiled() -> None:
    written = write_document(book(always("cafe\u0301", name="e\u0301")), (), side="buyer")
    assert [rule.id for rule in written.compiled.content.rules] == ["caf\u00e9"]
    again = compile_document(json.loads(written.document), side="buyer")
    assert again.content_hash == written.compiled.content_hash

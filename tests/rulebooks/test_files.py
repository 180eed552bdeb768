"""Rulebooks as YAML: an exact round trip, and nothing dangerous is read."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from placet.core.errors import InvalidInput
from placet.demo.world.rules.everything import RULEBOOKS
from placet.demo.world.rules.shapes import document as demo_document
from placet.events.canonical import canonical_bytes
from placet.policy.rulebook import InvalidRulebook, read_rulebook
from placet.rulebooks.files import read_file, write_file
from placet.rulebooks.models import RulebookDraft
from placet.rulebooks.schema import rulebook_schema
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.house.source import ROOT
from tests.policy.strategies import Draw
from tests.rulebooks.rules import book, euro, meridian, over, rule, with_finance_from

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=300)
@given(st.dictionaries(TEXTS.filter(lambda key: key not in ("examples", "rules")), VALUES))
def test_whatever_is_written_is_read_again(values: dict[str, Any]) -> None:
    """Words such as no, 1e3, 012 and 2026-01-01 stay the words that they are."""
    document = {**values, "rules": []}
    assert read_file(write_file(document)).document == document


@pytest.mark.parametrize(
    "word",
    [
        *("no", "on", "y", "~", "null", "1e3", "012", "0x1F", "1_000", ".5", "2026-01-01", "12:30"),
        *("<<", "=", "&a", "*a", "!x", "- a", "a: b", "#a", " a", "é\u0301", "\u2028", "\ufeff"),
    ],
)
def test_words_that_yaml_would_take_for_something_else(word: str) -> None:
    document = book(rule(word, over(5), {"select": "role", "role": word, "where": "unit"}))
    assert read_file(write_file(document)).document == document


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_random_rulebooks_survive_and_fit_the_schema(seed: int) -> None:
    document = Draw(seed).rulebook("buyer")
    again = read_file(write_file(document)).document
    assert canonical_bytes(again) == canonical_bytes(document)
    VALIDATOR.validate(again)


VALIDATOR = jsonschema.Draft202012Validator(rulebook_schema())


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda each: each.company)
def test_the_demos_rules_fit_the_schema(rulebook: Any) -> None:
    document = read_file(write_file(demo_document(rulebook))).document
    VALIDATOR.validate(document)
    assert read_rulebook(document) == read_rulebook(demo_document(rulebook))


def test_the_schema_and_the_reader_agree_on_what_is_wrong() -> None:
    """Random damage: what the schema lets pass beyond the reader are only bounds between parts."""
    random = Random(7)
    refused = 0
    for seed in range(200):
        document = _damaged(Draw(seed).rulebook("buyer"), random)
        fits = VALIDATOR.is_valid(document)
        try:
            read_rulebook(document)
        except InvalidRulebook:
            refused += not fits
            continue
        assert fits, document
    assert refused > 100


def _damaged(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """One key renamed, dropped or changed, somewhere."""
    node: Any = document
    while True:
        inner = [value for value in _values(node) if isinstance(value, dict | list) and value]
        if not inner or random.random() < 0.3:
            break
        node = random.choice(inner)
    if isinstance(node, dict):
        key = random.choice(sorted(node))
        how = random.randrange(3)
        value = node.pop(key)
        if how == 0:
            node[f"{key}s"] = value
        elif how == 1:
            node[key] = 3.5
    else:
        node[random.randrange(len(node))] = None
    return document


def _values(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else list(node)


def test_the_schema_in_the_docs_is_the_one_of_the_code() -> None:
    stored = json.loads((ROOT / "docs/rulebook.schema.json").read_text())
    assert stored == rulebook_schema()


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
BAD = [
    (BOMB, "alias"),
    ("a: 1\na: 2\n", "repeated_key"),
    ("rules:\n- id: x\n  id: y\n", "repeated_key"),
    ("a: !!python/object/apply:os.system [ls]\n", "tag"),
    ("a: !!binary aGk=\n", "tag"),
    ("[" * 60 + "]" * 60, "too_deep"),
    ("a: " * 60, "not_yaml"),
    ("[" * 10_000, "too_deep"),
    ("{" * 10_000, "wrong_key"),
    ("a: [1\n", "not_yaml"),
    ("a: \x07\n", "not_yaml"),
    ("a: 1\n---\nb: 2\n", "several_documents"),
    ("? [a]\n: b\n", "wrong_key"),
    ("- a\n", "not_a_rulebook"),
    ("", "not_a_rulebook"),
    ("just words", "not_a_rulebook"),
    ("examples: yes\n", "wrong_type"),
    ("a: " + "x" * 1_000_001, "too_large"),
]


@pytest.mark.parametrize(("text", "code"), BAD, ids=range(len(BAD)))
def test_what_is_not_read_says_why(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_file(text)
    assert caught.value.code == code
    assert caught.value.detail


def test_the_line_is_named() -> None:
    with pytest.raises(InvalidInput, match="Line 3"):
        read_file("format: 1\nside: buyer\nside: merchant\n")


def test_large_numbers_and_fractions_are_texts_that_the_engine_refuses() -> None:
    read = read_file("a: 1.5\nb: .inf\nc: " + "9" * 5_000)
    assert all(isinstance(value, str) for value in read.document.values())


# ── The command ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_export_edit_import_publish(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "meridian.yaml"
    call_command("rulebook", "export", "meridian", str(file))
    assert read_file(file.read_text()).document == MERIDIAN
    file.write_text(write_file(with_finance_from(7_000_00)))
    call_command("rulebook", "check", "meridian", str(file))
    call_command("rulebook", "import", "meridian", str(file), "--publish", "--note", "from git")
    rulebook = meridian(cast)
    assert (rulebook.published.number, rulebook.published.note) == (2, "from git")
    assert json.loads(rulebook.published.document) == with_finance_from(7_000_00)
    assert "Version 2 published" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_that_leaves_orders_stuck_is_kept_as_a_draft(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    gone = {"select": "members", "members": [cast.member["gone"]]}
    file.write_text(write_file(book(rule("gloves", over(5), gone))))
    with pytest.raises(CommandError, match="could not be published"):
        call_command("rulebook", "check", "meridian", str(file))
    assert not RulebookDraft.objects.exists()


@pytest.mark.django_db
def test_whoever_does_it_needs_the_right(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(write_file(book(), [{"purchase": {"purchase.tax": euro(1)}, "expect": "free"}]))
    with pytest.raises(CommandError, match="Manage approval rules"):
        call_command("rulebook", "import", "meridian", str(file), "--by", cast.user["lena"])
    call_command("rulebook", "import", "meridian", str(file), "--by", cast.user["ines"])
    assert RulebookDraft.objects.get().edited_by_id == cast.member["ines"]
    assert copy.deepcopy(MERIDIAN) == json.loads(meridian(cast).published.document)

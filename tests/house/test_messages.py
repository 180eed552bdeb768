"""Polish: refusals are marked, what is marked is translated, and the .mo is what the .po says."""

import ast
import builtins
import re
import sys
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from tests.house.source import ROOT, SourceFile, code, dotted, snippet

sys.path.insert(0, str(ROOT / "tools"))

import messages

SENTENCE = re.compile(r"[A-Z][\w’]* .*[.:?]")
# Rooms without readers: the engine's faults are said elsewhere, commands speak English.
UNTOLD = {"policy", "jobs", "project", "demo", "core"}
GAP = "run tools/messages.py, translate what it says, and run it again"


def catalog(*texts: tuple[str, str | tuple[str, ...]]) -> Catalog:
    """A catalogue of texts with their translations."""
    made = Catalog(locale="pl")
    for text, translation in texts:
        made.add((text, text) if isinstance(translation, tuple) else text, translation)
    return made


def unmarked(file: SourceFile) -> Iterator[str]:
    """Sentences with which something is refused, and that no translator would find."""
    for node in file.nodes:
        refusal = node.exc if isinstance(node, ast.Raise) else None
        if not isinstance(refusal, ast.Call) or hasattr(builtins, dotted(refusal.func)):
            continue
        for given in refusal.args:
            if isinstance(given, ast.Constant) and SENTENCE.fullmatch(str(given.value)):
                yield f"{file.path}:{node.lineno}: {given.value}"


def test_refusals_are_marked_for_translation() -> None:
    told = [file for file in code() if file.room not in UNTOLD and "management" not in file.path]
    assert [complaint for file in told for complaint in unmarked(file)] == []


def test_an_unmarked_refusal_is_seen() -> None:
    bare, marked = 'raise NotFound("There is none.")', 'raise NotFound(_("There is none."))'
    assert list(unmarked(snippet("src/placet/carts/queries.py", bare)))
    assert not list(unmarked(snippet("src/placet/carts/queries.py", marked)))
    assert not list(unmarked(snippet("src/placet/carts/queries.py", 'raise ValueError("A b.")')))


@pytest.fixture(scope="module")
def marked() -> Catalog:
    """What the source marks; gathered once."""
    return messages.extract()


def test_every_text_is_translated(marked: Catalog) -> None:
    assert len(marked) > 3000
    assert list(messages.find_gaps(marked, messages.read_catalog())) == [], GAP


def test_no_translation_is_left_over(marked: Catalog) -> None:
    assert list(messages.find_leftovers(marked, messages.read_catalog())) == [], GAP


def test_what_is_compiled_is_what_is_written() -> None:
    assert messages.MO.read_bytes() == messages.as_mo(messages.PO.read_bytes()), GAP


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Approve", ""),
        ("%(n)s of %(all)s", "%(n)s z wszystkich"),
        ("{who} approved", "{kto}: zatwierdzono"),
        ("%(n)s line", ("%(n)s pozycja", "%(n)s pozycje")),
        ("%(n)s line", ("%(n)s pozycja", "pozycje", "%(n)s pozycji")),
    ],
)
def test_a_gap_is_seen(text: str, translation: str | tuple[str, ...]) -> None:
    wrong = catalog((text, translation))
    assert list(messages.find_gaps(wrong, wrong))


def test_a_missing_and_a_fuzzy_text_are_seen() -> None:
    wanted = catalog(("Approve", "Zatwierdź"))
    assert list(messages.find_gaps(wanted, catalog()))
    guessed = catalog(("Approve", "Zatwierdź"))
    guessed.get("Approve").flags.add("fuzzy")
    assert list(messages.find_gaps(wanted, guessed))
    assert not list(messages.find_gaps(wanted, wanted))


def test_a_leftover_is_seen() -> None:
    assert list(messages.find_leftovers(catalog(), catalog(("Approve", "Zatwierdź"))))


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('{% translate "Decide" %}', (None, "Decide", None)),
        ('{% translate "Open" context "state" %}', ("state", "Open", None)),
        ('{% include "a.html" with label=_("Decide") only %}', (None, "Decide", None)),
        (
            "{% blocktranslate count n=3 %}{{ n }} line{% plural %}{{ n }} lines"
            "{% endblocktranslate %}",
            (None, "%(n)s line", "%(n)s lines"),
        ),
        (
            "{% blocktranslate trimmed with who=a.b %}\n  Ask {{ who }}\n  now"
            "{% endblocktranslate %}",
            (None, "Ask %(who)s now", None),
        ),
    ],
)
def test_texts_of_templates_are_found(template: str, found: object) -> None:
    assert list(messages.in_template(template)) == [found]

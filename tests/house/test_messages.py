"""Polish: every text that is marked has a translation, and the .mo is what the .po compiles to."""

import sys

import pytest
from babel.messages.catalog import Catalog

from tests.house.source import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import messages

GAP = "run tools/messages.py, translate what it says, and run it again"


def catalog(*texts: tuple[str, str | tuple[str, ...]]) -> Catalog:
    """A catalogue of texts with their translations."""
    made = Catalog(locale="pl")
    for text, translation in texts:
        made.add((text, text) if isinstance(translation, tuple) else text, translation)
    return made


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

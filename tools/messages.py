"""The Polish catalogue: tools/messages.py writes it again from the source, --missing lists gaps.

Run without arguments after marking a text for translation: new texts arrive in the .po without a
translation, texts that nobody uses leave it, and the .mo is compiled. With ``--missing`` nothing is
written; each text that Polish readers would see in English is listed, and the exit status is 1.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src/placet"
FOLDER: Final = SOURCE / "locale/pl/LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
HEADER: Final = "# The words of Placet in Polish; docs/glossary.md has the vocabulary."
# one, few, many: 1 krok, 2 kroki, 5 kroków.
PLURALS: Final = (
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"
)
# Where the arguments stand: a context first, then the text, then its plural.
ARGUMENTS: Final = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL: Final = re.compile(r"\b(npgettext|ngettext|pgettext|gettext|_)(\(|(?=\())")
TEXT: Final = re.compile(r"""\s*,?\s*(u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))""", re.DOTALL)
PLACE: Final = re.compile(r"%\((\w+)\)[sd]|(?<!%)(?:%%)*(%[sd])|\{(\w+)\}")

Found = tuple[str | None, str, str | None]


def extract() -> Catalog:
    """Every text that the source marks, each with the files that use it."""
    catalog = Catalog(locale="pl", charset="utf-8")
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            found = _in_python(path)
        else:
            found = in_template(path.read_text(encoding="utf-8"))
        for context, text, plural in found:
            message_id = (text, plural) if plural else text
            place = path.relative_to(ROOT).as_posix()
            catalog.add(message_id, locations=[(place, 1)], context=context)
    return catalog


def _in_python(path: Path) -> Iterator[Found]:
    with path.open("rb") as file:
        calls = list(extract_python(file, dict.fromkeys(ARGUMENTS), (), {}))
    for _line, name, given, _comments in calls:
        texts: Any = given
        yield from _given(str(name), [*texts] if isinstance(texts, tuple) else [texts])


def in_template(text: str) -> Iterator[Found]:
    """The context, text and plural of each tag that translates.

    Django turns the tags into calls, and everything else into rows of the same letter.
    """
    if not settings.configured:
        settings.configure()
    source = templatize(text)
    for call in CALL.finditer(source):
        texts: list[str | None] = []
        end = call.end()
        while found := TEXT.match(source, end):
            texts.append(str(ast.literal_eval(found.group(1))))
            end = found.end()
        yield from _given(call.group(1), texts)


def _given(name: str, texts: Sequence[str | None]) -> Iterator[Found]:
    """What a call asks for; a call whose text is a variable asks for none."""
    context, text, plural = (None if place is None else texts[place] for place in ARGUMENTS[name])
    if text:
        yield context, text, plural


def read_catalog() -> Catalog:
    """The catalogue as it stands in the repository."""
    if not PO.exists():
        return Catalog(locale="pl", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="pl")


def merge(marked: Catalog, kept: Catalog) -> Catalog:
    """What the source marks, with the translations that there are."""
    merged = Catalog(
        locale="pl", header_comment=HEADER, project="Placet", charset="utf-8", fuzzy=False
    )
    for message in marked:
        if not message.id:
            continue
        old = kept.get(message.id, message.context)
        # A text that has got a plural since has to be translated again.
        is_same = old is not None and old.pluralizable == message.pluralizable
        merged.add(
            message.id,
            old.string if old is not None and is_same else None,
            locations=message.locations,
            context=message.context,
        )
    return merged


def as_po(catalog: Catalog) -> bytes:
    """The text of the .po, the same for the same catalogue: no dates, no line numbers."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, sort_by_file=True, omit_header=True)
    header = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: pl\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {PLURALS};\\n"\n\n'
    )
    return header.encode() + out.getvalue()


def as_mo(po: bytes) -> bytes:
    """What the .po compiles to: the header as it is written there, and every translation."""
    out = io.BytesIO()
    write_mo(out, _Plain(read_po(io.BytesIO(po), locale="pl")))
    return out.getvalue()


class _Plain(Catalog):
    """A catalogue whose header names no date and no tool."""

    def __init__(self, read: Catalog) -> None:
        super().__init__(locale="pl", charset="utf-8", fuzzy=False)
        for message in read:
            if message.id:
                self.add(message.id, message.string, context=message.context)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The three lines that readers of a .mo need."""
        return [
            ("Language", "pl"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", f"{PLURALS};"),
        ]


def find_gaps(marked: Catalog, kept: Catalog) -> Iterator[str]:
    """What is missing or wrong in the catalogue, one sentence a text."""
    for message in marked:
        if not message.id:
            continue
        old = kept.get(message.id, message.context)
        for trouble in _troubles(message, old):
            places = ", ".join(place for place, _line in message.locations)
            yield f"{trouble}: {message.id!r} ({places})"


def find_leftovers(marked: Catalog, kept: Catalog) -> Iterator[str]:
    """Translations of texts that nobody uses any more."""
    for message in kept:
        if message.id and marked.get(message.id, message.context) is None:
            yield f"not used any more: {message.id!r}"


def _troubles(message: Message, old: Message | None) -> Iterator[str]:
    if old is None:
        yield "not in the catalogue"
        return
    singular, plural = message.id if isinstance(message.id, tuple | list) else (message.id,) * 2
    strings = [old.string] if isinstance(old.string, str) else [*(old.string or ())]
    if not all(strings) or len(strings) != (3 if message.pluralizable else 1):
        yield "not translated"
        return
    if old.fuzzy:
        yield "marked as fuzzy"
    for number, string in enumerate(strings):
        # Only the form for one may leave the number out, where English does.
        allowed = [_places(plural), _places(singular)][: 2 if number == 0 else 1]
        if _places(string) not in allowed:
            yield f"other placeholders in {string!r}"


def _places(text: str) -> set[str]:
    return {named or plain or braced for named, plain, braced in PLACE.findall(text)}


def main(arguments: list[str]) -> int:
    """List the gaps, or write both files."""
    marked, kept = extract(), read_catalog()
    if arguments == ["--missing"]:
        found = [*find_gaps(marked, kept), *find_leftovers(marked, kept)]
        sys.stdout.write("".join(f"{one}\n" for one in found))
        return 1 if found else 0
    po = as_po(merge(marked, kept))
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po)
    MO.write_bytes(as_mo(po))
    gaps = sum(1 for _gap in find_gaps(marked, read_catalog()))
    sys.stdout.write(f"wrote {PO.relative_to(ROOT)}; {gaps} texts wait for a translation\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

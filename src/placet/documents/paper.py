"""What a document consists of: values without any layout, so that every paper looks alike."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """The title of a section."""

    text: str
    kind: str = "heading"


class Words(NamedTuple):
    """A paragraph; ``is_soft`` explains, and is not the thing itself."""

    text: str
    is_soft: bool = False
    kind: str = "words"


class Fact(NamedTuple):
    """A name and a value; a hash is set so that it can be compared digit by digit."""

    name: str
    value: str
    is_hash: bool = False


class Facts(NamedTuple):
    """Facts below each other."""

    rows: tuple[Fact, ...]
    kind: str = "facts"


class Column(NamedTuple):
    """A column; ``share`` of the width that is left, 0 for as wide as its widest cell."""

    title: str
    share: int = 1
    is_number: bool = False
    is_hash: bool = False


class Table(NamedTuple):
    """Rows of text cells, as many as there are columns; the head repeats on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


Block = Heading | Words | Facts | Table


class Paper(NamedTuple):
    """A document. ``footer`` stands on each page; ``page_word`` is how a page is called.

    ``imprint`` is who the supplier is, below the footer.
    """

    title: str
    subtitle: str
    language: str
    footer: str
    blocks: tuple[Block, ...]
    page_word: str = ""
    imprint: str = ""

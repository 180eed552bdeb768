"""Setting a paper as PDF: one fixed text of layout, and the paper as a value that it reads.

What people wrote is never part of the layout's text: it arrives as strings inside JSON, so nothing
in it is a command. The layout reads no file and uses the fonts of the library alone; the same paper
gives the same bytes.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

import typst

from placet.documents.paper import Paper

PDF: Final = "application/pdf"
LAYOUT: Final = r"""
#let paper = json(bytes(sys.inputs.paper))
#let soft = luma(90)
#let hash(body) = text(font: "DejaVu Sans Mono", size: 6.5pt, body)
#set document(title: paper.title)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 22mm),
  footer: context [
    #set text(size: 8pt, fill: soft)
    #paper.footer #h(1fr) #paper.page_word #counter(page).display("1 / 1", both: true)
    #if paper.imprint != "" [#linebreak() #text(size: 6.5pt, paper.imprint)]
  ],
)
#set text(font: "Libertinus Serif", size: 10pt, lang: paper.language)
#set par(leading: 0.55em)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.7em)

#heading(level: 1, paper.title)
#text(fill: soft, paper.subtitle)

#let cell(column, body) = {
  let shown = if column.is_hash { hash(body) } else { body }
  if column.is_number { align(right, shown) } else { shown }
}
#let facts(block) = table(
  columns: (auto, 1fr),
  stroke: none,
  inset: (x: 0pt, y: 2.5pt),
  column-gutter: 10pt,
  ..block.rows.map(row => (
    text(fill: soft, row.name),
    if row.is_hash { hash(row.value) } else { row.value },
  )).flatten(),
)
#let rows(block) = table(
  columns: block.columns.map(one => if one.share == 0 { auto } else { one.share * 1fr }),
  stroke: (x, y) => (bottom: if y == 0 { 0.8pt + luma(120) } else { 0.4pt + luma(200) }),
  inset: (x: 3pt, y: 4pt),
  ..if block.columns.any(one => one.title != "") {
    (table.header(..block.columns.map(one => cell(
      (is_hash: false, is_number: one.is_number),
      text(size: 8pt, fill: soft, weight: "bold", one.title),
    ))),)
  },
  ..block.rows.map(row => row.enumerate().map(
    ((n, body)) => text(size: 9pt, cell(block.columns.at(n), body)),
  )).flatten(),
)

#for block in paper.blocks {
  if block.kind == "heading" { heading(level: 2, block.text) }
  if block.kind == "words" {
    par(text(fill: if block.is_soft { soft } else { black }, block.text))
  }
  if block.kind == "facts" { facts(block) }
  if block.kind == "table" { rows(block) }
}
"""


def typeset(paper: Paper, *, at: datetime) -> bytes:
    """The paper as PDF, tagged for screen readers; ``at`` is the moment that it bears."""
    written = typst.compile(
        LAYOUT.encode(),
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[],
        sys_inputs={"paper": paper_text(paper)},
        timestamp=int(at.timestamp()),
    )
    if not isinstance(written, bytes):
        raise TypeError("a paper is set as one file")
    return written


def paper_text(paper: Paper) -> str:
    """The paper as the layout reads it."""
    return json.dumps(_plain(paper), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value

"""Texts of people in mails: in one line, in a header, or quoted line by line."""

from __future__ import annotations

import re
import unicodedata

LONGEST_SUBJECT = 180
BREAKING_SPACE = re.compile(r"[^\S\u00a0]+")


def line_text(text: str) -> str:
    """One line: without line breaks, control characters and marks that turn the direction."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return BREAKING_SPACE.sub(" ", plain).strip()


def quoted_text(text: str) -> str:
    """What a person wrote, marked line by line, so that it cannot pass for our own words."""
    return "\n".join(f"> {line_text(line)}".rstrip() for line in text.splitlines())


def header_text(text: str) -> str:
    """One line that a header can hold, cut where a list would cut it."""
    line = line_text(text).replace("\u00a0", " ")
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"

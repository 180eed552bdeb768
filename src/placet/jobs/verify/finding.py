"""One thing that contradicts the promise."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """A stable code, the id of the row that is wrong, and a sentence."""

    code: str
    subject: str
    sentence: str

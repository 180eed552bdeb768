"""Sentences are cut exactly where they name a line of the plan."""

from __future__ import annotations

import pytest

from placet.web.timeline import sentence_parts

CASES = [
    ("Line 6 is in Medical devices.", (6,), [("Line 6", 6), (" is in Medical devices.", None)]),
    (
        "Lines 2 and 12 are restricted.",
        (2, 12),
        [("Lines ", None), ("2", 2), (" and ", None), ("12", 12), (" are restricted.", None)],
    ),
    ("Order over 500.00 EUR on 5.", (500,), [("Order over 500.00 EUR on 5.", None)]),
    ("3rd order this week, 2 allowed.", (3,), [("3rd order this week, 2 allowed.", None)]),
    ("Every line is restricted.", (), [("Every line is restricted.", None)]),
]


@pytest.mark.parametrize(("sentence", "lines", "parts"), CASES)
def test_only_numbers_of_lines_become_links(
    sentence: str, lines: tuple[int, ...], parts: list[tuple[str, int | None]]
) -> None:
    assert [tuple(part) for part in sentence_parts(sentence, lines)] == parts
    assert "".join(part.text for part in sentence_parts(sentence, lines)) == sentence

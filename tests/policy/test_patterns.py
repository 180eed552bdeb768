"""Patterns mean what regular expressions mean, and no pattern keeps anybody waiting."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from placet.policy.patterns import MAX_MATCHED_TEXT, BadPattern, compile_pattern, matches

CHARACTERS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[b-d]", r"\d", r"\.", r"\w"])
COUNTS = st.sampled_from(["", "", "?", "*", "+", "{2}", "{0,3}", "{1,2}", "{2,}", "{0}"])
SEQUENCES = st.lists(st.tuples(CHARACTERS, COUNTS).map("".join), max_size=6).map("".join)
PATTERNS = st.lists(SEQUENCES, min_size=1, max_size=3).map("|".join)


@example("a?a?a?b", "aab")
@example("a*a?.{0,3}", "")
@example("", "")
@given(PATTERNS, st.text("abcd1.", max_size=9))
def test_a_pattern_means_what_regular_expressions_mean(pattern: str, text: str) -> None:
    assert matches(pattern, text) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", [".{0,100}" * 9 + "X", ".?" * 99 + "X", "[^0-9]*" * 28 + "X"])
def test_the_worst_pattern_costs_a_few_steps_a_character(pattern: str) -> None:
    calls = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal calls
        calls += event == "call"

    compile_pattern(pattern)
    sys.setprofile(count)
    try:
        found = matches(pattern, "a" * MAX_MATCHED_TEXT)
    finally:
        sys.setprofile(None)
    assert not found
    assert calls < 3 * MAX_MATCHED_TEXT


@pytest.mark.parametrize("pattern", ["(a+)+", "a**", "[z-a]", "a{2,1}", "a{101}", ".{0,100}" * 11])
def test_more_than_the_small_language_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        matches(pattern, "a")

"""Text patterns that cannot blow up.

A small part of regular expressions: literals, `.`, classes `[A-Z0-9]`, `\\d`, `\\w`, the counts
`?`, `*`, `+`, `{3}`, `{2,4}` on one character, and alternatives `a|b` at the top level. There are
no groups and no references. The whole text must match. Matching follows all possibilities at
once, so its time is bounded by the length of the text times the length of the pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

MAX_PATTERN: Final = 200
MAX_REPEATS: Final = 100
MAX_MATCHED_TEXT: Final = 1_000

Fits = Callable[[str], bool]


class BadPattern(Exception):
    """The pattern is malformed or uses more than the small language."""

    code = "bad_pattern"


class _Atom(NamedTuple):
    fits: Fits
    optional: bool  # may be skipped
    repeats: bool  # may be used again


class _Alternative(NamedTuple):
    """A sequence of atoms as numbers whose bit n stands for the atom n."""

    characters: tuple[tuple[Fits, int], ...]  # what fits, and the atoms that it is asked for
    optional: int
    repeats: int
    length: int
    needed: tuple[Fits, ...]  # what fits each character of the shortest text


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern. Texts beyond 1,000 characters never fit."""
    if len(text) > MAX_MATCHED_TEXT:
        return False
    return any(_fits_all(alternative, text) for alternative in compile_pattern(pattern))


@lru_cache(maxsize=1_024)
def compile_pattern(pattern: str) -> tuple[_Alternative, ...]:
    """The alternatives of a pattern; raises `BadPattern`."""
    if len(pattern) > MAX_PATTERN:
        raise BadPattern(f"longer than {MAX_PATTERN} characters")
    alternatives: list[list[_Atom]] = [[]]
    position = 0
    while position < len(pattern):
        if pattern[position] == "|":
            alternatives.append([])
            position += 1
            continue
        fits, position = _read_character(pattern, position)
        lowest, highest, position = _read_count(pattern, position)
        alternatives[-1].extend(_repeated(fits, lowest, highest))
    if sum(len(atoms) for atoms in alternatives) > 5 * MAX_PATTERN:
        raise BadPattern("too many repetitions")
    return tuple(_alternative(atoms) for atoms in alternatives)


def _alternative(atoms: list[_Atom]) -> _Alternative:
    asked: dict[Fits, int] = {}
    for place, atom in enumerate(atoms):
        asked[atom.fits] = asked.get(atom.fits, 0) | 1 << place
    return _Alternative(
        tuple(asked.items()),
        sum(1 << place for place, atom in enumerate(atoms) if atom.optional),
        sum(1 << place for place, atom in enumerate(atoms) if atom.repeats),
        len(atoms),
        tuple(atom.fits for atom in atoms if not atom.optional),
    )


def _fits_all(alternative: _Alternative, text: str) -> bool:
    """Follow every possible position in the pattern at once, one character after the other.

    Bit n of ``places`` says that the text so far may end before the atom n.
    """
    places = _skipping(1, alternative.optional)
    fitting: dict[str, int] = {}
    for character in text:
        if character not in fitting:
            asked = alternative.characters
            fitting[character] = sum(atoms for fits, atoms in asked if fits(character))
        used = places & fitting[character]
        places = _skipping(used << 1 | used & alternative.repeats, alternative.optional)
        if not places:
            return False
    return bool(places >> alternative.length & 1)


def _skipping(places: int, optional: int) -> int:
    """The places and those behind atoms that may be skipped.

    Added to a run of optional atoms, a place carries through to the end of the run: what the sum
    changed lies behind the place.
    """
    return places | ((places & optional) + optional) ^ optional


def _repeated(fits: Fits, lowest: int, highest: int | None) -> list[_Atom]:
    atoms = [_Atom(fits, False, False)] * lowest
    if highest is None:
        return [*atoms, _Atom(fits, True, True)]
    return [*atoms, *[_Atom(fits, True, False)] * (highest - lowest)]


def _read_character(pattern: str, position: int) -> tuple[Fits, int]:
    character = pattern[position]
    if character in "()^$?*+{}]":
        raise BadPattern(f"{character!r} at {position} has no meaning here")
    if character == ".":
        return (lambda _: True), position + 1
    if character == "[":
        return _read_class(pattern, position + 1)
    if character == "\\":
        if position + 1 >= len(pattern):
            raise BadPattern("a backslash ends the pattern")
        return _escaped(pattern[position + 1]), position + 2
    return (lambda other: other == character), position + 1


def _escaped(character: str) -> Fits:
    if character == "d":
        return lambda other: "0" <= other <= "9"
    if character == "w":
        return lambda other: other.isalnum() or other == "_"
    if character == "s":
        return str.isspace
    if character.isalnum():
        raise BadPattern(f"\\{character} has no meaning here")
    return lambda other: other == character


def _read_class(pattern: str, position: int) -> tuple[Fits, int]:
    end = pattern.find("]", position + 1)
    if end < 0:
        raise BadPattern("a [ without its ]")
    body = pattern[position:end]
    negated = body.startswith("^")
    body = body[1:] if negated else body
    ranges: list[tuple[str, str]] = []
    index = 0
    while index < len(body):
        low = body[index]
        if low in "\\[":
            raise BadPattern(f"{low!r} has no meaning within [ ]")
        high = low
        if index + 2 < len(body) and body[index + 1] == "-":
            high = body[index + 2]
            index += 2
        if high < low:
            raise BadPattern(f"{low}-{high} is upside down")
        ranges.append((low, high))
        index += 1
    if not ranges:
        raise BadPattern("an empty [ ]")
    return (lambda other: any(a <= other <= b for a, b in ranges) is not negated), end + 1


def _read_count(pattern: str, position: int) -> tuple[int, int | None, int]:
    following = pattern[position : position + 1]
    if following == "?":
        return 0, 1, position + 1
    if following == "*":
        return 0, None, position + 1
    if following == "+":
        return 1, None, position + 1
    if following != "{":
        return 1, 1, position
    end = pattern.find("}", position)
    low, comma, high = pattern[position + 1 : end].partition(",") if end > 0 else ("", "", "")
    if not (low.isascii() and low.isdecimal()) or (
        high and not (high.isascii() and high.isdecimal())
    ):
        raise BadPattern("a count such as {3}, {2,4} or {2,}")
    lowest = int(low[:4])
    highest = (int(high[:4]) if high else None) if comma else lowest
    if lowest > MAX_REPEATS or (highest is not None and not lowest <= highest <= MAX_REPEATS):
        raise BadPattern(f"a count up to {MAX_REPEATS}, the lower bound first")
    return lowest, highest, end + 1

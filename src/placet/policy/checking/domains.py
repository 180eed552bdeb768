"""The values that one field may still have, once some comparisons of it must hold.

Each domain over-approximates: a value that is possible is never left out, so a domain without
values is a proof that nothing meets the comparisons. `restricted` gives the alternatives, since
"not between" leaves two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from placet.policy.patterns import compile_pattern, matches

_OPPOSITE: Final = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
MOST_COUNTED: Final = 1_000
_ORDINARY: Final = "0A a-_.,"


@dataclass(frozen=True)
class Numbers:
    """An interval without some points; `absent` says that there may be no value at all."""

    low: Fraction | None = None
    low_strict: bool = False
    high: Fraction | None = None
    high_strict: bool = False
    without: frozenset[Fraction] = frozenset()
    absent: bool = False
    present: bool = True
    whole: bool = False

    @property
    def is_impossible(self) -> bool:
        """No value is left."""
        return not self.absent and not self.has_number

    @property
    def has_number(self) -> bool:
        """A number is left, whether or not there may be none."""
        if not self.present:
            return False
        if self.low is None or self.high is None:
            return True
        if self.low > self.high or (
            self.low == self.high and (self.low_strict or self.high_strict)
        ):
            return False
        if self.whole and self.high - self.low <= MOST_COUNTED:
            return any(self._allows(Fraction(n)) for n in range(*self._whole_range()))
        return self.low < self.high or self.low not in self.without

    def _whole_range(self) -> tuple[int, int]:
        assert self.low is not None
        assert self.high is not None
        return -int(-self.low // 1), int(self.high // 1) + 1

    def _allows(self, number: Fraction) -> bool:
        if number in self.without:
            return False
        if self.low is not None and (number < self.low or (self.low_strict and number == self.low)):
            return False
        return self.high is None or (
            number < self.high or (not self.high_strict and number == self.high)
        )

    def restricted(self, operator: str, value: Any, *, negated: bool) -> list[Numbers]:
        """What is left when the comparison must (or must not) hold."""
        if operator == "is empty":
            left = replace(self, absent=False) if negated else replace(self, present=False)
            return [left]
        kept = self if negated else replace(self, absent=False)
        if operator == "between":
            low, high = (Fraction(bound) for bound in value)
            if not negated:
                return [kept._above(low, False)._below(high, False)]
            return [kept._below(low, True), replace(kept._above(high, True), absent=False)]
        wanted = Fraction(value)
        if operator == "=":
            if negated:
                return [replace(kept, without=kept.without | {wanted})]
            return [kept._above(wanted, False)._below(wanted, False)]
        if negated:
            operator = _OPPOSITE[operator]
        if operator in (">", ">="):
            return [kept._above(wanted, operator == ">")]
        return [kept._below(wanted, operator == "<")]

    def _above(self, bound: Fraction, strict: bool) -> Numbers:
        if self.low is not None and (bound < self.low or (bound == self.low and self.low_strict)):
            return self
        return replace(self, low=bound, low_strict=strict)

    def _below(self, bound: Fraction, strict: bool) -> Numbers:
        if self.high is not None and (
            bound > self.high or (bound == self.high and self.high_strict)
        ):
            return self
        return replace(self, high=bound, high_strict=strict)

    def nearest(self, wished: int) -> int | Decimal | None:
        """A number of the domain, a whole one where there is one, near the wished; else None."""
        if not self.has_number:
            return None
        low, high = self.low, self.high
        start = Fraction(wished)
        if low is not None and start < low:
            start = low
        if high is not None and start > high:
            start = high
        for step in range(50):
            for number in (Fraction(start.__ceil__() + step), Fraction(start.__floor__() - step)):
                if self._allows(number):
                    return int(number)
        if low is None or high is None:
            return None
        middle = (low + high) / 2
        return Decimal(middle.numerator) / Decimal(middle.denominator)


Place = tuple[str, bool]
"""A text, and whether everything below it as a path counts too."""


@dataclass(frozen=True)
class Texts:
    """The texts of a field: of these places, none of those, with these patterns or without."""

    allowed: frozenset[Place] | None = None
    denied: frozenset[Place] = frozenset()
    patterns: frozenset[tuple[str, bool]] = frozenset()
    empty: bool = True
    filled: bool = True

    @property
    def is_impossible(self) -> bool:
        """No text is left, and it cannot be empty either."""
        if self.empty:
            return False
        if not self.filled or any(
            (pattern, not wanted) in self.patterns for pattern, wanted in self.patterns
        ):
            return True
        return self.allowed is not None and not any(map(self._is_open, self.allowed))

    def _is_open(self, place: Place) -> bool:
        text, below = place
        if any(_inside(place, denied) for denied in self.denied):
            return False
        return below or self._fits(text)

    def _fits(self, text: str) -> bool:
        return all(matches(pattern, text) is wanted for pattern, wanted in self.patterns)

    def restricted(self, operator: str, value: Any, *, negated: bool) -> list[Texts]:
        """What is left when the comparison must (or must not) hold."""
        if operator == "is empty":
            return [replace(self, empty=False) if negated else replace(self, filled=False)]
        if operator == "matches":
            empty = self.empty and (negated or matches(value, ""))
            return [replace(self, patterns=self.patterns | {(value, not negated)}, empty=empty)]
        texts = value if isinstance(value, tuple) else (value,)
        places = frozenset((text, operator == "within") for text in texts)
        if negated:
            return [replace(self, denied=self.denied | places)]
        allowed = places
        if self.allowed is not None:
            allowed = frozenset(
                inner
                for one in self.allowed
                for other in places
                if (inner := _both(one, other)) is not None
            )
        return [replace(self, allowed=allowed, empty=False)]

    def example(self) -> str | None:
        """A text of the domain, as far as it is easily found."""
        if self.allowed is not None and self.filled:
            for place in sorted(self.allowed):
                if self._is_open(place) and self._fits(place[0]):
                    if (place[0], False) in self.denied:
                        return f"{place[0]}/other"
                    return place[0]
        if self.empty:
            return ""
        if self.allowed is not None:
            return None
        made = [text for pattern, wanted in self.patterns if wanted for text in _texts_of(pattern)]
        for text in (*sorted(made), *(f"other-{number}" for number in range(100))):
            if self._fits(text) and not any(_inside((text, False), no) for no in self.denied):
                return text
        return None


def _texts_of(pattern: str) -> Iterator[str]:
    """The shortest text of each alternative of a pattern, from ordinary characters."""
    for alternative in compile_pattern(pattern):
        offered = f"{pattern}{_ORDINARY}"
        found = [next(filter(fits, offered), "") for fits in alternative.needed]
        if all(found):
            yield "".join(found)


def _inside(place: Place, other: Place) -> bool:
    """Whether one place lies wholly in the other."""
    text, below = place
    if not other[1]:
        return text == other[0] and not below
    return text == other[0] or text.startswith(f"{other[0]}/")


def _both(one: Place, other: Place) -> Place | None:
    """What two places have in common: one of them, or nothing."""
    if one[0] == other[0]:
        return (one[0], one[1] and other[1])
    if _inside(one, other):
        return one
    return other if _inside(other, one) else None


@dataclass(frozen=True)
class Tags:
    """Several texts at once: at least one of each of `needs`, and none of `forbidden`."""

    needs: tuple[frozenset[str], ...] = ()
    forbidden: frozenset[str] = frozenset()
    empty: bool = True
    filled: bool = True

    @property
    def is_impossible(self) -> bool:
        """Something is needed that is forbidden."""
        if not (self.empty or self.filled) or (self.needs and not self.filled):
            return True
        return any(need <= self.forbidden for need in self.needs)

    def restricted(self, operator: str, value: Any, *, negated: bool) -> list[Tags]:
        """What is left when the comparison must (or must not) hold."""
        if operator == "is empty":
            return [replace(self, empty=False) if negated else replace(self, filled=False)]
        texts = frozenset(value)
        if negated:
            return [replace(self, forbidden=self.forbidden | texts)]
        return [replace(self, needs=(*self.needs, texts), empty=False)]

    def example(self) -> tuple[str, ...]:
        """Texts of the domain."""
        chosen = tuple(dict.fromkeys(min(need - self.forbidden) for need in self.needs))
        return chosen or (() if self.empty else ("other",))


@dataclass(frozen=True)
class Flags:
    """True, false or either."""

    left: frozenset[bool] = frozenset({True, False})

    @property
    def is_impossible(self) -> bool:
        """Neither is left."""
        return not self.left

    def restricted(self, operator: str, value: Any, *, negated: bool) -> list[Flags]:
        """What is left when the comparison must (or must not) hold."""
        assert operator == "="
        return [Flags(self.left & {bool(value) is not negated})]

    def example(self) -> bool:
        """False where it may be."""
        return min(self.left)


Domain = Numbers | Texts | Tags | Flags

"""Values that are worked out when they are first asked for.

Most plans are made to be compared, not to be read: every change of a cart, every other way to buy
the same, every purchase of a back-test. Nobody reads why their rules matched, or who would be asked
if nobody answered. Such a part of a plan is a function and its argument until somebody reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Late(tuple[Callable[[Any], Any], Any]):
    """A function and its argument; compares, hashes, prints and is stored as what they come to."""

    __slots__ = ()

    def value(self) -> Any:
        """What it comes to; the function remembers it where that is worth it."""
        return self[0](self[1])

    def __eq__(self, other: object) -> bool:
        return bool(self.value() == (other.value() if isinstance(other, Late) else other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.value())

    def __repr__(self) -> str:
        return repr(self.value())

    def __reduce__(self) -> tuple[Any, ...]:
        return _itself, (self.value(),)


def _itself(value: Any) -> Any:
    return value

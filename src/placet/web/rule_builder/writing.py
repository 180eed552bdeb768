"""From slots to a document: what is wrong is collected with the control that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.policy.reading import point
from placet.web.rule_builder.slots import Slot
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount, read_number

Document = dict[str, Any]


class Problem(NamedTuple):
    """One thing that is not right: at which control, and whether it is only not filled in yet."""

    control: str
    sentence: str
    is_missing: bool = False


@dataclass
class Writer:
    """Collects problems, and remembers which control made which part of the document.

    ``places`` maps JSON pointers within the rule to names of controls.
    """

    currency: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def wrong(self, control: str, sentence: str) -> None:
        """Something was typed that cannot be."""
        self.problems.append(Problem(control, sentence))

    def missing(self, control: str, sentence: str) -> None:
        """Something is not filled in yet."""
        self.problems.append(Problem(control, sentence, is_missing=True))

    def place(self, control: str, pointer: str, *keys: str | int) -> str:
        """Remember which control made a part; returns the part's pointer."""
        for key in keys:
            pointer = point(pointer, key)
        self.places[pointer] = control
        return pointer

    def control_of(self, pointer: str) -> str:
        """The control that made a part, or the nearest one around it."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        return self.places.get(pointer, "")

    def text(self, slot: Slot, name: str, at: str, sentence: str) -> str:
        """A text that must be there."""
        typed = slot.one(name)
        if not typed.strip():
            self.missing(f"{at}{name}", sentence)
        return typed

    def whole(self, slot: Slot, name: str, at: str) -> int | None:
        """A whole number that must be there."""
        number: int | None = self._number(slot, name, at, _whole)
        return number

    def percent(self, slot: Slot, name: str, at: str) -> int | None:
        """A percentage with at most two decimals, in basis points."""
        number: int | None = self._number(slot, name, at, _basis_points)
        return number

    def quantity(self, slot: Slot, name: str, at: str) -> int | str | None:
        """A number with or without decimals, as conditions write quantities."""
        number: int | str | None = self._number(slot, name, at, _quantity)
        return number

    def money(self, slot: Slot, name: str, at: str, currency: str = "") -> Document | None:
        """An amount in a currency, the company's own unless another is chosen."""
        code = currency or slot.one("currency") or self.currency

        def read(typed: str) -> Document:
            return {"amount_minor": read_amount(typed, code), "currency": code}

        amount: Document | None = self._number(slot, name, at, read)
        return amount

    def _number(self, slot: Slot, name: str, at: str, read: Callable[[str], Any]) -> Any:
        control, typed = f"{at}{name}", slot.one(name).strip()
        if not typed:
            self.missing(control, _("Write a number."))
            return None
        try:
            return read(typed)
        except TooManyDecimals as error:
            self.wrong(control, _decimals_sentence(error.places))
        except NotANumber:
            self.wrong(control, _("“%(typed)s” is not a number.") % {"typed": typed[:60]})
        except _NotWhole:
            self.wrong(control, _("Write a whole number."))
        return None


class _NotWhole(ValueError):
    """A whole number was asked for."""


def _whole(typed: str) -> int:
    number = read_number(typed)
    if number != number.to_integral_value():
        raise _NotWhole
    return int(number)


def _basis_points(typed: str) -> int:
    scaled = read_number(typed.strip().removesuffix("%")).scaleb(2)
    if scaled != scaled.to_integral_value():
        raise TooManyDecimals(2)
    return int(scaled)


def _quantity(typed: str) -> int | str:
    number = read_number(typed)
    exponent = number.as_tuple().exponent
    return int(number) if exponent == 0 else f"{number:f}"


def _decimals_sentence(places: int) -> str:
    if not places:
        return _("This currency has no decimals.")
    return ngettext("At most %(n)d decimal.", "At most %(n)d decimals.", places) % {"n": places}

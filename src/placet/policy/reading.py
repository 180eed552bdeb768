"""Reading documents that people and programs write: every fault has a JSON pointer and a code."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from placet.policy.money import LARGEST_AMOUNT_MINOR, Money, is_currency

MAX_TEXT: Final = 2_000
MAX_QUANTITY: Final = 10**9


class Fault(NamedTuple):
    """One thing that is wrong: where (RFC 6901 pointer), which kind, and in words."""

    pointer: str
    code: str
    detail: str


class InvalidPart(Exception):
    """A part of a document cannot be read."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(f"{pointer or '/'}: {detail} ({code})")
        self.fault = Fault(pointer, code, detail)


def point(pointer: str, key: str | int) -> str:
    """The pointer to a member of what `pointer` points to (RFC 6901)."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def as_mapping(
    document: object,
    pointer: str,
    *,
    required: Sequence[str] = (),
    allowed: Sequence[str] | None = None,
) -> dict[str, object]:
    """An object with all of `required` and, where given, nothing beyond `allowed`."""
    if not isinstance(document, dict) or not all(isinstance(key, str) for key in document):
        raise InvalidPart(pointer, "wrong_type", "an object")
    for key in required:
        if key not in document:
            raise InvalidPart(point(pointer, key), "missing", f"{key} is missing")
    if allowed is not None:
        for key in document:
            if key not in allowed:
                raise InvalidPart(point(pointer, key), "unexpected", f"{key} has no place here")
    return document


def as_list(document: object, pointer: str, at_most: int, *, at_least: int = 0) -> list[object]:
    """An array of a bounded length."""
    if not isinstance(document, (list, tuple)):
        raise InvalidPart(pointer, "wrong_type", "an array")
    if not at_least <= len(document) <= at_most:
        raise InvalidPart(pointer, "out_of_range", f"{at_least} to {at_most} entries")
    return list(document)


def as_text(document: object, pointer: str) -> str:
    """A text that says something and is not endless."""
    if not isinstance(document, str):
        raise InvalidPart(pointer, "wrong_type", "a text")
    if not document.strip() or len(document) > MAX_TEXT or "\0" in document:
        raise InvalidPart(pointer, "out_of_range", f"1 to {MAX_TEXT} characters")
    return document


def as_choice(document: object, pointer: str, choices: Sequence[str]) -> str:
    """One of the choices, exactly."""
    if not isinstance(document, str) or document not in choices:
        raise InvalidPart(pointer, "unknown_choice", f"one of: {', '.join(choices)}")
    return document


def as_boolean(document: object, pointer: str) -> bool:
    """True or false, not 1 or "yes"."""
    if not isinstance(document, bool):
        raise InvalidPart(pointer, "wrong_type", "true or false")
    return document


def as_integer(document: object, pointer: str, lowest: int, highest: int) -> int:
    """A whole number in a range; 1.0 and true are not whole numbers here."""
    if not isinstance(document, int) or isinstance(document, bool):
        raise InvalidPart(pointer, "wrong_type", "a whole number")
    if not lowest <= document <= highest:
        raise InvalidPart(pointer, "out_of_range", f"{lowest} to {highest}")
    return document


def as_quantity(document: object, pointer: str) -> int | Decimal:
    """A whole number, or a decimal written as a text such as "2.5"; never a float."""
    if isinstance(document, str):
        try:
            number = Decimal(document)
        except InvalidOperation:
            raise InvalidPart(pointer, "wrong_type", "a decimal number") from None
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or not -6 <= exponent <= 0 or abs(number) > MAX_QUANTITY:
            raise InvalidPart(pointer, "out_of_range", f"up to {MAX_QUANTITY}, 6 decimals")
        return number
    return as_integer(document, pointer, -MAX_QUANTITY, MAX_QUANTITY)


def as_money(document: object, pointer: str) -> Money:
    """`{"amount_minor": 50000, "currency": "EUR"}`; a number without a currency is refused."""
    names = ("amount_minor", "currency")
    if isinstance(document, (int, float, str)):
        raise InvalidPart(pointer, "no_currency", "an amount needs its currency")
    node = as_mapping(document, pointer, required=names, allowed=names)
    amount_minor = as_integer(
        node["amount_minor"],
        point(pointer, "amount_minor"),
        -LARGEST_AMOUNT_MINOR,
        LARGEST_AMOUNT_MINOR,
    )
    currency = node["currency"]
    if not isinstance(currency, str) or not is_currency(currency):
        raise InvalidPart(point(pointer, "currency"), "no_currency", "a code such as EUR")
    return Money(amount_minor, currency)

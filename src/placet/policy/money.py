"""Money in minor units, and the exact conversion between currencies.

An amount is always an integer number of minor units (cents, yen, fils) with its ISO 4217 code.
Nothing in the engine holds an amount as a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, NamedTuple

LARGEST_AMOUNT_MINOR: Final = 10**15
"""No amount that people type may be larger; sums of them stay exact anyway."""

_WITHOUT_DECIMALS: Final = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"),
    *("VUV", "XAF", "XOF", "XPF"),
)
_WITH_THREE: Final = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_DECIMALS: Final[Mapping[str, int]] = {
    **dict.fromkeys(_WITHOUT_DECIMALS, 0),
    **dict.fromkeys(_WITH_THREE, 3),
}


class Money(NamedTuple):
    """An amount in minor units of a currency: `Money(50_000, "EUR")` is 500.00 EUR."""

    amount_minor: int
    currency: str


class Rate(NamedTuple):
    """One minor unit of `source` is worth `numerator / denominator` minor units of `target`.

    Rates are frozen with the first submission, and stated in minor units so that currencies with
    different decimals need no further arithmetic.
    """

    source: str
    target: str
    numerator: int
    denominator: int


class NoRate(Exception):
    """There is no rate between two currencies, so amounts in them cannot be compared."""

    code = "no_rate"

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"no rate from {source} to {target}")
        self.source = source
        self.target = target


def decimals(currency: str) -> int:
    """How many decimals a currency has: 2 for most, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _DECIMALS.get(currency, 2)


def is_currency(text: object) -> bool:
    """Whether `text` has the form of an ISO 4217 code: three capital letters A to Z."""
    return (
        isinstance(text, str)
        and len(text) == 3
        and text.isascii()
        and text.isupper()
        and (text.isalpha())
    )


def parse_money(text: str, currency: str) -> Money:
    """Read a plain decimal such as `500.00` exactly; raises `ValueError` for anything else.

    No thousands separators, no exponents, no more decimals than the currency has.
    """
    if not text.strip("-").replace(".", "", 1).isdecimal() or not text.isascii():
        raise ValueError(f"not a plain amount: {text!r}")
    try:
        scaled = Decimal(text).scaleb(decimals(currency))
    except InvalidOperation as error:
        raise ValueError(f"not a plain amount: {text!r}") from error
    if scaled != scaled.to_integral_value() or abs(scaled) > LARGEST_AMOUNT_MINOR:
        raise ValueError(f"not an amount of {currency}: {text!r}")
    return Money(int(scaled), currency)


def plain_amount(amount_minor: int, currency: str) -> str:
    """The amount without currency, exact and with no locale: `1234.50`, `-0.05`, `12`."""
    places = decimals(currency)
    sign = "-" if amount_minor < 0 else ""
    digits = str(abs(amount_minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def exchange(source: str, target: str, rates: Mapping[tuple[str, str], Rate]) -> Fraction:
    """Minor units of `target` for one minor unit of `source`, exactly.

    The reverse rate serves where only that one is stated. Raises `NoRate` where neither is.
    """
    if source == target:
        return Fraction(1)
    rate = rates.get((source, target))
    if rate is not None:
        return Fraction(rate.numerator, rate.denominator)
    reverse = rates.get((target, source))
    if reverse is not None:
        return Fraction(reverse.denominator, reverse.numerator)
    raise NoRate(source, target)


def round_half_up(value: Fraction) -> int:
    """To whole minor units, halves away from zero: the rounding of every amount in the product."""
    doubled = abs(value) * 2
    whole = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return -whole if value < 0 else whole


def converted(money: Money, target: str, rates: Mapping[tuple[str, str], Rate]) -> Money:
    """The amount in another currency, rounded half up; raises `NoRate`."""
    factor = exchange(money.currency, target, rates)
    return Money(round_half_up(money.amount_minor * factor), target)

"""What a shop takes off its own prices: of a line, and of all goods together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.pricing import PricedDiscount
from placet.core.errors import InvalidInput
from placet.policy.totals import discounted
from placet.requisitions.posting.values import PostedDiscount, PostedProduct

OFF_A_LINE: Final = "line_amount"
OFF_ALL_GOODS: Final = "order_amount"


class Lowered(NamedTuple):
    """The goods of each line net of everything taken off, and what was, by its name."""

    nets: list[int]
    discounts: tuple[PricedDiscount, ...]


def lower(
    gross: Sequence[int], stated: Sequence[PostedProduct], off_all: Sequence[PostedDiscount]
) -> Lowered:
    """Take off each line its own, and then what is for all, shared to them by what is left.

    Parts add up to their whole to the last minor unit. Raises ``InvalidInput`` for more than there
    is, and for what has no name: whoever approves reads why it costs less.
    """
    left = [_after_its_own(at, minor, one) for at, (minor, one) in enumerate(_pairs(gross, stated))]
    names: dict[str, int] = {}
    for one in stated:
        if one.discount_minor:
            name = one.promotion.strip()
            names[name] = names.get(name, 0) + one.discount_minor
    rest = sum(left)
    for at, off in enumerate(off_all):
        if not off.name.strip():
            raise InvalidInput(f"discounts/{at}/name", "required", _sentence_of_names())
        rest -= off.amount_minor
        if rest < 0 or off.amount_minor < 0:
            said = _("More is taken off than the goods cost.")
            raise InvalidInput(f"discounts/{at}/amount_minor", "too_large", said)
    return Lowered(
        discounted(left, sum(off.amount_minor for off in off_all)),
        (
            *(PricedDiscount("", name, OFF_A_LINE, minor) for name, minor in names.items()),
            *(
                PricedDiscount("", off.name.strip(), OFF_ALL_GOODS, off.amount_minor)
                for off in off_all
                if off.amount_minor
            ),
        ),
    )


def _pairs(
    gross: Sequence[int], stated: Sequence[PostedProduct]
) -> list[tuple[int, PostedProduct]]:
    return list(zip(gross, stated, strict=True))


def _after_its_own(at: int, gross_minor: int, one: PostedProduct) -> int:
    if not 0 <= one.discount_minor <= gross_minor:
        said = _("More is taken off than the line costs.")
        raise InvalidInput(f"lines/{at}/discount_minor", "too_large", said)
    if one.discount_minor and not one.promotion.strip():
        raise InvalidInput(f"lines/{at}/promotion", "required", _sentence_of_names())
    return gross_minor - one.discount_minor


def _sentence_of_names() -> str:
    return _("Say what takes it off: whoever approves reads it.")

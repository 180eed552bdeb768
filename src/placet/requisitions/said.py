"""What somebody says at a step, made sense of: the kind, the reason, what is left of each line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.carts.quantities import nearest_quantity
from placet.catalog.models import Product
from placet.core.errors import InvalidInput
from placet.requisitions.models import Decision, RevisionLine, Step

LONGEST_REASON: Final = 2000


class Said(NamedTuple):
    """An answer that can be written down; ``lines`` maps a line's number to what is left of it."""

    kind: str
    reason: str
    lines: Mapping[int, int]


def make_sense(step: Step, *, kind: str, reason: str, lines: Mapping[int, int]) -> Said:
    """The answer as it counts; raises ``InvalidInput`` for what is missing or does not fit.

    Lines as large as they were are no change. An approval that leaves nothing is a rejection.
    """
    reason = reason.strip()
    if kind not in Decision.Kind.values:
        raise InvalidInput("decision", "unknown", _("Choose approve, reject or request changes."))
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        raise InvalidInput("reason", "too_long", _("Please write at most 2,000 characters."))
    left = _lowered(step, lines) if lines else {}
    if left and kind != Decision.Kind.APPROVE:
        raise InvalidInput(
            "lines", "approve_only", _("Lines are lowered by an approval of the rest.")
        )
    if left and _leaves_nothing(step, left):
        kind, left = Decision.Kind.REJECT, {}
    _require_reason(kind, reason, bool(left))
    return Said(kind, reason, left)


def _require_reason(kind: str, reason: str, lowers: bool) -> None:
    if reason:
        return
    if kind == Decision.Kind.REJECT:
        raise InvalidInput("reason", "required", _("Say why: the buyer needs it to go on."))
    if kind == Decision.Kind.REQUEST_CHANGES:
        raise InvalidInput("reason", "required", _("Say what should be changed."))
    if lowers:
        raise InvalidInput(
            "reason", "required", _("Say why you lower a line: the buyer needs it to go on.")
        )


def _lowered(step: Step, lines: Mapping[int, int]) -> dict[int, int]:
    """What is left of the lines that become smaller; raising is a suggestion, not a decision."""
    known = {line.number: line for line in RevisionLine.objects.filter(revision=step.revision_id)}
    products = Product.objects.in_bulk({line.product_id for line in known.values()})
    left: dict[int, int] = {}
    for number, quantity in lines.items():
        line, path = known.get(number), f"lines/{number}"
        if line is None:
            raise InvalidInput(path, "unknown", _("There is no line %(n)d.") % {"n": number})
        if quantity < 0:
            raise InvalidInput(path, "negative", _("A quantity is 0 or more."))
        if quantity > line.quantity:
            raise InvalidInput(
                path,
                "raised",
                _("Line %(n)d is %(quantity)d. More of it is a suggestion that the buyer accepts.")
                % {"n": number, "quantity": line.quantity},
            )
        if quantity < line.quantity:
            _require_sold(products.get(line.product_id), line, quantity)
            left[number] = quantity
    return left


def _require_sold(product: Product | None, line: RevisionLine, quantity: int) -> None:
    """What is left of a line can be ordered: from the product's minimum on, in its steps."""
    if product is None or not quantity or nearest_quantity(product, quantity) == quantity:
        return
    step = product.step_quantity
    lowest = -(-product.minimum_quantity // step) * step
    below = quantity // step * step
    nearest = below if below >= lowest else 0
    raise InvalidInput(
        f"lines/{line.number}",
        "quantity_step",
        _("%(sku)s is sold from %(minimum)d in steps of %(step)d; %(nearest)d can be left.")
        % {"sku": line.sku, "minimum": lowest, "step": step, "nearest": nearest},
        nearest=nearest,
    )


def _leaves_nothing(step: Step, left: Mapping[int, int]) -> bool:
    numbers = RevisionLine.objects.filter(revision=step.revision_id).values_list(
        "number", flat=True
    )
    return all(left.get(number) == 0 for number in numbers)

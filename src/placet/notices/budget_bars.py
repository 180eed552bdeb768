"""The budget bar of a mail: table cells with widths in percent, and the same in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.budgets.models import Budget, Reservation
from placet.companies.permissions import BUDGET_VIEW
from placet.core.formats import number_text
from placet.notices.letter import Recipient
from placet.requisitions.models import Step


class Cell(NamedTuple):
    """A part of the bar: ``committed``, ``reserved``, ``this`` or ``left``, and its width in %."""

    part: str
    percent: int


class Bar(NamedTuple):
    """One budget as this purchase leaves it; amounts without their currency."""

    name: str
    currency: str
    cells: tuple[Cell, ...]
    amount: str
    committed: str
    reserved: str
    this: str
    told: str
    """What was left before this purchase and is left after it, or by how much it is exceeded."""
    left: str
    over: str
    """What is missing; empty unless it is overdrawn."""
    is_general: bool
    """No purchase is meant: the budget as it stands."""


def bars_for(step: Step, recipient: Recipient) -> list[Bar]:
    """The budgets that the revision of a step holds money of, as far as the recipient may see.

    The merchant's people never see any; others need ``budget.view``.
    """
    if step.side != "buyer" or recipient.actor.is_merchant:
        return []
    if not recipient.actor.holds_anywhere(BUDGET_VIEW):
        return []
    held = Reservation.objects.filter(
        revision_id=step.revision_id,
        status=Reservation.Status.OPEN,
        budget__company_id=recipient.actor.company_id,
        budget__account=Budget.Account.BUDGET,
    ).select_related("budget")
    return [
        bar_of(reservation.budget, reservation.amount_minor, recipient.language)
        for reservation in held.order_by("budget__name", "budget_id")
    ]


def bar_of(budget: Budget, this_minor: int, language: str) -> Bar:
    """One budget with ``this_minor`` of what is reserved set apart as this purchase."""
    others_minor = budget.reserved_minor - this_minor
    left_minor = budget.left_minor

    def text(amount_minor: int) -> str:
        return number_text(amount_minor, budget.currency, language)

    parts = (
        ("committed", budget.committed_minor),
        ("reserved", others_minor),
        ("this", this_minor),
        ("left", max(left_minor, 0)),
    )
    return Bar(
        name=budget.name,
        currency=budget.currency,
        cells=_cells(parts),
        amount=text(budget.amount_minor),
        committed=text(budget.committed_minor),
        reserved=text(others_minor),
        this=text(this_minor),
        told=_told(left_minor + this_minor, left_minor, text),
        left=text(left_minor),
        over=text(-left_minor) if left_minor < 0 else "",
        is_general=not this_minor,
    )


def _told(before_minor: int, after_minor: int, text: Callable[[int], str]) -> str:
    """Of less than nothing, nobody says that it is left."""
    values = {
        "before": text(abs(before_minor)),
        "left": text(after_minor),
        "over": text(-after_minor),
    }
    if after_minor > 0:
        said = _("%(before)s was left before it, %(left)s after it.")
    elif after_minor == 0:
        said = _("%(before)s was left before it, nothing after it.")
    elif before_minor > 0:
        said = _("%(before)s was left before it; with it the budget is exceeded by %(over)s.")
    elif before_minor == 0:
        said = _("Nothing was left before it; with it the budget is exceeded by %(over)s.")
    else:
        said = _("It was exceeded by %(before)s before it, and is by %(over)s with it.")
    return said % values


def _cells(parts: tuple[tuple[str, int], ...]) -> tuple[Cell, ...]:
    """Whole percents that never add up to more than 100; what is there is at least 1 wide."""
    whole = sum(amount for _part, amount in parts) or 1
    widths = [(part, max(1, amount * 100 // whole)) for part, amount in parts if amount > 0]
    while sum(percent for _part, percent in widths) > 100:
        widest = max(range(len(widths)), key=lambda index: widths[index][1])
        widths[widest] = (widths[widest][0], widths[widest][1] - 1)
    return tuple(Cell(part, percent) for part, percent in widths)

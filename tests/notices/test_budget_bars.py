"""What a mail says of a budget before and after the purchase that it asks about."""

from __future__ import annotations

import pytest
from django.utils import translation

from placet.budgets.models import Budget
from placet.notices.budget_bars import bar_of


@pytest.mark.parametrize(
    ("committed", "this", "told", "over"),
    [
        (400_00, 100_00, "600.00 was left before it, 500.00 after it.", ""),
        (400_00, 600_00, "600.00 was left before it, nothing after it.", ""),
        (
            400_00,
            650_00,
            "600.00 was left before it; with it the budget is exceeded by 50.00.",
            "50.00",
        ),
        (
            1_000_00,
            80_00,
            "Nothing was left before it; with it the budget is exceeded by 80.00.",
            "80.00",
        ),
        (
            1_748_20,
            100_00,
            "It was exceeded by 748.20 before it, and is by 848.20 with it.",
            "848.20",
        ),
    ],
)
def test_of_less_than_nothing_nobody_says_that_it_is_left(
    committed: int, this: int, told: str, over: str
) -> None:
    budget = Budget(
        name="ICU",
        currency="EUR",
        amount_minor=1_000_00,
        committed_minor=committed,
        reserved_minor=this,
    )
    with translation.override("en"):
        bar = bar_of(budget, this, "en")
    assert (bar.told, bar.over) == (told, over)

"""Many processes at once, in budgets that overlap in a hierarchy: each sum is the model's."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from placet.budgets.actions import (
    BudgetExceeded,
    Draw,
    commit_reservations,
    refund_reservations,
    release_reservations,
    reserve_budgets,
)
from placet.budgets.models import Budget, Reservation
from placet.jobs.verify.ledger import check_ledger
from tests.budgets.ground import make_budget
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race

LEAVES = (("icu-4", "meridian/4410"), ("icu", "meridian/4410"), ("biomed", "meridian/9000"))
ABOVE = {"icu-4": ("hospital", "icu", "icu-4"), "icu": ("hospital", "icu"), "biomed": ("hospital",)}


def lay_out(cast: Cast, room: int) -> dict[str, Budget]:
    """One budget for the company, each unit and two cost centres; two block beyond ``room``."""
    found = {"company": make_budget(cast, amount_minor=10**9)}
    for unit in ("hospital", "icu", "icu-4", "biomed"):
        found[unit] = make_budget(
            cast,
            owner_kind="unit",
            owner_ref=cast.unit[unit],
            mode="block" if unit == "icu" else "approve",
            amount_minor=room,
        )
    for center in ("meridian/4410", "meridian/9000"):
        found[center] = make_budget(
            cast,
            owner_kind="cost_center",
            owner_ref=cast.cost_center[center],
            mode="block" if center.endswith("9000") else "warn",
            amount_minor=room,
        )
    return found


def buy(cast: Cast, budgets: dict[str, str], worker: int, count: int) -> list[tuple[str, ...]]:
    """Reserve and settle ``count`` purchases as the worker's own seed says."""
    chance = random.Random(worker)
    said = []
    for number in range(count):
        leaf, center = chance.choice(LEAVES)
        places = ("company", *ABOVE[leaf], *([leaf] if leaf == "biomed" else []), center)
        amount = chance.randint(1, 900)
        key = f"{worker}_{number}"
        draws = [Draw(budgets[place], amount) for place in places]
        chance.shuffle(draws)  # the order in which they are named decides nothing
        try:
            reserve_budgets(
                f"req_{key}", revision_id=f"rev_{key}", draws=draws, actor=cast.lena, now=NOW
            )
        except BudgetExceeded:
            said.append((key, "refused", str(amount), *places))
            continue
        ending = chance.choice(("open", "commit", "release", "refund"))
        if ending in ("commit", "refund"):
            commit_reservations(f"req_{key}", actor=cast.lena, now=NOW)
        if ending == "refund":
            refund_reservations(f"req_{key}", actor=cast.lena, now=NOW)
        if ending == "release":
            release_reservations(f"req_{key}", actor=cast.lena, now=NOW)
        said.append((key, ending, str(amount), *places))
    return said


def prove(cast: Cast, workers: int, each: int) -> None:
    """All processes at once; then every kept sum is that of the model."""
    made = lay_out(cast, 20 * workers * each)
    ids = {place: budget.pk for place, budget in made.items()}
    results = race([lambda own=own: buy(cast, ids, own, each) for own in range(workers)])
    assert not [result for result in results if isinstance(result, Failed)]
    committed: Counter[str] = Counter()
    reserved: Counter[str] = Counter()
    refused = []
    for key, ending, amount, *places in (one for result in results for one in result):
        if ending == "refused":
            refused.append(f"req_{key}")
        for place in places:
            committed[place] += int(amount) if ending == "commit" else 0
            reserved[place] += int(amount) if ending == "open" else 0
    for place, budget in made.items():
        kept = Budget.objects.get(pk=budget.pk)
        assert (kept.committed_minor, kept.reserved_minor) == (committed[place], reserved[place])
        assert kept.mode != "block" or kept.left_minor >= 0
    assert refused  # the blocking budgets were really fought over
    assert not Reservation.objects.filter(requisition_id__in=refused).exists()
    # No requisition stands behind these reservations, and that alone is what verify misses.
    assert {finding.code for finding in check_ledger()} <= {"reservation_left"}


def test_200_reservations_by_4_processes_add_up(committed_db: Ground, cast: Cast) -> None:
    prove(cast, 4, 50)


@pytest.mark.soak
def test_2000_reservations_by_16_processes_add_up(committed_db: Ground, cast: Cast) -> None:
    prove(cast, 16, 125)

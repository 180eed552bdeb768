"""Any order of reserving, settling, moving and rolling over: the rows are what dictionaries say."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction as django_transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from placet.budgets.actions import (
    BudgetExceeded,
    Draw,
    NotEnoughLeft,
    adjust_budget,
    commit_reservations,
    expire_reservations,
    refund_reservations,
    release_reservations,
    reserve_budgets,
    transfer_budget,
)
from placet.budgets.models import Budget
from placet.budgets.opening import open_due_periods
from placet.core.errors import InvalidInput
from placet.jobs.verify.ledger import check_ledger
from tests.budgets.ground import make_budget, system
from tests.cast import NOW, Cast

INDEX = st.integers(0, 2)
AMOUNT = st.integers(1, 60_00)


class Account:
    """A budget in the model: its three sums, what blocks, and what is carried over."""

    def __init__(self, key: str, mode: str, rollover: str) -> None:
        self.key, self.mode, self.rollover = key, mode, rollover
        self.amount = 100_00
        self.committed = self.reserved = 0

    @property
    def left(self) -> int:
        """Neither ordered nor waiting."""
        return self.amount - self.committed - self.reserved

    @property
    def sums(self) -> tuple[int, int, int]:
        """As the row keeps them."""
        return self.amount, self.committed, self.reserved


class LedgerMachine(RuleBasedStateMachine):
    """Three monthly budgets, all modes and all ways of carrying over."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.block = django_transaction.atomic()
        self.block.__enter__()
        self.now = NOW
        self.running: list[Account] = []
        self.past: list[Account] = []
        self.held: dict[str, tuple[list[Account], int, str]] = {}
        for mode, rollover in (("block", "left"), ("approve", "all"), ("warn", "none")):
            budget = make_budget(self.cast, period="month", mode=mode, rollover=rollover)
            self.running.append(Account(budget.pk, mode, rollover))

    def teardown(self) -> None:
        """Nothing of it stays in the database."""
        django_transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(chosen=st.sets(INDEX, min_size=1), amount=AMOUNT)
    def reserve(self, chosen: set[int], amount: int) -> None:
        key = str(len(self.held))
        accounts = [self.running[index] for index in sorted(chosen)]
        draws = [Draw(account.key, amount) for account in accounts]
        wish: dict[str, Any] = {"revision_id": f"rev_{key}", "draws": draws}
        is_refused = any(one.mode == "block" and one.left < amount for one in accounts)
        try:
            reserve_budgets(f"req_{key}", **wish, actor=self.cast.lena, now=self.now)
        except BudgetExceeded:
            assert is_refused
            return
        assert not is_refused
        self.held[key] = (accounts, amount, "open")
        for account in accounts:
            account.reserved += amount

    @rule(which=st.integers(0, 30), ending=st.sampled_from(["commit", "release", "expire"]))
    def settle(self, which: int, ending: str) -> None:
        accounts, amount, status = self.held.get(str(which), ([], 0, ""))
        action = {
            "commit": commit_reservations,
            "release": release_reservations,
            "expire": expire_reservations,
        }[ending]
        ended = action(f"req_{which}", actor=self.cast.lena, now=self.now)
        assert ended == (len(accounts) if status == "open" else 0)
        if status != "open":
            return
        self.held[str(which)] = (accounts, amount, ending)
        for account in accounts:
            account.reserved -= amount
            account.committed += amount if ending == "commit" else 0

    @rule(which=st.integers(0, 30))
    def refund(self, which: int) -> None:
        accounts, amount, status = self.held.get(str(which), ([], 0, ""))
        refunded = refund_reservations(f"req_{which}", actor=self.cast.lena, now=self.now)
        assert refunded == (len(accounts) if status == "commit" else 0)
        if status == "commit":
            self.held[str(which)] = (accounts, amount, "refund")
            for account in accounts:
                account.committed -= amount

    @rule(index=INDEX, change=st.integers(-60_00, 60_00))
    def adjust(self, index: int, change: int) -> None:
        account = self.running[index]
        is_refused = change == 0 or (change < 0 and account.amount + change < 0)
        try:
            adjust_budget(
                account.key, change_minor=change, reason="x", actor=system(), now=self.now
            )
        except InvalidInput:
            assert is_refused
            return
        assert not is_refused
        account.amount += change

    @rule(giving=INDEX, getting=INDEX, amount=AMOUNT)
    def transfer(self, giving: int, getting: int, amount: int) -> None:
        giver, taker = self.running[giving], self.running[getting]
        try:
            transfer_budget(
                giver.key,
                target_id=taker.key,
                amount_minor=amount,
                reason="x",
                actor=system(),
                now=self.now,
            )
        except (NotEnoughLeft, InvalidInput):
            assert giving == getting or giver.left < amount
            return
        assert giving != getting
        giver.amount -= amount
        taker.amount += amount

    @rule()
    def next_month(self) -> None:
        year, month = divmod(self.now.year * 12 + self.now.month, 12)
        self.now = self.now.replace(year=year, month=month + 1)
        assert open_due_periods(now=self.now) == len(self.running)
        assert open_due_periods(now=self.now) == 0
        for index, account in enumerate(self.running):
            first, _sign, number = account.key.rpartition("_")
            known = (first, int(number)) if first.count("_") else (account.key, 1)
            following = Account(f"{known[0]}_{known[1] + 1}", account.mode, account.rollover)
            carried = {"none": 0, "left": max(account.left, 0), "all": account.left}
            following.amount += carried[account.rollover]
            account.amount -= carried[account.rollover]
            self.past.append(account)
            self.running[index] = following

    @invariant()
    def rows_are_what_the_dictionaries_say(self) -> None:
        rows = {budget.pk: budget for budget in Budget.objects.all()}
        for account in (*self.past, *self.running):
            row = rows[account.key]
            assert (row.amount_minor, row.committed_minor, row.reserved_minor) == account.sums
        assert {finding.code for finding in check_ledger()} <= {"reservation_left"}


def run(cast: Cast, examples: int, steps: int) -> None:
    """The machine as a test of its own."""
    LedgerMachine.cast = cast
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(max_examples=examples, stateful_step_count=steps),
    )


@pytest.mark.django_db
def test_the_ledger_is_its_model(cast: Cast) -> None:
    run(cast, 12, 16)


@pytest.mark.soak
@pytest.mark.django_db
def test_the_ledger_is_its_model_in_long_lives(cast: Cast) -> None:
    run(cast, 100, 50)

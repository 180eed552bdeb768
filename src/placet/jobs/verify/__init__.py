"""``placet verify``: proves the promise for any database from its rows alone, read-only."""

from __future__ import annotations

from placet.jobs.verify.carried import check_carry_overs
from placet.jobs.verify.chains import check_chains
from placet.jobs.verify.changes import check_changes
from placet.jobs.verify.finding import Finding
from placet.jobs.verify.ledger import check_ledger
from placet.jobs.verify.numbers import check_numbers
from placet.jobs.verify.open_steps import check_open_steps
from placet.jobs.verify.promise import check_promise
from placet.jobs.verify.quotes import check_quotes
from placet.jobs.verify.releases import check_releases
from placet.jobs.verify.shipments import check_shipments
from placet.jobs.verify.short import check_short
from placet.jobs.verify.triggers import check_triggers

CHECKS = (
    check_triggers,
    check_chains,
    check_promise,
    check_changes,
    check_carry_overs,
    check_ledger,
    check_open_steps,
    check_numbers,
    check_quotes,
    check_releases,
    check_shipments,
    check_short,
)

__all__ = ["CHECKS", "Finding", "verify"]


def verify() -> list[Finding]:
    """Everything that contradicts the promise; an empty list is the proof."""
    return [finding for check in CHECKS for finding in check()]

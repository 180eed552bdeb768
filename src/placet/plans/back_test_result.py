"""What a back-test found: values that are stored with its run, and what pages and API read.

Stored values hold ids only; names and sentences are made when somebody reads, in their language
(``back_test_reading``). ``before`` is what the rules in force would do, ``after`` the tried text;
both are planned again under the same facts (docs/algorithms/back-test.md).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from placet.policy.plan import Outcome


class Change(NamedTuple):
    """A purchase that would go another way; one row of the run.

    Rules are ids of the document (or codes of built-in rules, as ``limit``), people are members.
    """

    requisition: str
    number: str
    submitted_at: datetime
    requester: str
    currency: str
    total_minor: int  # goods and shipping, net
    before: Outcome
    after: Outcome
    steps_added: int
    steps_removed: int
    rules_added: tuple[str, ...]  # reasons of steps, blocks: which are there only after
    rules_removed: tuple[str, ...]
    people_added: tuple[str, ...]
    people_removed: tuple[str, ...]


class Load(NamedTuple):
    """How often one member would be asked: steps that stand in their inbox."""

    member: str
    before: int
    after: int


class Hits(NamedTuple):
    """How many purchases a rule matches; ``None`` where the text has no such rule."""

    rule: str
    before: int | None
    after: int | None


class Week(NamedTuple):
    """A week of the chart, by submission; counts are purchases."""

    starts_on: date
    purchases: int
    approval_before: int
    approval_after: int
    blocked_before: int
    blocked_after: int


class Totals(NamedTuple):
    """Counts over all purchases that were tried. Each changed purchase is in ``changed`` once."""

    purchases: int
    changed: int
    free_before: int
    free_after: int
    approval_before: int
    approval_after: int
    blocked_before: int
    blocked_after: int
    free_to_approval: int  # nobody was asked before, somebody is after
    approval_to_free: int
    newly_blocked: int
    no_longer_blocked: int
    steps_added: int
    steps_removed: int
    other_than_then: int  # the rules in force today would have another outcome than it had then
    rebuilt: int  # their facts were put together later, from what was still known (placet history)
    left_out: int  # cannot be planned again: its facts of then are not known


class BackTestResult(NamedTuple):
    """The result of a back-test's run; the changed purchases are its rows."""

    days: int
    totals: Totals
    load: tuple[Load, ...]  # the greatest difference first
    hits: tuple[Hits, ...]  # in the order of the tried text, then rules that it no longer has
    weeks: tuple[Week, ...]  # the oldest first, without gaps
    listed: int  # how many changed purchases are rows of the run: at most ``MOST_CHANGES``


# ── As pages and API read it ────────────────────────────────────────────────────────────────────


class LoadDescription(NamedTuple):
    """A member's load with the name."""

    member: str
    name: str
    before: int
    after: int


class HitsDescription(NamedTuple):
    """A rule's hits with what it is called."""

    rule: str
    name: str
    before: int | None
    after: int | None


class ChangeDescription(NamedTuple):
    """A changed purchase with names, and why in a sentence of the reader's language."""

    position: int  # of the row in its run, from 1: where the next page starts
    requisition: str
    number: str
    submitted_at: datetime
    requester: str
    requester_name: str
    currency: str
    total_minor: int
    before: Outcome
    after: Outcome
    steps_added: int
    steps_removed: int
    why: str


class BackTestDescription(NamedTuple):
    """Everything that the page of a finished back-test shows above the list of purchases."""

    rulebook: str
    document_hash: str  # SHA-256 of the canonical text that was tried
    days: int
    totals: Totals
    load: tuple[LoadDescription, ...]
    hits: tuple[HitsDescription, ...]
    weeks: tuple[Week, ...]
    listed: int
    held_constant: tuple[str, ...]  # sentences: what is as then, and what is as today


class Touched(NamedTuple):
    """How many past purchases one rule would match: the builder's live count.

    ``matched`` of the newest ``looked_at`` purchases of the last ``days``; ``is_all`` is False
    where there are more of them than are looked at.
    """

    matched: int
    looked_at: int
    days: int
    is_all: bool

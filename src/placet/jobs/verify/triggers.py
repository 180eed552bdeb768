"""Append-only tables have their triggers."""

from __future__ import annotations

from collections.abc import Iterator

from placet.core.append_only import missing_triggers
from placet.jobs.verify.finding import Finding


def check_triggers() -> Iterator[Finding]:
    """A table that should only grow and could be changed is a finding."""
    for table in missing_triggers():
        yield Finding("trigger_missing", table, "This table could be changed behind our back.")

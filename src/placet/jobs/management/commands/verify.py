"""``placet verify``: read-only proof of the promise; exits with 1 when something contradicts it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from placet.events.models import EventHead
from placet.jobs.verify import verify


class Command(BaseCommand):
    """Prints one line a finding, or that there are none."""

    help = "Prove from the rows alone that nothing left that was not approved. Changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run all checks; where there is no Placet, say so and create nothing."""
        _require_database()
        findings = verify()
        for finding in findings:
            self.stdout.write(f"{finding.code}  {finding.subject}  {finding.sentence}")
        if findings:
            self.stderr.write(f"{len(findings)} findings")
            sys.exit(1)
        self.stdout.write("Every order was approved as it left; all sums and chains are intact.")


def _require_database() -> None:
    name = str(connection.settings_dict["NAME"])
    is_there = connection.vendor != "sqlite" or Path(name).exists()
    if not is_there or EventHead._meta.db_table not in connection.introspection.table_names():
        raise CommandError(
            f"There is no Placet in the database {name}. Name another one with "
            "PLACET_DATABASE_URL or PLACET_STATE; the demo's is PLACET_STATE=var/demo."
        )

"""``placet verify``: read-only proof of the promise; exits with 1 when something contradicts it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from placet.jobs.verify import verify


class Command(BaseCommand):
    """Prints one line a finding, or that there are none."""

    help = "Prove from the rows alone that nothing left that was not approved. Changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run all checks."""
        findings = verify()
        for finding in findings:
            self.stdout.write(f"{finding.code}  {finding.subject}  {finding.sentence}")
        if findings:
            self.stderr.write(f"{len(findings)} findings")
            sys.exit(1)
        self.stdout.write("Every order was approved as it left; all sums and chains are intact.")

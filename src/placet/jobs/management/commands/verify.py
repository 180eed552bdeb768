"""``placet verify``: read-only proof of the promise; exits with 1 when something contradicts it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.models import Q

from placet.events.models import EventHead
from placet.jobs.verify import verify
from placet.jobs.verify.proof import prove_requisition
from placet.requisitions.models import Requisition


class Command(BaseCommand):
    """Prints one line a finding, or that there are none; of one purchase, its whole proof."""

    help = (
        "Prove from the rows alone that nothing left that was not approved. Changes nothing. "
        "With a number, prove one purchase in sentences."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A purchase by its number or id, and whose it is where the number repeats."""
        parser.add_argument("requisition", nargs="?", default="", help="REQ-2046, or its id")
        parser.add_argument("--company", default="", help="the company's short name in its address")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run all checks; where there is no Placet, say so and create nothing."""
        _require_database()
        if options["requisition"]:
            self._prove(options["requisition"], options["company"])
            return
        if options["company"]:
            raise CommandError("Name a requisition of this company, or leave --company out.")
        findings = verify()
        for finding in findings:
            self.stdout.write(f"{finding.code}  {finding.subject}  {finding.sentence}")
        if findings:
            self.stderr.write(f"{len(findings)} findings")
            sys.exit(1)
        self.stdout.write("Every order was approved as it left; all sums and chains are intact.")

    def _prove(self, key: str, slug: str) -> None:
        wrong = 0
        for said in prove_requisition(_find(key, slug)):
            wrong += not said.holds
            mark = "   " if said.holds else "!! "
            self.stdout.write(f"{mark}{'  ' * said.depth}{said.sentence}")
        if wrong:
            self.stderr.write(f"{wrong} sentences do not hold")
            sys.exit(1)
        self.stdout.write("   Everything above was computed again from the rows, and holds.")


def _find(key: str, slug: str) -> Requisition:
    named = Requisition.objects.filter(Q(pk=key) | Q(number=key)).select_related(
        "company", "requester__user", "revision", "unit"
    )
    found = list(named.filter(company__slug=slug) if slug else named)
    if not found:
        raise CommandError(f"There is no requisition {key}{f' of {slug}' if slug else ''}.")
    if len(found) > 1:
        slugs = ", ".join(sorted(one.company.slug for one in found))
        raise CommandError(f"Several companies have {key}; name one with --company: {slugs}")
    return found[0]


def _require_database() -> None:
    name = str(connection.settings_dict["NAME"])
    is_there = connection.vendor != "sqlite" or Path(name).exists()
    if not is_there or EventHead._meta.db_table not in connection.introspection.table_names():
        raise CommandError(
            f"There is no Placet in the database {name}. Name another one with "
            "PLACET_DATABASE_URL or PLACET_STATE; the demo's is PLACET_STATE=var/demo."
        )

"""``placet audit export``: a company's chain of events as a file that proves itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placet.companies.models import Company
from placet.events.export import export_chain


class Command(BaseCommand):
    """``-`` is the standard output."""

    help = "Export a company's chain of events; tools/verify_chain.py proves it without Placet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose chain, into which file, and whether names and free text go along."""
        actions = parser.add_subparsers(dest="action", required=True)
        export = actions.add_parser("export", help="write the chain as lines of JSON")
        export.add_argument("company", help="the company's short name in its address")
        export.add_argument("file", nargs="?", default="-")
        export.add_argument("--words", action="store_true", help="with names, free text and salts")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the lines, or say in a sentence why not."""
        company = Company.objects.filter(slug=options["company"]).first()
        if company is None:
            raise CommandError(f"There is no company {options['company']!r}.")
        lines = export_chain(company.id, with_words=options["words"])
        if options["file"] == "-":
            for line in lines:
                self.stdout.write(line, ending="")
            return
        try:
            with Path(options["file"]).open("w", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error}") from error

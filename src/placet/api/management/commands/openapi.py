"""``placet openapi``: writes the description of the API, generated from its types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from placet.api.description import describe_api
from placet.api.urls import api


class Command(BaseCommand):
    """Prints the OpenAPI document, or writes it to a file."""

    help = "Print the OpenAPI document of the API, or write it to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """An optional file."""
        parser.add_argument("file", nargs="?", help="where to write it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        document = describe_api(api)
        if options["file"]:
            Path(options["file"]).write_text(document, encoding="utf-8")
        else:
            self.stdout.write(document, ending="")

"""``placet rulebook export|import|check|schema``: rules as files, so that they can live in git."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placet.companies.models import Company
from placet.companies.queries import get_actor
from placet.core import clock
from placet.core.actor import Actor, system_actor
from placet.core.errors import InvalidInput, PlacetError
from placet.plans.actions import RulebookRefused, publish_draft
from placet.plans.checks import FindingDescription, check_document, describe_findings
from placet.rulebooks.actions import save_draft
from placet.rulebooks.documents import read_text
from placet.rulebooks.files import read_file, write_file
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import find_draft, list_examples, list_rulebooks
from placet.rulebooks.schema import rulebook_schema


class Command(BaseCommand):
    """Files are YAML; ``-`` is the standard input or output."""

    help = "Export, import or check a company's approval rules as a YAML file."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, with which rulebook and which file."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("schema", help="print the JSON schema of the file")
        for name, said in (
            ("export", "write the published rules, or the draft, to a file"),
            ("import", "save a file as the draft, and publish it with --publish"),
            ("check", "say what is wrong with a file; exits with 1 when it could not be published"),
        ):
            one = actions.add_parser(name, help=said)
            one.add_argument("company", help="the company's short name in its address")
            one.add_argument("file", nargs="?", default="-")
            one.add_argument("--rulebook", default="", help="its id, where there are several")
            if name == "export":
                one.add_argument("--draft", action="store_true", help="the draft, not what holds")
            if name == "import":
                one.add_argument("--publish", action="store_true", help="check and publish it too")
                one.add_argument("--by", default="", help="the id of the user who does it")
                one.add_argument("--note", default="", help="why, for the list of versions")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, or say in a sentence why not."""
        if options["action"] == "schema":
            self.stdout.write(json.dumps(rulebook_schema(), indent=1, ensure_ascii=False))
            return
        try:
            actor = _actor(options["company"], options.get("by", ""))
            rulebook = _rulebook(actor, options["rulebook"])
            getattr(self, f"_{options['action']}")(rulebook, actor, options)
        except RulebookRefused as refused:
            self._show(refused.facts["findings"])
            raise CommandError("Nothing was published.") from refused
        except InvalidInput as invalid:
            raise CommandError(f"{invalid.path}: {invalid.detail}") from invalid
        except PlacetError as error:
            raise CommandError(error.detail) from error

    def _export(self, rulebook: Rulebook, _actor: Actor, options: dict[str, Any]) -> None:
        stored = find_draft(rulebook) if options["draft"] else rulebook.published
        if stored is None:
            raise CommandError("There is no draft." if options["draft"] else "Nothing published.")
        text = write_file(read_text(stored.document), list_examples(stored))
        if options["file"] == "-":
            self.stdout.write(text, ending="")
        else:
            Path(options["file"]).write_text(text, encoding="utf-8")

    def _import(self, rulebook: Rulebook, actor: Actor, options: dict[str, Any]) -> None:
        read = read_file(_text(options["file"]))
        now = clock.business_now()
        draft = find_draft(rulebook)
        saved = save_draft(
            rulebook,
            document=read.document,
            examples=read.examples,
            version=draft.version if draft else None,
            based_on=rulebook.published.number if rulebook.published else None,
            actor=actor,
            now=now,
        )
        self.stdout.write(f"Draft {saved.version} of {rulebook.name} saved.")
        if options["publish"]:
            version = publish_draft(
                rulebook, version=saved.version, note=options["note"], actor=actor, now=now
            )
            self.stdout.write(f"Version {version.number} published.")

    def _check(self, rulebook: Rulebook, actor: Actor, options: dict[str, Any]) -> None:
        read = read_file(_text(options["file"]))
        found = check_document(rulebook, read.document, read.examples, now=clock.business_now())
        self._show(describe_findings(found, read.document, actor=actor))
        if any(finding.severity == "block" for finding in found):
            raise CommandError("These rules could not be published.")
        self.stdout.write("These rules can be published.")

    def _show(self, findings: list[FindingDescription]) -> None:
        for finding in findings:
            shown = f" ({finding.purchase_in_words})" if finding.purchase_in_words else ""
            said = f"{finding.sentence}{shown} {finding.way_out}"
            self.stdout.write(f"{finding.severity}  {finding.pointer}  {said}")


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error


def _actor(slug: str, user_id: str) -> Actor:
    """Whoever is named, with their own rights; else the installation itself."""
    company = Company.objects.filter(slug=slug).first()
    if company is None:
        raise CommandError(f"There is no company {slug!r}.")
    if user_id:
        return get_actor(user_id=user_id, company_slug=slug, channel="import")
    return system_actor(company.id, company.slug, company.kind, company.currency)


def _rulebook(actor: Actor, rulebook_id: str) -> Rulebook:
    """The one that is named, or the company's only one."""
    found = list_rulebooks(actor)
    chosen = list(found.filter(pk=rulebook_id) if rulebook_id else found)
    if len(chosen) != 1:
        listed = ", ".join(f"{book.pk} ({book.name})" for book in found) or "none"
        raise CommandError(f"Name one with --rulebook: {listed}")
    return chosen[0]

"""``placet setup``: makes a real installation, without the demo."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from placet.companies.models import Company
from placet.core import ids
from placet.core.actor import system_actor
from placet.core.clock import real_now
from placet.core.errors import InvalidInput, PlacetError
from placet.jobs.restoring.pulse import forget_beat
from placet.jobs.setting_up import Merchant, Owner, set_up_merchant

PASSWORD_VARIABLE = "PLACET_SETUP_PASSWORD"  # noqa: S105  the name of a variable
NEXT_STEPS = """\
Next:
  1. make run     the web server
  2. make work    the job worker, which applies decisions and sends mails and webhooks
  3. Sign in at {address} and make your catalog, customers and rules.
docs/operate/configure.md has the settings of a real installation."""


class Command(BaseCommand):
    """Asks for what is not said by an option, then makes the merchant and its first admin."""

    help = "Make a real installation: the merchant, its terms, its first admin."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option a question, and one that asks nothing."""
        parser.add_argument("--name", help="the merchant's name")
        parser.add_argument("--slug", help="its short name in addresses; made from the name")
        parser.add_argument("--currency", help="three letters, such as EUR")
        parser.add_argument("--tax", help="tax on deliveries in percent, such as 19 or 7.7")
        parser.add_argument("--tax-number", default="", help="the merchant's own, for documents")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument("--time-zone", help="such as Europe/Berlin")
        parser.add_argument("--admin-name", help="name of the first merchant admin")
        parser.add_argument("--admin-email", help="their e-mail address, with which they sign in")
        parser.add_argument("--skip-smtp", action="store_true", help="do not try the mail server")
        parser.add_argument(
            "--no-input",
            action="store_true",
            help=f"ask nothing; the password is {PASSWORD_VARIABLE}, or a new one that is shown",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, refuse a second time, ask, make, check the mail server, say what comes next."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if Company.objects.filter(kind=Company.Kind.MERCHANT).exists():
            raise CommandError("This installation is set up already: it has a merchant.")
        forget_beat()
        self._asks = not options["no_input"] and sys.stdin.isatty()
        merchant, (password, is_made) = self._merchant(options), self._password()
        owner = Owner(
            name=self._ask(options["admin_name"], "--admin-name", "Your name"),
            email=self._ask(options["admin_email"], "--admin-email", "Your e-mail address"),
            password=password or self._typed_password(),
        )
        try:
            set_up_merchant(
                merchant, owner=owner, actor=system_actor("", "", "", ""), now=real_now()
            )
        except InvalidInput as error:
            raise CommandError(f"{error.path}: {error.detail}") from error
        except PlacetError as error:
            raise CommandError(error.detail) from error
        self._finish(merchant, owner, is_made=is_made, skips_smtp=options["skip_smtp"])

    def _merchant(self, options: dict[str, Any]) -> Merchant:
        name = self._ask(options["name"], "--name", "Name of your store")
        tax = self._ask(options["tax"], "--tax", "Tax on deliveries in percent", "19")
        currency = self._ask(options["currency"], "--currency", "Currency", "EUR")
        return Merchant(
            name=name,
            slug=options["slug"] or slugify(name),
            currency=currency.upper(),
            tax_basis_points=basis_points(tax),
            tax_number=options["tax_number"],
            language=self._ask(options["language"], "--language", "Language (en, pl)", "en"),
            time_zone=self._ask(options["time_zone"], "--time-zone", "Time zone", "UTC"),
        )

    def _ask(self, given: str | None, option: str, question: str, usual: str = "") -> str:
        """What was given, else what is typed, else what is usual."""
        if given:
            return str(given)
        if self._asks:
            shown = f"{question} [{usual}]: " if usual else f"{question}: "
            answer = input(shown).strip() or usual
            if answer:
                return answer
        elif usual:
            return usual
        raise CommandError(f"{option} is missing.")

    def _password(self) -> tuple[str, bool]:
        """The password without asking, and whether it was made here."""
        given = os.environ.get(PASSWORD_VARIABLE, "")
        if given or self._asks:
            return given, False
        return ids.new_secret(""), True

    def _typed_password(self) -> str:
        while True:
            typed = getpass("Password, 12 characters or more: ")
            if typed == getpass("Once more: "):
                return typed
            self.stdout.write("These were two different ones.")

    def _finish(self, merchant: Merchant, owner: Owner, *, is_made: bool, skips_smtp: bool) -> None:
        self.stdout.write(f"{merchant.name} is set up, with {owner.email} as its owner.")
        if is_made:
            self.stdout.write(f"The password, shown this once: {owner.password}")
        if not skips_smtp:
            self.stdout.write(smtp_sentence())
        self.stdout.write(NEXT_STEPS.format(address=f"{settings.PLACET_BASE_URL}/"))


def basis_points(percent: str) -> int:
    """``"7.7"`` percent is 770; raises ``CommandError`` for what is no percentage."""
    whole, _, part = percent.strip().removesuffix("%").strip().replace(",", ".").partition(".")
    digits = f"{whole}{part[:2].ljust(2, '0')}"
    is_number = bool(whole) and digits.isascii() and digits.isdigit()
    if not is_number or len(part) > 2 or len(whole) > 3:
        raise CommandError(f"--tax: {percent!r} is not a percentage such as 19 or 7.7.")
    return int(digits)


def smtp_sentence() -> str:
    """Whether the mail server answers, as a sentence; nothing is sent."""
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        return (
            f"The mail server {place} does not answer ({type(error).__name__}): set "
            "PLACET_SMTP_HOST and the like. Mails wait in their rows until it does."
        )
    connection.close()
    return f"The mail server {place} answers."

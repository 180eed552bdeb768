"""What the controls offer: categories, ship-tos, units, roles, people; one query a kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.catalog.models import Category, PriceList
from placet.companies.models import Address, Company, CostCenter, Member, Role, Unit
from placet.companies.permissions import MERCHANT_PERMISSIONS, PERMISSIONS
from placet.plans.rule_words import PERIODS, SOURCES
from placet.rulebooks.models import Rulebook
from placet.web.rule_builder.words import WEEKDAYS

MOST_OPTIONS: Final = 1_000
MOST_FOUND: Final = 8
INDENT: Final = "\N{NO-BREAK SPACE}" * 3


class Option(NamedTuple):
    """A value of a list with its words; ``depth`` is how far down in its tree."""

    value: str
    label: str


class Choices:
    """The lists of one company, each read when the first control asks for it."""

    def __init__(self, rulebook: Rulebook, members: Collection[str] = ()) -> None:
        self._rulebook = rulebook
        self._company = rulebook.company_id
        self._members = members

    def options(self, name: str) -> list[Option]:
        """The options of a list, such as ``categories``; empty for people, who are searched."""
        if name == "members":
            return []
        found: list[Option] = getattr(self, name)
        return found

    @cached_property
    def categories(self) -> list[Option]:
        """The catalog's tree, children behind their parents."""
        rows = Category.objects.values_list("path", "name").order_by("path")[:MOST_OPTIONS]
        return [Option(path.strip("/"), _indented(path, name)) for path, name in rows]

    @cached_property
    def units(self) -> list[Option]:
        """The company's tree of units."""
        rows = Unit.objects.filter(company=self._company, closed_at=None).order_by("path")
        return [
            Option(unit.path.strip("/"), _indented(unit.path, unit.name))
            for unit in rows[:MOST_OPTIONS]
        ]

    @cached_property
    def ship_tos(self) -> list[Option]:
        """Where the company has goods delivered."""
        return [option for option, kind in self._addresses if kind == Address.Kind.SHIP_TO]

    @cached_property
    def bill_tos(self) -> list[Option]:
        """Who pays for the company."""
        return [option for option, kind in self._addresses if kind == Address.Kind.BILL_TO]

    @cached_property
    def _addresses(self) -> list[tuple[Option, str]]:
        rows = Address.objects.filter(company=self._company, closed_at=None).order_by("name", "id")
        return [(Option(row.pk, row.name), row.kind) for row in rows[:MOST_OPTIONS]]

    @cached_property
    def cost_centres(self) -> list[Option]:
        """The company's cost centres, by their codes."""
        rows = CostCenter.objects.filter(company=self._company, closed_at=None).order_by("code")
        return [Option(row.code, f"{row.code} {row.name}") for row in rows[:MOST_OPTIONS]]

    @cached_property
    def roles(self) -> list[Option]:
        """The roles of the company whose rules these are."""
        rows = Role.objects.filter(company=self._company).order_by("name", "id")
        return [Option(row.key, row.name) for row in rows[:MOST_OPTIONS]]

    @cached_property
    def merchant_roles(self) -> list[Option]:
        """The roles of the merchant's staff."""
        rows = Role.objects.filter(company__kind=Company.Kind.MERCHANT).order_by("name", "id")
        return [Option(row.key, row.name) for row in rows[:MOST_OPTIONS]]

    @cached_property
    def permissions(self) -> list[Option]:
        """What members of a company that buys can hold."""
        return [
            Option(key, str(name))
            for key, name in PERMISSIONS.items()
            if key not in MERCHANT_PERMISSIONS
        ]

    @cached_property
    def currencies(self) -> list[Option]:
        """The company's currency first, then those that the store has prices in."""
        priced = (
            PriceList.objects.values_list("currency", flat=True).distinct().order_by("currency")
        )
        return [Option(code, code) for code in dict.fromkeys((self.currency, *priced))]

    @cached_property
    def currency(self) -> str:
        """The company's own currency."""
        return str(self._rulebook.company.currency)

    @cached_property
    def weekdays(self) -> list[Option]:
        """Monday is 1."""
        return [Option(number, str(name)) for number, name in WEEKDAYS.items()]

    @cached_property
    def hours(self) -> list[Option]:
        """The hours of the day, in the company's zone."""
        return [Option(str(hour), f"{hour:02d}:00") for hour in range(24)]

    @cached_property
    def periods(self) -> list[Option]:
        """What limits and spend are counted in."""
        return [Option(key, str(name)) for key, name in PERIODS.items()]

    @cached_property
    def sources(self) -> list[Option]:
        """Where orders come from."""
        return [Option(key, str(name)) for key, name in SOURCES.items()]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of the people whom the form mentions; the deactivated are marked."""
        rows = Member.objects.filter(company=self._company, pk__in=set(self._members))
        return {
            row.pk: row.user.name
            if _is_active(row)
            else _("%(name)s (left)") % {"name": row.user.name}
            for row in rows.select_related("user")
        }

    def find_members(self, typed: str) -> list[Option]:
        """The people whose name, title or mail has what was typed; a few."""
        words = typed.split()[:5]
        found = Member.objects.filter(
            company=self._company, status=Member.Status.ACTIVE, user__is_active=True
        )
        for word in words:
            found = found.filter(
                Q(user__name__icontains=word)
                | Q(title__icontains=word)
                | Q(user__email__icontains=word)
            )
        rows = found.select_related("user", "unit").order_by("user__name", "id")[:MOST_FOUND]
        return [
            Option(row.pk, ", ".join(filter(None, (row.user.name, row.title, row.unit.name))))
            for row in (rows if words else ())
        ]


def _is_active(member: Member) -> bool:
    return member.status == Member.Status.ACTIVE and member.user.is_active


def _indented(path: str, name: str) -> str:
    return INDENT * path.strip("/").count("/") + name


LIST_OF_CHOICES: Final[Mapping[str, str]] = {"purchase.source": "sources"}

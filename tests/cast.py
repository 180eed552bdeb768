"""The fixed cast of all tests, made through the actions; an outsider is always there.

Meridian Health Group buys from Norden Supply. Lena buys for ICU-4; Rashid heads ICU and approves,
Mei is his deputy; Helena heads the hospital; Anika, Jonas and Piotr are biomedical engineering;
Ines administers, Aron audits. Kowalski is another company with people of the same kind. All are
reached as ``cast.lena``: an ``Actor`` on the web.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from placet.companies.models import Address, Company, CostCenter, Member, Role, Unit
from placet.companies.queries import get_actor
from placet.core import ids
from placet.core.actor import Actor
from tests.cast_catalog import make_catalog
from tests.cast_people import PEOPLE, make_companies
from tests.cast_rules import make_rules

NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""The instant of all tests: a Tuesday of week 48, 10:00 in Berlin, in the fourth quarter."""


@dataclass(frozen=True, repr=False)
class Cast:
    """People as ``cast.lena``, ids of things as ``cast.company["meridian"]``.

    ``gone`` (deactivated) and ``vera`` (of a suspended company) are no actors any more: they are
    in ``member`` only.
    """

    actors: Mapping[str, Actor]
    company: Mapping[str, str]
    unit: Mapping[str, str]
    member: Mapping[str, str]
    user: Mapping[str, str]
    role: Mapping[str, str]
    address: Mapping[str, str]
    cost_center: Mapping[str, str]
    now: datetime = NOW

    def __repr__(self) -> str:
        """Short: failing tests print it."""
        return "the cast"

    def __getattr__(self, name: str) -> Actor:
        """A person by first name in lower case, as an actor on the web."""
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(f"nobody in the cast is called {name}") from None


def make_cast() -> None:
    """Fill an empty database; the random part of ids repeats from run to run."""
    with ids.seeded(48):
        make_companies(now=NOW)
        make_catalog(now=NOW)
        make_rules(now=NOW)


def load_cast() -> Cast:
    """Read the cast from the database that is in use."""
    slugs = dict(Company.objects.values_list("id", "slug"))
    members = {
        (slugs[member.company_id], member.user.email): member
        for member in Member.objects.select_related("user")
    }
    found = {person.key: members[person.company, person.email] for person in PEOPLE}
    return Cast(
        actors={
            person.key: get_actor(
                user_id=found[person.key].user_id, company_slug=person.company, channel="web"
            )
            for person in PEOPLE
            if person.acts
        },
        company={slug: pk for pk, slug in slugs.items()},
        unit={code: pk for pk, code in Unit.objects.exclude(code="").values_list("id", "code")},
        member={key: member.id for key, member in found.items()},
        user={key: member.user_id for key, member in found.items()},
        role={
            f"{slugs[company_id]}/{key}": pk
            for pk, company_id, key in Role.objects.values_list("id", "company_id", "key")
        },
        address=dict(Address.objects.values_list("name", "id")),
        cost_center={
            f"{slugs[company_id]}/{code}": pk
            for pk, company_id, code in CostCenter.objects.values_list("id", "company_id", "code")
        },
    )

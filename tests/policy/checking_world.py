"""The organisation of `world`, whole, as the checks see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from placet.policy.checking.check import check_rulebook
from placet.policy.checking.examples import read_examples
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.ground import Ground, Held
from tests.policy import world

SUBMIT = frozenset({"order.submit"})
APPROVE = frozenset({"order.approve"})


def ground(**changes: Any) -> Ground:
    """Lena, Rashid and Ada may submit; Rashid and Helena approve; Tom and Olga are staff."""
    known = world.facts()
    people = known.organisation.people
    base = Ground(
        now=world.NOW,
        company=known.company,
        rates={},
        people=people,
        names={name: person.name for name, person in people.items() if person.unit_path}
        | {"gone": "Gregor"},
        units={unit.path: unit for unit in world.UNITS},
        held=(
            *(Held("buyer", SUBMIT, name, "") for name in ("lena", "rashid", "ada")),
            Held("approver", APPROVE, "rashid", world.ICU),
            Held("approver", APPROVE, "helena", world.ROOT),
            *(Held("biomed", frozenset(), name, "") for name in ("anika", "jonas", "piotr")),
        ),
        roles=frozenset({"buyer", "approver", "biomed", "auditor"}),
        managers=known.organisation.managers,
        admins=("ines",),
        cost_centre_owners={"4410": "rashid"},
        category_owners={},
        merchant_roles={"store_manager": ("tom",), "owner": ("olga",), "sales_rep": ()},
        merchant_owners=("olga",),
    )
    return replace(base, **changes)


def findings(
    *rules: Mapping[str, Any], at: Ground | None = None, **changes: Any
) -> list[CheckFinding]:
    """What a rulebook of these rules makes the checks say."""
    examples = changes.pop("examples", ())
    book = world.rulebook(*rules, **changes)
    return list(check_rulebook(book, at or ground(), read_examples(examples, book)))


def codes(found: list[CheckFinding]) -> list[tuple[str, str, str]]:
    """(code, severity, rule) of each."""
    return [(each.code, each.severity, each.rule) for each in found]


def role(name: str, where: str = "company") -> dict[str, Any]:
    """Everybody who holds a role."""
    return {"select": "role", "role": name, "where": where}

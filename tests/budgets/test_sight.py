"""Whose budgets somebody sees: of their own purchases, or of the part that they look after."""

from __future__ import annotations

import pytest

from placet.budgets.models import Budget
from placet.budgets.queries import get_budget, list_budgets
from placet.core.actor import Actor
from placet.core.errors import NotFound
from tests.budgets.ground import make_budget
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

OWNERS = {
    "company": ("company", "meridian"),
    "hospital": ("unit", "hospital"),
    "icu": ("unit", "icu"),
    "icu-4": ("unit", "icu-4"),
    "biomed": ("unit", "biomed"),
    "4410": ("cost_center", "meridian/4410"),
    "9000": ("cost_center", "meridian/9000"),
    "lena": ("member", "lena"),
    "pavel": ("member", "pavel"),
}


def budgets_by_name(cast: Cast) -> None:
    """One budget for each owner."""
    tables = {
        "company": cast.company,
        "unit": cast.unit,
        "cost_center": cast.cost_center,
        "member": cast.member,
    }
    Budget.objects.update(closed_at=NOW)
    for name, (kind, key) in OWNERS.items():
        make_budget(
            cast, name=name, owner_kind=kind, owner_ref=tables[kind][key], responsible_id=None
        )


def names_seen(actor: Actor) -> set[str]:
    """The names of the budgets within sight."""
    return set(list_budgets(actor, now=NOW).values_list("name", flat=True))


def test_each_sees_what_concerns_them(cast: Cast) -> None:
    budgets_by_name(cast)
    everything = set(OWNERS)
    applying = {"company", "hospital", "icu", "icu-4", "4410", "9000"}
    assert names_seen(cast.lena) == applying | {"lena"}
    assert names_seen(cast.pavel) == applying | {"pavel"}
    assert names_seen(cast.rashid) == applying | {"lena", "pavel"}  # heads intensive care
    assert names_seen(cast.helena) == everything  # approves for the whole company
    assert names_seen(cast.ines) == everything  # manages budgets
    assert names_seen(cast.aron) == everything  # audits
    assert names_seen(cast.anika) == set()  # no permission at all
    for stranger in (cast.ola, cast.jan, cast.tomas, cast.odd, cast.minjun):
        assert names_seen(stranger).isdisjoint(everything)


def test_who_answers_for_a_budget_sees_it_without_any_permission(cast: Cast) -> None:
    budget = make_budget(cast, responsible_id=cast.member["anika"])
    assert get_budget(cast.anika, budget.pk).pk == budget.pk


def test_outside_sight_there_is_no_such_budget(cast: Cast) -> None:
    budget = make_budget(cast, owner_kind="unit", owner_ref=cast.unit["biomed"])
    for somebody in (cast.lena, cast.jan, cast.tomas):
        with pytest.raises(NotFound):
            get_budget(somebody, budget.pk)

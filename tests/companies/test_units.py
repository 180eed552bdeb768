"""The tree of a company and its heads."""

import pytest

from placet.companies.actions import add_unit, name_head
from placet.companies.models import Company, Member, Unit
from placet.companies.queries import get_unit, list_units
from placet.core.errors import Forbidden, InvalidInput, NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_unit_lies_below_its_parent(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    fresh = add_unit(icu.company, name="ICU-5", parent=icu, actor=cast.ines, now=cast.now)
    assert fresh.path == f"{icu.path}{fresh.id}/"
    names = [unit.name for unit in list_units(cast.ines)]
    assert names.index("Intensive care") < names.index("ICU-5")


def test_a_head_is_an_active_member(cast: Cast) -> None:
    icu4 = Unit.objects.get(pk=cast.unit["icu-4"])
    lena = Member.objects.get(pk=cast.member["lena"])
    assert name_head(icu4, member=lena, actor=cast.ines, now=cast.now).head == lena
    for wrong in ("gone", "ola"):
        with pytest.raises(InvalidInput):
            name_head(
                icu4,
                member=Member.objects.get(pk=cast.member[wrong]),
                actor=cast.ines,
                now=cast.now,
            )
    assert Unit.objects.get(pk=icu4.pk).head == lena


def test_a_buyer_changes_nothing(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    with pytest.raises(Forbidden):
        add_unit(icu.company, name="X", parent=icu, actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        name_head(icu, member=None, actor=cast.lena, now=cast.now)


def test_an_outsider_finds_no_unit(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    with pytest.raises(NotFound):
        get_unit(cast.jan, icu.id)
    with pytest.raises(NotFound):
        name_head(icu, member=None, actor=cast.jan, now=cast.now)
    with pytest.raises(NotFound):
        add_unit(
            Company.objects.get(slug="kowalski"),
            name="X",
            parent=icu,
            actor=cast.jan,
            now=cast.now,
        )


def test_the_tree_has_a_depth(cast: Cast) -> None:
    unit = Unit.objects.get(pk=cast.unit["hospital"])
    while unit.path.count("/") < 12:
        unit = add_unit(unit.company, name="Below", parent=unit, actor=cast.ines, now=cast.now)
    with pytest.raises(InvalidInput):
        add_unit(unit.company, name="Below", parent=unit, actor=cast.ines, now=cast.now)

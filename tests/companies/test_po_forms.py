"""The form of PO numbers: the nearest unit upwards that has one, then the company."""

from __future__ import annotations

import pytest

from placet.carts.actions import describe_cart
from placet.carts.models import Cart
from placet.companies.actions import add_unit, change_unit
from placet.companies.models import Company, Unit
from placet.companies.po_forms import PoForm, po_form_of
from placet.core.errors import InvalidInput
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db


def give(cast: Cast, unit: Unit, pattern: str, hint: str = "") -> None:
    unit.refresh_from_db()
    change_unit(
        unit,
        name=unit.name,
        code=unit.code,
        po_form=PoForm(pattern, hint),
        actor=cast.ines,
        now=cast.now,
    )


def test_the_nearest_unit_upwards_says_it_then_the_company(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company["meridian"])
    mine = Unit.objects.get(pk=cast.lena.unit_id)
    assert mine.parent is not None
    assert po_form_of(company, mine) == PoForm(company.po_pattern, company.po_hint)
    give(cast, mine.parent, r"W-\d{3}", "W-123")
    mine.refresh_from_db()
    assert po_form_of(company, mine) == PoForm(r"W-\d{3}", "W-123")
    give(cast, mine, r"ICU\d+")
    mine.refresh_from_db()
    assert po_form_of(company, mine).example == r"ICU\d+"
    below = add_unit(company, name="Night", parent=mine, actor=cast.ines, now=cast.now)
    assert po_form_of(company, below).pattern == r"ICU\d+"


def test_a_cart_is_held_to_the_form_of_its_unit_until_it_is_submitted(cast: Cast) -> None:
    cart = Cart.objects.get(pk=fill_cart(cast, (GLOVES, 20)).pk)
    unit = Unit.objects.get(pk=cart.unit_id)
    give(cast, unit, r"ICU-\d{4}", "ICU-2031")
    with pytest.raises(InvalidInput) as refused:
        submit(cart, actor=cast.lena, now=cast.now)
    assert (refused.value.path, refused.value.code) == ("po_number", "po_format")
    cart = Cart.objects.get(pk=cart.pk)
    with pytest.raises(InvalidInput, match="ICU-2031"):
        describe_cart(cart, po_number="PR-88121", actor=cast.lena, now=cast.now)
    describe_cart(cart, po_number="ICU-0007", actor=cast.lena, now=cast.now)
    assert submit(cart, actor=cast.lena, now=cast.now).po_number == "ICU-0007"


@pytest.mark.parametrize("pattern", ["(a)", "[", "x" * 101])
def test_a_form_that_nobody_can_follow_is_refused(cast: Cast, pattern: str) -> None:
    with pytest.raises(InvalidInput):
        give(cast, Unit.objects.get(pk=cast.lena.unit_id), pattern)

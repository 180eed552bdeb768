"""What a company wants to be told with each purchase, checked at the cart and at the gate."""

import pytest

from placet.carts.actions import describe_cart
from placet.companies.actions import (
    add_reference_field,
    change_reference_field,
    close_reference_field,
)
from placet.companies.actions.reference_fields import FieldShape
from placet.companies.models import Company, ReferenceField
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.orders.content import read_content
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db
PROJECT = FieldShape("Project", kind="list", choices=("Ward 4", "Night"), is_required=True)
CONTRACT = FieldShape("Contract", kind="pattern", pattern=r"C-\d{3}", hint="C- and three digits")


def add(cast: Cast, key: str, shape: FieldShape) -> ReferenceField:
    meridian = Company.objects.get(pk=cast.company["meridian"])
    return add_reference_field(meridian, key=key, shape=shape, actor=cast.ines, now=cast.now)


def test_a_required_one_holds_the_purchase_back_and_is_frozen_with_it(cast: Cast) -> None:
    add(cast, "project", PROJECT)
    add(cast, "contract", CONTRACT)
    cart = fill_cart(cast, (GLOVES, 1))
    with pytest.raises(InvalidInput) as refusal:
        submit(cart, actor=cast.lena, now=cast.now)
    assert refusal.value.path == "references/project"
    for key, wrong in (("project", "Day"), ("contract", "C-12"), ("contract", "x" * 201)):
        with pytest.raises(InvalidInput):
            describe_cart(cart, references={key: wrong}, actor=cast.lena, now=cast.now)
    given = {"project": "Night", "contract": "C-123", "nowhere": "x"}
    describe_cart(cart, references=given, actor=cast.lena, now=cast.now)
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    assert requisition.revision is not None
    content = read_content(requisition.revision.content)
    assert content.references == {"po": "PR-88121", "project": "Night", "contract": "C-123"}


def test_a_closed_field_asks_for_nothing_any_more(cast: Cast) -> None:
    field = add(cast, "project", PROJECT)
    close_reference_field(field, actor=cast.ines, now=cast.now)
    assert submit(fill_cart(cast, (GLOVES, 1)), actor=cast.lena, now=cast.now).status == "ordered"
    with pytest.raises(Conflict):
        close_reference_field(field, actor=cast.ines, now=cast.now)


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ("po", PROJECT),
        ("Two words", PROJECT),
        ("a", PROJECT._replace(choices=())),
        ("a", PROJECT._replace(name=" ")),
        ("a", PROJECT._replace(kind="other")),
        ("a", CONTRACT._replace(pattern="(a+)+")),
        ("a", CONTRACT._replace(pattern="")),
    ],
)
def test_a_field_must_be_possible(cast: Cast, key: str, shape: FieldShape) -> None:
    with pytest.raises(InvalidInput):
        add(cast, key, shape)


def test_an_admin_alone_says_what_is_asked(cast: Cast) -> None:
    field = add(cast, "project", PROJECT)
    with pytest.raises(Conflict):
        add(cast, "project", PROJECT)
    changed = PROJECT._replace(choices=("Day",))
    change_reference_field(field, shape=changed, actor=cast.ines, now=cast.now)
    assert ReferenceField.objects.get(pk=field.pk).choices == ["Day"]
    with pytest.raises(Forbidden):
        change_reference_field(field, shape=PROJECT, actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        close_reference_field(field, actor=cast.jan, now=cast.now)

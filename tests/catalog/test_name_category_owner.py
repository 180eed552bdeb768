"""Category owners: the nearest above counts, and a rule can ask them."""

import pytest

from placet.carts.models import Cart
from placet.catalog.actions import name_category_owner
from placet.catalog.models import Category, CategoryOwner
from placet.catalog.queries import list_category_owners
from placet.companies.models import Company, Member
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.policy.plan import Plan
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.plans.test_plan_cart import plan_of
from tests.requisitions.road import DRESSING, INFUSION_SET, fill_cart

pytestmark = pytest.mark.django_db


def name(cast: Cast, path: str, who: str | None) -> CategoryOwner | None:
    """Ines names somebody for a category."""
    return name_category_owner(
        Category.objects.get(path=path),
        member=Member.objects.get(pk=cast.member[who]) if who else None,
        actor=cast.ines,
        now=cast.now,
    )


def asked(cart: Cart, cast: Cast) -> list[list[str]]:
    """Who is asked, where every order needs the category owner."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    step = {"approvers": [{"select": "category_owner"}]}
    rule = {"id": "owner", "when": {"all": []}, "then": {"effect": "require", "steps": [step]}}
    publish_rulebook(
        Rulebook.objects.get(company=meridian),
        document={**MERIDIAN, "rules": [rule]},
        actor=system_of(meridian),
        now=cast.now,
    )
    plan: Plan = plan_of(cart, cast).plan
    return [[approver.name for approver in step.approvers] for step in plan.steps]


def test_the_nearest_owner_above_is_asked(cast: Cast) -> None:
    name(cast, "medical-devices/", "helena")
    name(cast, "medical-devices/infusion/", "anika")
    cart = fill_cart(cast, (INFUSION_SET, 1))
    anika = Member.objects.get(pk=cast.member["anika"]).user.name
    assert asked(cart, cast) == [[anika]]


def test_above_is_asked_where_nobody_is_named_below(cast: Cast) -> None:
    name(cast, "medical-devices/", "helena")
    name(cast, "office/", "anika")
    helena = Member.objects.get(pk=cast.member["helena"]).user.name
    assert asked(fill_cart(cast, (INFUSION_SET, 1)), cast) == [[helena]]


def test_without_an_owner_the_step_goes_on_to_the_head(cast: Cast) -> None:
    name(cast, "medical-devices/", "helena")
    assert asked(fill_cart(cast, (DRESSING, 1)), cast) == [["Rashid Haddad"]]


def test_another_one_takes_over_and_nobody_ends_it(cast: Cast) -> None:
    first = name(cast, "office/", "helena")
    second = name(cast, "office/", "anika")
    assert first is not None
    assert second is not None
    assert (second.pk, second.version, second.member_id) == (first.pk, 2, cast.member["anika"])
    assert list(list_category_owners(cast.ines)) == [second]
    assert name(cast, "office/", None) is None
    assert not CategoryOwner.objects.exists()


@pytest.mark.parametrize("who", ["lena", "rashid", "tomas"])
def test_only_a_company_admin_names_owners(cast: Cast, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        name_category_owner(
            Category.objects.get(path="office/"),
            member=Member.objects.get(pk=cast.member["helena"]),
            actor=cast.actors[who],
            now=cast.now,
        )


def test_nobody_of_another_company_and_nobody_who_left(cast: Cast) -> None:
    with pytest.raises(NotFound):
        name(cast, "office/", "jan")
    with pytest.raises(InvalidInput):
        name(cast, "office/", "gone")
    assert not list_category_owners(cast.jan).exists()

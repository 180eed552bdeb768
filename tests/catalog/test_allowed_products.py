"""Who may see and order what: allow and deny, of both sides, for everybody or for some."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.catalog.assortments import allowed_products
from placet.catalog.models import Assortment, AssortmentEntry, Category, Product
from placet.catalog.queries import get_product, list_products
from placet.core.errors import NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GLOVES, DRESSINGS = {"GLV-S", "GLV-M", "GLV-L", "GLV-OLD"}, {"DRS-10", "DRS-15", "SWB-100"}
CONSUMABLES = GLOVES | DRESSINGS
Keep = Callable[..., Assortment]


@pytest.fixture
def keep(cast: Cast) -> Keep:
    """Write an assortment down as it lies in the table: ``keep("allow", "office/", "GLV-M")``."""

    def kept(effect: str, *names: str, side: str = "buyer", **who: Any) -> Assortment:
        made = Assortment.objects.create(
            created_at=cast.now,
            company_id=cast.company["meridian"],
            side=side,
            effect=effect,
            name=effect,
            **who,
        )
        for name in names:
            is_path = name.endswith("/")
            AssortmentEntry.objects.create(
                assortment=made,
                category=Category.objects.get(path=name) if is_path else None,
                product=None if is_path else Product.objects.get(sku=name),
            )
        return made

    return kept


def seen(cast: Cast, key: str, company: str = "meridian") -> set[str]:
    """The SKUs by the condition, after looking that the predicate says the same of each."""
    allowed = allowed_products(cast.company[company], cast.member[key] if key else "")
    found = set(Product.objects.filter(allowed.condition()).values_list("sku", flat=True))
    assert found == {one.sku for one in Product.objects.all() if allowed.permits(one)}
    return found


def everything() -> set[str]:
    return set(Product.objects.values_list("sku", flat=True))


def test_without_assortments_everything_is_allowed(cast: Cast) -> None:
    assert allowed_products(cast.company["meridian"], cast.member["lena"]).is_everything
    assert seen(cast, "lena") == everything()


def test_what_is_allowed_is_all_there_is(cast: Cast, keep: Keep) -> None:
    keep("allow", "consumables/", "PEN-B")
    assert seen(cast, "lena") == CONSUMABLES | {"PEN-B"}
    assert seen(cast, "") == CONSUMABLES | {"PEN-B"}, "the company's own key"
    assert seen(cast, "ola", "kowalski") == everything(), "another company"


def test_several_allow_together_and_a_deny_takes_away(cast: Cast, keep: Keep) -> None:
    keep("allow", "consumables/gloves/")
    keep("allow", "consumables/dressings/")
    keep("deny", "SWB-100", "office/")
    assert seen(cast, "lena") == CONSUMABLES - {"SWB-100"}


def test_both_sides_have_to_allow_it(cast: Cast, keep: Keep) -> None:
    keep("allow", "consumables/", side="merchant")
    keep("allow", "consumables/gloves/", "PEN-B", side="buyer")
    assert seen(cast, "lena") == GLOVES


def test_a_deny_of_one_side_wins_over_the_allow_of_the_other(cast: Cast, keep: Keep) -> None:
    keep("deny", "GLV-M", side="merchant")
    keep("allow", "consumables/gloves/", side="buyer")
    assert seen(cast, "lena") == GLOVES - {"GLV-M"}


def test_an_allow_that_names_nothing_allows_nothing(cast: Cast, keep: Keep) -> None:
    keep("allow")
    assert seen(cast, "lena") == set()


def test_a_closed_one_counts_no_more(cast: Cast, keep: Keep) -> None:
    keep("allow", "PEN-B", closed_at=cast.now)
    assert seen(cast, "lena") == everything()


def test_for_a_unit_and_all_below_it(cast: Cast, keep: Keep) -> None:
    keep("deny", "office/", unit_id=cast.unit["icu"])
    without = everything() - {"PPR-A4", "PEN-B", "BOX-50", "SPN-1", "GONE-1"}
    assert seen(cast, "lena") == without, "in ICU-4, below ICU"
    assert seen(cast, "rashid") == without
    assert seen(cast, "helena") == everything(), "above"
    assert seen(cast, "") == everything()


def test_for_holders_of_a_role_wherever_they_hold_it(cast: Cast, keep: Keep) -> None:
    keep("deny", "medical-devices/", role_id=cast.role["meridian/approver"])
    assert not seen(cast, "rashid") & {"INF-SET", "INF-PUMP", "INF-LINE"}
    assert seen(cast, "lena") == everything()


def test_for_one_member(cast: Cast, keep: Keep) -> None:
    keep("allow", "PEN-B", member_id=cast.member["lena"])
    assert seen(cast, "lena") == {"PEN-B"}
    assert seen(cast, "pavel") == everything()


def test_the_queries_do_not_grow(cast: Cast, keep: Keep) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            allowed_products(cast.company["meridian"], cast.member["lena"])
        return len(queries)

    assert asked() == 1
    for _turn in range(4):
        keep("allow", "consumables/", "PEN-B", unit_id=cast.unit["icu"])
        keep("deny", "office/", role_id=cast.role["meridian/buyer"])
    assert asked() == 2


def test_the_catalog_shows_what_is_allowed(cast: Cast, keep: Keep) -> None:
    keep("deny", "office/", unit_id=cast.unit["icu"])
    assert not [
        one for one in list_products(cast.lena, now=cast.now) if one.category.path == "office/"
    ]
    assert [
        one for one in list_products(cast.sofia, now=cast.now) if one.category.path == "office/"
    ]
    with pytest.raises(NotFound):
        get_product(cast.lena, "PEN-B", now=cast.now)
    assert get_product(cast.sofia, "PEN-B", now=cast.now).sku == "PEN-B"

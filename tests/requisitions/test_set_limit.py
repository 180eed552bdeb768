"""Limits: checked as a whole, set by others only, and authority moves open chains."""

from __future__ import annotations

import pytest

from placet.companies.changing import ChangedMeanwhile
from placet.companies.models import Limit
from placet.companies.organisation.limits import Bounds
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import clear_limit, set_limit
from tests.cast import Cast
from tests.requisitions.road import DRESSING, fill_cart, member, submit

pytestmark = pytest.mark.django_db
HARD = Bounds("EUR", mode="hard", order_maximum_minor=500_00, period_orders=3)


def test_a_limit_is_set_changed_and_taken_away(cast: Cast) -> None:
    lena = member(cast, "lena")
    limit = set_limit(lena, use="spending", bounds=HARD, version=0, actor=cast.ines, now=cast.now)
    assert (limit.mode, limit.order_maximum_minor, limit.version) == ("hard", 500_00, 1)
    wider = HARD._replace(order_maximum_minor=None, categories=["b", "a", "a"])
    changed = set_limit(
        lena, use="spending", bounds=wider, version=1, actor=cast.ines, now=cast.now
    )
    assert (changed.pk, changed.categories, changed.version) == (limit.pk, ["a", "b"], 2)
    for seen in (0, 1):
        with pytest.raises(ChangedMeanwhile):
            set_limit(
                lena, use="spending", bounds=HARD, version=seen, actor=cast.ines, now=cast.now
            )
    clear_limit(lena, use="spending", actor=cast.ines, now=cast.now)
    assert not Limit.objects.exists()
    with pytest.raises(Conflict):
        clear_limit(lena, use="spending", actor=cast.ines, now=cast.now)


def test_a_hard_limit_holds_and_a_member_without_one_orders_by_the_rules_alone(
    cast: Cast,
) -> None:
    set_limit(member(cast, "lena"), use="spending", bounds=HARD, actor=cast.ines, now=cast.now)
    with pytest.raises(Conflict) as refusal:
        submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert refusal.value.code == "purchase_blocked"
    clear_limit(member(cast, "lena"), use="spending", actor=cast.ines, now=cast.now)
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert waiting.status == "pending"


@pytest.mark.parametrize(
    ("path", "bounds"),
    [
        ("mode", HARD._replace(mode="soft")),
        ("period", HARD._replace(period="decade")),
        ("currency", HARD._replace(currency="euro")),
        ("order_maximum_minor", HARD._replace(order_maximum_minor=-1)),
        ("order_maximum_minor", HARD._replace(order_maximum_minor=10**16)),
        ("order_maximum_minor", HARD._replace(order_minimum_minor=600_00)),
        ("period_orders", HARD._replace(period_orders=-1)),
        ("is_unlimited", HARD._replace(is_unlimited=True)),
        ("ship_tos", HARD._replace(ship_tos=["adr_nowhere"])),
        ("categories", HARD._replace(categories=[str(n) for n in range(501)])),
    ],
)
def test_a_limit_must_be_possible(cast: Cast, path: str, bounds: Bounds) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_limit(
            member(cast, "lena"), use="spending", bounds=bounds, actor=cast.ines, now=cast.now
        )
    assert refusal.value.path == path
    assert not Limit.objects.exists()


def test_only_who_manages_limits_and_nobody_for_themselves(cast: Cast) -> None:
    for actor, error in ((cast.rashid, Forbidden), (cast.lena, Forbidden), (cast.jan, NotFound)):
        with pytest.raises(error):
            set_limit(member(cast, "lena"), use="spending", bounds=HARD, actor=actor, now=cast.now)
        with pytest.raises(error):
            clear_limit(member(cast, "lena"), use="spending", actor=actor, now=cast.now)

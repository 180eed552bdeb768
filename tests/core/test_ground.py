"""The ground of the tests is what it says it is."""

import pytest

from placet.companies.actions import suspend_company
from placet.companies.models import Company
from placet.core.append_only import missing_triggers
from placet.core.clock import business_now
from tests.cast import Cast
from tests.cast_people import system_of
from tests.ground import Failed, Ground, race


@pytest.mark.django_db
def test_the_cast_is_there_and_its_triggers(cast: Cast) -> None:
    assert cast.lena.unit_name == "ICU-4"
    assert cast.lena.holds("order.submit")
    assert cast.rashid.holds("order.approve", unit_path=cast.lena.unit_path)
    assert not cast.ines.holds_anywhere("order.approve")
    assert missing_triggers() == []
    assert abs(business_now() - cast.now).total_seconds() < 600


@pytest.mark.parametrize("_again", [1, 2])
def test_a_commit_is_gone_in_the_next_test(committed_db: Ground, cast: Cast, _again: int) -> None:
    park = Company.objects.get(slug="park")
    assert park.status == Company.Status.ACTIVE
    suspend_company(park, actor=system_of(park), now=cast.now)


def test_of_many_at_once_one_wins(committed_db: Ground, cast: Cast) -> None:
    park = Company.objects.get(slug="park")

    def suspend() -> str:
        return suspend_company(park, actor=system_of(park), now=cast.now).status

    results = race([suspend] * 8)
    assert sorted(map(str, results)).count("suspended") == 1
    assert [r.code for r in results if isinstance(r, Failed)] == ["conflict"] * 7

"""Human numbers have no gaps."""

import pytest

from placet.companies.actions import next_number
from placet.core.transaction import transaction
from tests.cast import Cast
from tests.ground import Ground, race


class ChangedMind(Exception):
    """The action fails after it took a number."""


@transaction
def take(company_id: str, kind: str = "REQ", *, fails: bool = False) -> str:
    number = next_number(company_id, kind)
    if fails:
        raise ChangedMind
    return number


@pytest.mark.django_db
def test_numbers_count_by_company_and_kind(cast: Cast) -> None:
    meridian, kowalski = cast.company["meridian"], cast.company["kowalski"]
    assert [take(meridian), take(meridian), take(kowalski)] == ["REQ-1", "REQ-2", "REQ-1"]
    assert take(meridian, "ORD") == "ORD-1"


@pytest.mark.django_db
def test_a_failed_action_gives_its_number_back(cast: Cast) -> None:
    meridian = cast.company["meridian"]
    take(meridian)
    with pytest.raises(ChangedMind):
        take(meridian, fails=True)
    assert take(meridian) == "REQ-2"


@pytest.mark.django_db
def test_a_number_belongs_to_a_transaction(cast: Cast) -> None:
    with pytest.raises(RuntimeError):
        next_number(cast.company["meridian"], "REQ")


def test_many_at_once_have_no_gap_and_no_double(committed_db: Ground, cast: Cast) -> None:
    meridian = cast.company["meridian"]
    numbers = race([lambda: take(meridian)] * 12)
    assert sorted(numbers) == sorted(f"REQ-{n}" for n in range(1, 13))

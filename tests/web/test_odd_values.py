"""Values that nobody types: each is an answer that says no, never a mistake of ours."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.web.pages import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "requisitions/%00/",
        "carts/?after=%00",
        "inbox/?tab=others&q=%00",
        "orders/?%00=1&q=a%00b",
    ],
)
def test_nul_is_refused_before_anything_is_looked_for(cast: Cast, address: str) -> None:
    assert page(cast.ines, address, status=404)


@pytest.mark.parametrize("after", ["abc", "-1", "9" * 40, "1e9"])
def test_a_row_that_cannot_be_is_a_list_that_has_changed(cast: Cast, after: str) -> None:
    assert page(cast.rashid, f"inbox/?tab=decided&after={after}", status=404)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_the_ends_of_the_calendar_are_no_days_of_the_audit_trail(
    cast: Cast, name: str, day: str
) -> None:
    assert page(cast.ines, f"audit/?{name}={day}")

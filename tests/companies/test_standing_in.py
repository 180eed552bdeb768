"""Who would get this: a preview before somebody goes away, and the warning when both are."""

from datetime import timedelta

import pytest

from placet.companies.actions import delegate_to, set_absence
from placet.companies.models import Member
from placet.companies.standing_in import list_absences_within, who_would_get
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def member(cast: Cast, who: str) -> Member:
    return Member.objects.get(pk=cast.member[who])


def test_the_preview_names_the_deputy_or_says_that_it_goes_up(cast: Cast) -> None:
    rashid, mei = member(cast, "rashid"), member(cast, "mei")
    assert not who_would_get(rashid, at=cast.now).goes_up
    set_absence(
        rashid, starts_at=cast.now + DAY, ends_at=cast.now + 5 * DAY, actor=cast.rashid,
        now=cast.now,
    )  # fmt: skip
    assert who_would_get(rashid, at=cast.now + DAY).goes_up
    delegate_to(
        rashid, delegate=mei, starts_at=cast.now + 2 * DAY, ends_at=cast.now + 5 * DAY,
        actor=cast.rashid, now=cast.now,
    )  # fmt: skip
    found = who_would_get(rashid, at=cast.now + 3 * DAY)
    assert (found.is_away, found.asked, found.goes_up) == (True, (mei,), False)
    set_absence(
        mei, starts_at=cast.now + 3 * DAY, ends_at=cast.now + 9 * DAY, actor=cast.mei, now=cast.now
    )
    assert who_would_get(rashid, at=cast.now + 3 * DAY).goes_up
    assert list_absences_within(mei, starts_at=cast.now + 2 * DAY, ends_at=cast.now + 5 * DAY) == [
        (cast.now + 3 * DAY, cast.now + 5 * DAY)
    ]
    assert not list_absences_within(mei, starts_at=cast.now, ends_at=cast.now + 3 * DAY)

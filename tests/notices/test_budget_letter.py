"""The mail to whoever answers for a budget, when its use reaches a threshold."""

from __future__ import annotations

import pytest

from placet.budgets.actions import close_budget
from placet.notices.models import Mail
from tests.budgets.ground import make_budget, take
from tests.cast import NOW, Cast
from tests.notices.conftest import PostOffice, html_of

pytestmark = pytest.mark.django_db


def test_the_responsible_member_is_told_once_with_what_is_left(
    cast: Cast, post: PostOffice
) -> None:
    budget = make_budget(cast, name="ICU monthly", alert_percents=[80])
    take(cast, [budget], 85_00, "a")
    take(cast, [budget], 1_00, "b")
    (message,) = post.work()
    assert message.subject == "ICU monthly is 80 % used"
    assert message.to == ["rashid@meridian.example"]
    for part in (message.body, html_of(message)):
        assert "14.00" in part.replace("\u00a0", " ")
        assert f"/budgets/{budget.pk}/" in part


def test_a_budget_that_was_closed_meanwhile_is_not_told(cast: Cast, post: PostOffice) -> None:
    budget = make_budget(cast, alert_percents=[80])
    take(cast, [budget], 85_00, "a")
    close_budget(budget.pk, actor=cast.ines, now=NOW)
    assert post.work() == []
    assert Mail.objects.get(kind="budget_used").status == "dropped"

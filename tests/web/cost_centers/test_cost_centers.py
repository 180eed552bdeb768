"""Cost centres on their pages."""

from __future__ import annotations

from typing import Any

import pytest

from placet.companies.models import CostCenter
from placet.core.actor import Actor
from tests.cast import Cast
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db

WISH = {"code": "4711", "name": "Theatre 2", "place": "company:", "owner": ""}


def send(actor: Actor, path: str, **wish: Any) -> Any:
    """What comes back."""
    return as_actor(actor).post(f"/c/{actor.company_slug}/cost-centers/{path}", wish)


def test_a_new_one_its_owner_and_its_end(cast: Cast) -> None:
    helena = cast.member["helena"]
    assert send(cast.ines, "new/", **{**WISH, "owner": helena}).status_code == 302
    made = CostCenter.objects.get(code="4711")
    shown = page(cast.ines, "cost-centers/?q=theatre")
    assert "Helena Brandt" in shown
    assert "4410" not in shown.split("<table")[1]
    place = f"unit:{cast.unit['icu']}"
    wish = {**WISH, "code": "9999", "name": "Theatre 3", "place": place, "version": "1"}
    assert send(cast.ines, f"{made.pk}/", **wish).status_code == 302
    made.refresh_from_db()
    assert (made.code, made.name, made.owner_id) == ("4711", "Theatre 3", None)
    assert send(cast.ines, f"{made.pk}/", **wish).status_code == 422
    assert send(cast.ines, f"{made.pk}/close/").status_code == 302
    assert "4711" in page(cast.ines, "cost-centers/?state=closed")


def test_the_budget_of_a_cost_centre_stands_beside_it(cast: Cast) -> None:
    assert "ICU consumables Q4" in page(cast.ines, "cost-centers/")


@pytest.mark.parametrize(
    ("name", "typed"), [("code", "4410"), ("place", "unit:x"), ("owner", "mem_x"), ("name", "")]
)
def test_what_cannot_be_comes_back_with_what_was_typed(cast: Cast, name: str, typed: str) -> None:
    answer = send(cast.ines, "new/", **{**WISH, name: typed})
    assert answer.status_code == 422
    assert 'value="4711"' in answer.content.decode() or name == "code"
    assert not CostCenter.objects.filter(code="4711").exists()


def test_nobody_names_themselves(cast: Cast) -> None:
    assert f'value="{cast.member["ines"]}"' not in page(cast.ines, "cost-centers/new/")
    assert send(cast.ines, "new/", **{**WISH, "owner": cast.member["ines"]}).status_code == 422


def test_outsiders_find_nothing(cast: Cast) -> None:
    center = cast.cost_center["meridian/4410"]
    for person in (cast.jan, cast.odd):
        page(person, f"cost-centers/{center}/", status=404)
        assert send(person, f"{center}/close/").status_code == 404
    page(cast.lena, "cost-centers/", status=403)
    assert CostCenter.objects.get(pk=center).closed_at is None


def test_more_of_them_cost_no_more_queries(cast: Cast) -> None:
    before = queries_of(cast.ines, "cost-centers/")
    for number in range(20):
        owner = cast.member["helena"]
        send(cast.ines, "new/", **{**WISH, "code": f"5{number:03}", "owner": owner})
    assert queries_of(cast.ines, "cost-centers/") == before

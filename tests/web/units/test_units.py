"""Units on their pages: added, renamed, moved, headed, closed; what holds and where from."""

import pytest

from placet.companies.models import Unit
from tests.cast import Cast
from tests.requisitions.road import DRESSING, fill_cart, submit
from tests.web.members.test_inviting import send
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def test_what_holds_says_where_it_comes_from(cast: Cast) -> None:
    text = page(cast.ines, f"members/units/{cast.unit['icu-4']}/")
    rows = text.partition("What holds here")[2]
    assert "Intensive care" in rows.partition("ICU dock")[2].partition("</tr>")[0]
    assert "The whole company" in rows.partition("Main store")[2].partition("</tr>")[0]
    assert "Intensive care" in rows.partition("ICU consumables Q4")[2].partition("</tr>")[0]
    assert "Biomed workshop" not in rows
    icu = page(cast.ines, f"members/units/{cast.unit['icu']}/")
    assert "This unit" in icu.partition("ICU dock")[2].partition("</tr>")[0]


def test_a_unit_is_added_renamed_and_headed(cast: Cast) -> None:
    form = {"name": "ICU-5", "code": "icu-5", "parent": cast.unit["icu"]}
    assert send(cast.ines, "members/units/new/", **form)[0] == 302
    unit = Unit.objects.get(code="icu-5")
    assert unit.parent_id == cast.unit["icu"]
    status, text = send(cast.ines, "members/units/new/", **form)
    assert status == 422
    assert "There is a unit icu-5 already" in text
    path = f"members/units/{unit.pk}/"
    assert send(cast.ines, path + "edit/", version="1", name="ICU-6", code="icu-6")[0] == 302
    assert send(cast.ines, path + "edit/", version="1", name="ICU-7", code="")[0] == 422
    assert send(cast.ines, path + "head/", head=cast.member["mei"])[0] == 302
    unit.refresh_from_db()
    assert (unit.name, unit.head_id) == ("ICU-6", cast.member["mei"])
    assert send(cast.ines, path + "head/", head=cast.member["ines"])[0] == 422
    assert send(cast.ines, path + "head/", head="")[0] == 302
    assert "Nobody heads it" in page(cast.ines, path)


def test_a_unit_moves_with_all_below_it(cast: Cast) -> None:
    icu, finance = cast.unit["icu"], cast.unit["finance"]
    path = f"members/units/{icu}/move/"
    picker = page(cast.ines, path)
    assert finance in picker
    assert f'value="{cast.unit["icu-4"]}"' not in picker
    version = Unit.objects.get(pk=icu).version
    assert send(cast.ines, path, version=version, parent=cast.unit["icu-4"])[0] == 422
    assert send(cast.ines, path, version=version, parent=finance)[0] == 302
    assert f"/{finance}/" in "/" + Unit.objects.get(pk=cast.unit["icu-4"]).path
    page(cast.ines, f"members/units/{cast.unit['hospital']}/move/", status=404)


def test_what_still_lives_in_a_unit_is_said(cast: Cast) -> None:
    waiting = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    path = f"members/units/{cast.unit['icu-4']}/close/"
    text = page(cast.ines, path)
    assert "Lena Vogt" in text
    assert waiting.number in text
    assert "Close the unit" not in text
    assert send(cast.ines, path)[0] == 409
    send(cast.ines, "members/units/new/", name="Empty", code="", parent=cast.unit["icu"])
    empty = Unit.objects.get(name="Empty")
    assert "Close the unit" in page(cast.ines, f"members/units/{empty.pk}/close/")
    assert send(cast.ines, f"members/units/{empty.pk}/close/")[0] == 302
    page(cast.ines, f"members/units/{empty.pk}/", status=404)

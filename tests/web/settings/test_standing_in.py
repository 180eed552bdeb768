"""Who would get this: asked before anything is set, and a warning when both are away."""

from datetime import timedelta

import pytest

from placet.companies.models import Absence, Delegation, Member
from placet.requisitions.actions import set_absence
from tests.cast import Cast
from tests.requisitions.road import DRESSING, fill_cart, submit
from tests.web.members.test_inviting import send
from tests.web.pages import page

pytestmark = pytest.mark.django_db

WEEK = {"from_on": "2027-02-01", "until_on": "2027-02-05"}


def test_the_question_writes_nothing_and_names_the_deputy(cast: Cast) -> None:
    form = {**WEEK, "delegate": cast.member["mei"], "cap": "500", "unit": cast.unit["icu-4"]}
    status, text = send(cast.rashid, "settings/", **form, preview="1")
    assert status == 200
    said = "Mei Tanaka is asked, for purchases of ICU-4 and below, up to 500.00 EUR"
    assert said in text.replace("\xa0", " ")
    assert "Nothing is set yet" in text
    assert not Absence.objects.exists()
    assert not Delegation.objects.exists()
    assert 'value="500"' in text
    assert send(cast.rashid, "settings/", **form)[0] == 302
    delegation = Delegation.objects.get()
    assert (delegation.cap_minor, delegation.unit_id) == (50_000, cast.unit["icu-4"])
    assert "For ICU-4 and below" in page(cast.rashid, "settings/")


def test_without_anybody_it_goes_up(cast: Cast) -> None:
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    _status, text = send(cast.rashid, "settings/", **WEEK, delegate="", preview="1")
    assert "then Helena Brandt, who heads" in text
    assert "1 step is open now" in text


def test_both_away_is_a_warning_before_and_after(cast: Cast) -> None:
    mei = Member.objects.get(pk=cast.member["mei"])
    begins = cast.now + timedelta(days=70)
    span = {"starts_at": begins, "ends_at": begins + timedelta(days=3)}
    set_absence(mei, actor=cast.mei, now=cast.now, **span)
    form = {**WEEK, "delegate": mei.pk}
    assert "Mei Tanaka is away too" in send(cast.rashid, "settings/", **form, preview="1")[1]
    assert send(cast.rashid, "settings/", **form)[0] == 302
    assert "Mei Tanaka is away too" in page(cast.rashid, "settings/")


def test_somebody_here_may_let_another_decide_too(cast: Cast) -> None:
    form = {**WEEK, "what": "here", "delegate": cast.member["mei"]}
    assert send(cast.rashid, "settings/", **form)[0] == 302
    assert not Absence.objects.exists()
    assert Delegation.objects.get().delegate_id == cast.member["mei"]
    assert send(cast.rashid, "settings/", **{**form, "delegate": ""})[0] == 422


def test_who_manages_members_sets_and_ends_it_for_them(cast: Cast) -> None:
    path = f"members/{cast.member['rashid']}/"
    text = page(cast.ines, path + "away/")
    assert cast.member["mei"] in text
    assert f'value="{cast.member["ines"]}"' not in text
    form = {**WEEK, "delegate": cast.member["mei"]}
    assert "Mei Tanaka is asked" in send(cast.ines, path + "away/", **form, preview="1")[1]
    assert send(cast.ines, path + "away/", **form)[0] == 302
    absence, delegation = Absence.objects.get(), Delegation.objects.get()
    assert "Mei Tanaka may decide for them" in page(cast.ines, path)
    assert send(cast.ines, f"{path}absences/{absence.pk}/end/")[0] == 302
    assert send(cast.ines, f"{path}delegations/{delegation.pk}/end/")[0] == 302
    assert not Absence.objects.exists()
    assert Delegation.objects.get().revoked_at is not None

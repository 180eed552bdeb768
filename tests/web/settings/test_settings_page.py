"""Out of office: a member says when, and who decides meanwhile."""

from datetime import UTC, datetime, timedelta

from placet.companies.actions import delegate_to, set_absence
from placet.companies.models import Absence, Delegation, Member
from tests.cast import Cast
from tests.web.pages import as_actor, page

ADDRESS = "/c/meridian/settings/"


def test_rashid_goes_away_and_mei_decides(db: None, cast: Cast) -> None:
    answer = as_actor(cast.rashid).post(
        ADDRESS,
        {"from_on": "2026-12-01", "until_on": "2026-12-04", "delegate": cast.member["mei"]},
    )
    assert answer.status_code == 302
    absence = Absence.objects.get(member_id=cast.member["rashid"])
    # Whole days in Berlin: the last one ends at the midnight behind it.
    assert absence.starts_at == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert absence.ends_at == datetime(2026, 12, 4, 23, tzinfo=UTC)
    delegation = Delegation.objects.get(principal_id=cast.member["rashid"])
    assert delegation.delegate_id == cast.member["mei"]
    assert (delegation.starts_at, delegation.ends_at) == (absence.starts_at, absence.ends_at)
    assert "Mei Tanaka decides for you" in page(cast.rashid, "settings/")
    assert "You decide for Rashid Haddad" in page(cast.mei, "settings/")


def test_today_is_a_first_day(db: None, cast: Cast) -> None:
    form = {"from_on": "2026-11-24", "until_on": "2026-11-24"}
    assert as_actor(cast.rashid).post(ADDRESS, form).status_code == 302
    assert "You are away until" in page(cast.rashid, "settings/")


def test_mistakes_stand_beside_their_fields_and_change_nothing(db: None, cast: Cast) -> None:
    wrong = (
        ({"from_on": "2026-12-04", "until_on": "2026-12-01"}, "not before the first"),
        ({"from_on": "2026-11-01", "until_on": "2026-11-02"}, "today or later"),
        ({"from_on": "soon", "until_on": "2026-12-01"}, "valid date"),
        (
            {"from_on": "2026-12-01", "until_on": "2026-12-02", "delegate": cast.member["ola"]},
            "valid choice",
        ),
        (
            {"from_on": "2026-12-01", "until_on": "2026-12-02", "delegate": cast.member["rashid"]},
            "valid choice",
        ),
    )
    for form, sentence in wrong:
        answer = as_actor(cast.rashid).post(ADDRESS, form)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Absence.objects.exists()
    assert not Delegation.objects.exists()


def test_back_before_the_time(db: None, cast: Cast) -> None:
    rashid = Member.objects.get(pk=cast.member["rashid"])
    later = cast.now + timedelta(days=3)
    absence = set_absence(
        rashid, starts_at=cast.now, ends_at=later, actor=cast.rashid, now=cast.now
    )
    delegation = delegate_to(
        rashid,
        delegate=Member.objects.get(pk=cast.member["mei"]),
        starts_at=cast.now,
        ends_at=later,
        actor=cast.rashid,
        now=cast.now,
    )
    outsider = as_actor(cast.lena)
    assert outsider.post(f"{ADDRESS}absences/{absence.id}/end/").status_code == 404
    assert outsider.post(f"{ADDRESS}delegations/{delegation.id}/end/").status_code == 404
    client = as_actor(cast.rashid)
    assert client.post(f"{ADDRESS}absences/{absence.id}/end/").status_code == 302
    assert client.post(f"{ADDRESS}delegations/{delegation.id}/end/").status_code == 302
    # Twice is told, not an error.
    assert client.post(f"{ADDRESS}delegations/{delegation.id}/end/").status_code == 302
    text = page(cast.rashid, "settings/")
    assert "You are away" not in text
    assert "Mei Tanaka decides for you" not in text


def test_a_get_ends_nothing(db: None, cast: Cast) -> None:
    rashid = Member.objects.get(pk=cast.member["rashid"])
    absence = set_absence(
        rashid,
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=1),
        actor=cast.rashid,
        now=cast.now,
    )
    assert as_actor(cast.rashid).get(f"{ADDRESS}absences/{absence.id}/end/").status_code == 405
    assert Absence.objects.filter(pk=absence.pk, ends_at__gt=cast.now).exists()

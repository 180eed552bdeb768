"""Who belongs to the company, what each may do, and where each right comes from."""

from datetime import timedelta

from placet.companies.actions import add_member, delegate_to, grant_role, set_absence
from placet.companies.models import Company, Member, Role, Unit
from tests.cast import Cast
from tests.web.pages import page, queries_of


def member(cast: Cast, key: str) -> Member:
    """A member of the cast as a row."""
    return Member.objects.get(pk=cast.member[key])


def test_members_stand_under_their_units_with_their_roles(db: None, cast: Cast) -> None:
    text = page(cast.ines, "members/")
    assert text.index("Intensive care") < text.index("Rashid Haddad")
    assert "Approver for Intensive care" in text
    assert "Gregor Holt" not in text


def test_the_address_filters(db: None, cast: Cast) -> None:
    assert "Lena Vogt" in page(cast.ines, "members/?q=ward+manager")
    assert "Rashid Haddad" not in page(cast.ines, "members/?q=ward+manager")
    below = page(cast.ines, f"members/?unit={cast.unit['icu']}")
    assert "Lena Vogt" in below
    assert "Anika Roth" not in below
    assert "Aron Levi" in page(cast.ines, "members/?role=auditor")
    assert "Gregor Holt" in page(cast.ines, "members/?state=deactivated")
    assert "Nobody matches these filters" in page(cast.ines, "members/?q=nobody-at-all")


def test_who_is_away_and_who_decides_meanwhile(db: None, cast: Cast) -> None:
    begun, until = cast.now - timedelta(hours=1), cast.now + timedelta(days=3)
    set_absence(
        member(cast, "rashid"), starts_at=begun, ends_at=until, actor=cast.rashid, now=cast.now
    )
    delegate_to(
        member(cast, "rashid"),
        delegate=member(cast, "mei"),
        starts_at=begun,
        ends_at=until,
        actor=cast.rashid,
        now=cast.now,
    )
    text = page(cast.ines, "members/?state=away")
    assert "Away until" in text
    assert "Mei Tanaka decides" in text
    assert "Lena Vogt" not in text


def test_a_right_names_the_role_that_gives_it(db: None, cast: Cast) -> None:
    text = page(cast.ines, f"members/{cast.member['rashid']}/")
    assert "Approve purchases" in text
    assert "Intensive care and below" in text
    assert "Manage members" not in text


def test_everybody_may_see_themselves_and_nobody_a_stranger(db: None, cast: Cast) -> None:
    assert "Submit purchases" in page(cast.lena, f"members/{cast.member['lena']}/")
    page(cast.lena, f"members/{cast.member['rashid']}/", status=403)
    page(cast.lena, "members/", status=403)
    page(cast.ines, f"members/{cast.member['ola']}/", status=404)
    page(cast.ines, f"members/?after={cast.member['ola']}", status=404)


def test_the_tree_has_heads(db: None, cast: Cast) -> None:
    text = page(cast.ines, "members/units/")
    assert text.index("Intensive care") < text.index("ICU-4")
    assert "No head" in text


def test_pages_hold_everybody_once_and_cost_the_same(db: None, cast: Cast) -> None:
    before = queries_of(cast.ines, "members/")
    company = Company.objects.get(pk=cast.company["meridian"])
    buyer = Role.objects.get(pk=cast.role["meridian/buyer"])
    for number in range(60):
        added = add_member(
            company,
            email=f"new{number}@meridian.example",
            name=f"New {number:02}",
            unit=Unit.objects.get(pk=cast.unit["icu"]),
            actor=cast.ines,
            now=cast.now,
        )
        grant_role(added, role=buyer, actor=cast.ines, now=cast.now)
    # A second page costs one more: the whole is counted then.
    assert queries_of(cast.ines, "members/") <= before + 1
    first = page(cast.ines, "members/")
    after = first.split("after=")[1].split('"')[0].split("&")[0]
    both = first + page(cast.ines, f"members/?after={after}")
    assert [both.count(f">New {number:02}<") for number in range(60)] == [1] * 60

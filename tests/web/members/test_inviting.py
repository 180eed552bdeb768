"""Inviting on the page: one, many, again; and what a list says of lines that cannot be."""

import pytest
from django.contrib.auth.hashers import make_password

from placet.companies.models import Member, RoleGrant, User
from placet.core.actor import Actor
from tests.cast import Cast
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def send(actor: Actor, path: str, **fields: object) -> tuple[int, str]:
    """Send a form of the actor's company; the status and what came back."""
    answer = as_actor(actor).post(f"/c/{actor.company_slug}/{path}", fields)
    return answer.status_code, answer.content.decode()


def found(email: str) -> Member:
    """The member with this address."""
    return Member.objects.select_related("user", "unit").get(user__email=email)


def test_one_person_is_invited_with_unit_and_roles(cast: Cast) -> None:
    buyer = cast.role["meridian/buyer"]
    status, _text = send(
        cast.ines,
        "members/invite/",
        email="Nora@meridian.example",
        name="Nora Lang",
        unit=cast.unit["icu-4"],
        title="Nurse",
        manager=cast.member["rashid"],
        roles=[buyer],
        scope="unit",
    )
    assert status == 302
    nora = found("nora@meridian.example")
    assert (nora.unit_id, nora.title, nora.manager_id) == (
        cast.unit["icu-4"],
        "Nurse",
        cast.member["rashid"],
    )
    grant = RoleGrant.objects.get(member=nora)
    assert (grant.role_id, grant.unit_id) == (buyer, cast.unit["icu-4"])
    assert "Invited" in page(cast.ines, f"members/{nora.pk}/")
    assert "Nora Lang" in page(cast.ines, "members/?state=invited")
    assert "Lena Vogt" not in page(cast.ines, "members/?state=invited")


def test_what_was_typed_comes_back_with_the_fault(cast: Cast) -> None:
    status, text = send(
        cast.ines,
        "members/invite/",
        email="lena@meridian.example",
        name="Lena again",
        unit=cast.unit["icu-4"],
        scope="company",
    )
    assert status == 422
    assert "Lena again" in text
    assert "is a member of this company already" in text


def test_a_list_is_invited_whole(cast: Cast) -> None:
    rows = (
        "email, name, unit, roles\n"
        "nora@meridian.example, Nora Lang, ICU-4, Buyer\n"
        "omar@meridian.example; Omar Reyes; biomed; buyer, Approver@Intensive care\n"
        '"pia@meridian.example"\tPia Holm\tFinance\t\n'
    )
    status, _text = send(cast.ines, "members/invite-many/", rows=rows)
    assert status == 302
    assert found("nora@meridian.example").unit_id == cast.unit["icu-4"]
    omar = found("omar@meridian.example")
    held = {
        (grant.role.key, grant.unit_id)
        for grant in RoleGrant.objects.filter(member=omar).select_related("role")
    }
    assert held == {("buyer", None), ("approver", cast.unit["icu"])}
    assert not RoleGrant.objects.filter(member=found("pia@meridian.example")).exists()


def test_each_line_that_cannot_be_says_why_and_nobody_is_invited(cast: Cast) -> None:
    before = Member.objects.count()
    rows = (
        "nora@meridian.example, Nora Lang, ICU-4, Buyer\n"
        "nora@meridian.example, Nora Twice, ICU-4\n"
        "lena@meridian.example, Lena Vogt, ICU-4\n"
        "omar@meridian.example, Omar, Nowhere\n"
        "pia@meridian.example, Pia, Finance, King\n"
        "just-a-word\n"
    )
    status, text = send(cast.ines, "members/invite-many/", rows=rows)
    assert status == 422
    assert Member.objects.count() == before
    for fault in (
        "stands in a line above",
        "Is a member already",
        "You manage no unit “Nowhere”",
        "You cannot give a role “King”",
        "at least an address and a name",
    ):
        assert fault in text
    assert "Nora Twice" in text.split("<textarea")[1]


def test_the_action_says_which_line_it_refuses(cast: Cast) -> None:
    status, text = send(cast.ines, "members/invite-many/", rows="not an address, Nora, ICU-4")
    assert status == 422
    assert "This is not an e-mail address" in text


def test_it_is_sent_again_until_they_have_come(cast: Cast) -> None:
    send(cast.ines, "members/invite-many/", rows="nora@meridian.example, Nora, ICU-4")
    nora = found("nora@meridian.example")
    assert "Send it again" in page(cast.ines, f"members/{nora.pk}/")
    assert send(cast.ines, f"members/{nora.pk}/invite-again/")[0] == 302
    User.objects.filter(pk=nora.user_id).update(password=make_password("correct horse battery"))
    assert "Send it again" not in page(cast.ines, f"members/{nora.pk}/")
    assert "Nora" not in page(cast.ines, "members/?state=invited")


def test_a_family_adds_a_child_with_two_words(cast: Cast) -> None:
    text = page(cast.minjun, "members/invite/")
    assert 'name="unit"' not in text
    child = cast.role["park/child"]
    form = {"email": "mina@park.example", "name": "Mina Park", "roles": [child]}
    assert send(cast.minjun, "members/invite/", **form)[0] == 302
    mina = found("mina@park.example")
    assert mina.unit_id == cast.unit["park-home"]
    assert RoleGrant.objects.get(member=mina).role_id == child

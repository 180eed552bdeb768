"""Invitations: the mail leads in, a list comes as a whole, and nobody gives what is not theirs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from placet.companies.models import Company, Member, Role, Unit, User
from placet.companies.queries import get_actor
from placet.companies.rights import compare_roles, list_effective_permissions
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import grant_role, invite_again, invite_member, invite_members
from placet.requisitions.actions.invite_members import Invitation, InvitationsRefused, Place
from tests.cast import Cast
from tests.notices.conftest import PostOffice, post

__all__ = ["post"]
pytestmark = pytest.mark.django_db


def invitation(cast: Cast, email: str, *roles: str, unit: str = "icu-4") -> Invitation:
    places = tuple(
        Place(
            Role.objects.get(pk=cast.role[f"meridian/{role}"]), Unit.objects.get(pk=cast.unit[unit])
        )
        for role in roles
    )
    return Invitation(email, "Nora Lang", Unit.objects.get(pk=cast.unit[unit]), places)


def meridian(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.company["meridian"])


def test_the_mail_lets_her_choose_a_password_and_come_in(cast: Cast, post: PostOffice) -> None:
    member = invite_member(
        meridian(cast),
        invitation=invitation(cast, "Nora@Meridian.example", "buyer"),
        actor=cast.ines,
        now=cast.now,
    )
    assert member.invited_at == cast.now
    (mail,) = post.work()
    assert mail.subject == "Ines Keller invites you to Meridian Health Group"
    assert mail.to == ["nora@meridian.example"]
    (address,) = re.findall(r"http://[^/]+(/account/password/reset/key/\S+)", str(mail.body))
    browser = Client()
    form = browser.get(address, follow=True)
    assert form.status_code == 200
    page = form.redirect_chain[-1][0]
    chosen = {"password1": "correct horse battery", "password2": "correct horse battery"}
    assert browser.post(page, chosen).status_code == 302
    user = User.objects.get(email="nora@meridian.example")
    assert user.check_password("correct horse battery")
    sent = {"login": user.email, "password": "correct horse battery"}
    assert browser.post("/account/login/", sent).status_code == 302
    assert browser.get("/c/meridian/").status_code == 200
    with pytest.raises(Conflict):
        invite_again(Member.objects.get(pk=member.pk), actor=cast.ines, now=cast.now)


def test_a_lost_mail_is_sent_again(cast: Cast, post: PostOffice) -> None:
    member = invite_member(
        meridian(cast), invitation=invitation(cast, "nora@meridian.example"), actor=cast.ines,
        now=cast.now,
    )  # fmt: skip
    post.work()
    invite_again(member, actor=cast.ines, now=cast.now)
    assert len(post.work()) == 1
    with pytest.raises(Forbidden):
        invite_again(member, actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        invite_again(member, actor=cast.jan, now=cast.now)


def test_a_list_comes_as_a_whole_and_every_row_is_named(cast: Cast, post: PostOffice) -> None:
    rows = [
        invitation(cast, "a@meridian.example", "buyer"),
        invitation(cast, "not an address"),
        invitation(cast, "lena@meridian.example"),
        invitation(cast, "a@meridian.example"),
    ]
    with pytest.raises(InvitationsRefused) as refusal:
        invite_members(meridian(cast), invitations=rows, actor=cast.ines, now=cast.now)
    assert [(row["row"], row["code"]) for row in refusal.value.facts["rows"]] == [
        (2, "email"),
        (3, "conflict"),
        (4, "conflict"),
    ]
    assert not User.objects.filter(email="a@meridian.example").exists()
    assert post.work() == []


def test_two_come_together(cast: Cast, post: PostOffice) -> None:
    rows = [invitation(cast, f"{who}@meridian.example", "buyer") for who in ("a", "b")]
    invite_members(meridian(cast), invitations=rows, actor=cast.ines, now=cast.now)
    assert len(post.work()) == 2
    with pytest.raises(InvalidInput):
        invite_members(meridian(cast), invitations=[], actor=cast.ines, now=cast.now)


def test_who_manages_a_unit_invites_into_it_and_gives_no_more_than_its_rights(
    cast: Cast,
) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    admin = Role.objects.get(pk=cast.role["meridian/company_admin"])
    sofia = Member.objects.select_related("company").get(pk=cast.member["sofia"])
    grant_role(sofia, role=admin, unit=icu, actor=cast.ines, now=cast.now)
    actor = get_actor(user_id=sofia.user_id, company_slug="meridian", channel="web")
    made = invite_member(
        meridian(cast),
        invitation=invitation(cast, "a@meridian.example", "company_admin"),
        actor=actor,
        now=cast.now,
    )
    rights = list_effective_permissions(made)
    assert {right.sources[0].unit_name for right in rights} == {"ICU-4"}
    assert not any(right.is_company_wide for right in rights)
    for wrong in (
        invitation(cast, "b@meridian.example", unit="biomed"),
        invitation(cast, "b@meridian.example")._replace(roles=(Place(admin),)),
    ):
        with pytest.raises(Forbidden):
            invite_member(meridian(cast), invitation=wrong, actor=actor, now=cast.now)


def test_two_roles_side_by_side(cast: Cast) -> None:
    buyer, approver = (
        Role.objects.get(pk=cast.role[f"meridian/{key}"]) for key in ("buyer", "approver")
    )
    compared = compare_roles(buyer, approver)
    assert compared.both == ("price.view", "budget.view")
    assert compared.only_first == ("order.submit",)
    assert compared.only_second == ("order.approve", "purchase.view_all")

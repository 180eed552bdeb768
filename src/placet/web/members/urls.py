"""Addresses of members."""

from django.urls import path

from placet.web.members import away, changing, customers, inviting, leaving, views

ROOT = "c/<slug:company>/members/"
ONE = ROOT + "<str:member_id>/"

urlpatterns = [
    path(ROOT, views.member_list, name="members"),
    path(ROOT + "invite/", inviting.member_invite, name="member_invite"),
    path(ROOT + "invite-many/", inviting.members_invite, name="members_invite"),
    path(ONE, views.member_page, name="member"),
    path(ONE + "edit/", changing.member_edit, name="member_edit"),
    path(ONE + "invite-again/", inviting.member_invite_again, name="member_invite_again"),
    path(ONE + "customers/", customers.member_customers, name="member_customers"),
    path(ONE + "leave/", leaving.member_leave, name="member_leave"),
    path(ONE + "return/", leaving.member_return, name="member_return"),
    path(ONE + "away/", away.member_away, name="member_away"),
    path(
        ONE + "absences/<str:absence_id>/end/",
        away.member_absence_end,
        name="member_absence_end",
    ),
    path(
        ONE + "delegations/<str:delegation_id>/end/",
        away.member_delegation_end,
        name="member_delegation_end",
    ),
]

"""Pages of those who keep the organisation: members, their roles and limits, units.

The people and units are Meridian's: a parent of a family manages members too, and finds none of
them. What only their own company has is not a choice of their forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                           owner peer sister head admin auditor desk store other parent child
GET   members              403   403  403    403  200   403     403  403   403   200    403
GET   member_invite        403   403  403    403  200   403     403  403   403   200    403
POST  member_invite        403   403  403    403  302   403     403  403   403   422    403
GET   members_invite       403   403  403    403  200   403     403  403   403   200    403
POST  members_invite       403   403  403    403  302   403     403  403   403   422    403
GET   member               403   403  403    403  200   403     403  403   403   404    403
POST  member_invite_again  403   403  403    403  302   403     403  403   403   404    403
GET   member_edit          403   403  403    403  200   403     403  403   403   404    403
POST  member_edit          403   403  403    403  302   403     403  403   403   404    403
GET   member_leave         403   403  403    403  200   403     403  403   403   404    403
POST  member_leave         403   403  403    403  302   403     403  403   403   404    403
POST  member_return        403   403  403    403  302   403     403  403   403   404    403
GET   member_away          403   403  403    403  200   403     403  403   403   404    403
POST  member_away          403   403  403    403  302   403     403  403   403   404    403
POST  member_absence_end   403   403  403    403  302   403     403  403   403   404    403
POST  member_delegation_end 403  403  403    403  302   403     403  403   403   404    403
POST  role_grant           403   403  403    403  302   403     403  403   403   404    403
POST  role_revoke          403   403  403    403  302   403     403  403   403   404    403
GET   limit_edit           403   403  403    403  200   403     403  403   403   404    403
POST  limit_edit           403   403  403    403  302   403     403  403   403   404    403
POST  limit_clear          403   403  403    403  302   403     403  403   403   404    403
GET   roles                403   403  403    403  200   403     403  403   403   200    403
GET   role                 403   403  403    403  200   403     403  403   403   404    403
GET   role_new             403   403  403    403  200   403     403  403   403   200    403
POST  role_new             403   403  403    403  302   403     403  403   403   302    403
GET   role_edit            403   403  403    403  200   403     403  403   403   404    403
POST  role_edit            403   403  403    403  302   403     403  403   403   404    403
GET   role_compare         403   403  403    403  200   403     403  403   403   200    403
GET   units                403   403  403    403  200   403     403  403   403   200    403
GET   unit                 403   403  403    403  200   403     403  403   403   404    403
GET   unit_new             403   403  403    403  200   403     403  403   403   200    403
POST  unit_new             403   403  403    403  302   403     403  403   403   422    403
GET   unit_edit            403   403  403    403  200   403     403  403   403   404    403
POST  unit_edit            403   403  403    403  302   403     403  403   403   404    403
GET   unit_move            403   403  403    403  200   403     403  403   403   404    403
POST  unit_move            403   403  403    403  302   403     403  403   403   404    403
GET   unit_head            403   403  403    403  200   403     403  403   403   404    403
POST  unit_head            403   403  403    403  302   403     403  403   403   404    403
GET   unit_close           403   403  403    403  200   403     403  403   403   404    403
POST  unit_close           403   403  403    403  302   403     403  403   403   404    403
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)


def places_of_organisation(cast: Cast, found: Mapping[str, Any]) -> dict[str, Any]:
    """Ids that one page alone is about: who has left, who is away, the empty unit."""
    return {
        "member_return.member_id": cast.member["gone"],
        "member_absence_end.member_id": cast.member["rashid"],
        "member_delegation_end.member_id": cast.member["rashid"],
        "unit_close.unit_id": found["close_unit.unit_id"],
    }


def wishes_about_people(cast: Cast) -> dict[str, dict[str, Any]]:
    """The fields of each form, by the name of its route."""
    icu, buyer = cast.unit["icu-4"], cast.role["meridian/buyer"]
    return {
        "member_invite": {
            "email": "nora@meridian.example",
            "name": "Nora Lang",
            "unit": icu,
            "roles": [buyer],
            "scope": "company",
        },
        "members_invite": {"rows": "omar@meridian.example, Omar Reyes, ICU-4, Buyer"},
        "member_invite_again": {},
        "member_edit": {
            "version": "1",
            "unit": icu,
            "title": "Deputy",
            "language": "en",
            "time_zone": "Europe/Berlin",
        },
        "member_leave": {"to": cast.member["helena"]},
        "member_return": {},
        "member_away": {"from_on": "2027-02-01", "until_on": "2027-02-05", "delegate": ""},
        "member_absence_end": {},
        "member_delegation_end": {},
        "role_grant": {"role": buyer, "unit": "company"},
        "role_revoke": {},
        "limit_edit": {"version": "1", "mode": "hard", "order_maximum": "500", "period": "month"},
        "limit_clear": {},
        "role_new": {"name": "Night shift", "permissions": ["order.submit"]},
        "role_edit": {"version": "1", "name": "Finance", "permissions": ["order.approve"]},
        "unit_new": {"name": "ICU-5", "code": "icu-5", "parent": cast.unit["icu"]},
        "unit_edit": {"version": "2", "name": "Intensive", "code": "icu"},
        "unit_move": {"version": "2", "parent": cast.unit["finance"]},
        "unit_head": {"head": cast.member["mei"]},
        "unit_close": {},
    }

"""Operations of the API about the organisation: what is there, what is wished, who may.

``boss`` is the owner of the merchant's store, who answers applications and suspends customers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from placet.catalog.actions.part_numbers import set_part_number
from placet.catalog.models import Product
from placet.companies.actions import add_reference_field, add_unit
from placet.companies.actions.reference_fields import FieldShape
from placet.companies.models import Company, Member, RoleGrant
from placet.companies.organisation.limits import Bounds
from placet.requisitions.actions import apply_for_company, set_limit
from tests.cast import Cast
from tests.web.rights.table import read_table

SAID_WITHOUT_WORDS = (
    *("suspend_company", "resume_company", "close_unit", "invite_again", "deactivate_member"),
    *("reactivate_member", "revoke_role", "end_delegation", "end_absence"),
    *("close_address", "close_cost_center", "close_reference_field"),
)
SPAN = (timedelta(days=30), timedelta(days=40))


def build_organisation(cast: Cast) -> dict[str, Any]:
    """Ids by the names in the addresses; all is Meridian's but the application and Stahl."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    mei = Member.objects.get(pk=cast.member["mei"])
    empty = add_unit(meridian, name="Empty", actor=cast.ines, now=cast.now)
    field = add_reference_field(
        meridian, key="ward", shape=FieldShape("Ward"), actor=cast.ines, now=cast.now
    )
    glove = Product.objects.get(sku="GLV-M")
    number = set_part_number(glove, number="MAT-10442", actor=cast.ines, now=cast.now)
    set_limit(mei, use="spending", bounds=Bounds("EUR"), actor=cast.ines, now=cast.now)
    application = apply_for_company(
        "Lund Dental",
        applicant_name="Eva Lund",
        email="eva@lund.example",
        actor=cast.odd,
        now=cast.now,
    )
    return {
        "company_id": meridian.pk,
        "resume_company.company_id": cast.company["stahl"],
        "application_id": application.pk,
        "unit_id": cast.unit["icu"],
        "move_unit.unit_id": empty.pk,
        "close_unit.unit_id": empty.pk,
        "reactivate_member.member_id": cast.member["gone"],
        "role_id": cast.role["meridian/finance"],
        "other_id": cast.role["meridian/buyer"],
        "grant_id": RoleGrant.objects.get(member=mei).pk,
        "use": "spending",
        "address_id": cast.address["ICU dock"],
        "cost_center_id": cast.cost_center["meridian/4410"],
        "field_id": field.pk,
        "part_number_id": number.pk,
    }


def wishes_about_the_organisation(cast: Cast) -> dict[str, Any]:
    """A valid body for each operation that takes one."""
    mei, rashid = cast.member["mei"], cast.member["rashid"]
    begin, end = ((cast.now + days).isoformat() for days in SPAN)
    invited = {"email": "noor@meridian.example", "name": "Noor", "unit": cast.unit["icu"]}
    nothing: dict[str, Any] = {name: {} for name in SAID_WITHOUT_WORDS}
    return {
        **nothing,
        "create_company": {
            "name": "Lindgren",
            "slug": "lindgren",
            "currency": "EUR",
            "founder": {"name": "Elsa Lindgren", "email": "elsa@lindgren.example"},
        },
        "change_company": {"name": "Meridian Health"},
        "accept_application": {"slug": "lund"},
        "decline_application": {"answer": "We do not deliver there."},
        "add_unit": {"name": "ICU-5", "parent": cast.unit["icu"]},
        "change_unit": {"code": "icu-a"},
        "move_unit": {"parent": cast.unit["finance"]},
        "name_head": {"member": mei},
        "invite_member": {**invited, "roles": [{"role": cast.role["meridian/buyer"]}]},
        "invite_members": {"members": [invited]},
        "change_member": {"title": "Deputy"},
        "create_role": {"key": "ward", "name": "Ward"},
        "change_role": {"name": "Money"},
        "grant_role": {"role": cast.role["meridian/buyer"]},
        "set_limit": {"currency": "EUR", "order_maximum_minor": 100_000},
        "delegate_to": {
            "principal": rashid,
            "delegate": mei,
            "starts_at": begin,
            "ends_at": end,
        },
        "set_absence": {"member": rashid, "starts_at": begin, "ends_at": end},
        "add_address": {
            "kind": "ship_to",
            "name": "Dock C",
            "street": "Hauptstraße 3",
            "postcode": "10115",
            "city": "Berlin",
            "country": "DE",
        },
        "change_address": {"delivery_note": "Ring twice."},
        "share_address": {"members": [cast.member["lena"]]},
        "add_cost_center": {"code": "4411", "name": "ICU-5"},
        "change_cost_center": {"name": "ICU"},
        "add_reference_field": {"key": "project", "name": "Project"},
        "change_reference_field": {"name": "Station"},
        "add_part_number": {"sku": "PEN-B", "number": "MAT-7"},
        "change_part_number": {"number": "MAT-8"},
        "reassign_step": {"member": mei, "reason": "Rashid is at a congress."},
    }


ROWS = read_table(
    """
                              owner sister head admin auditor desk store boss other parent child key
GET    list_companies         200   200    200  200   200     200  200   200  200   200    200   200
POST   create_company         403   403    403  403   403     403  403   201  403   403    403   403
GET    get_company            200   200    200  200   200     200  200   200  404   404    404   200
PATCH  change_company         403   403    403  200   403     403  403   200  404   404    404   200
POST   suspend_company        403   403    403  403   403     403  403   201  404   404    404   403
POST   resume_company         404   404    404  404   404     403  403   201  404   404    404   404
GET    list_applications      403   403    403  403   403     403  403   200  403   403    403   403
GET    get_application        403   403    403  403   403     403  403   200  403   403    403   403
POST   accept_application     403   403    403  403   403     403  403   201  403   403    403   403
POST   decline_application    403   403    403  403   403     403  403   201  403   403    403   403
GET    list_units             200   200    200  200   200     200  200   200  200   200    200   200
POST   add_unit               403   403    403  201   403     404  404   404  404   404    404   201
GET    get_unit               200   200    200  200   200     404  404   404  404   404    404   200
PATCH  change_unit            403   403    403  200   403     404  404   404  404   404    404   200
POST   move_unit              403   403    403  201   403     404  404   404  404   404    404   201
POST   close_unit             403   403    403  201   403     404  404   404  404   404    404   201
POST   name_head              403   403    403  201   403     404  404   404  404   404    404   201
GET    list_members           200   200    200  200   200     200  200   200  200   200    200   200
POST   invite_member          403   403    403  201   403     404  404   404  404   404    404   201
POST   invite_members         403   403    403  201   403     403  403   404  403   404    403   201
GET    get_member             200   200    200  200   200     404  404   404  404   404    404   200
PATCH  change_member          403   403    403  200   403     404  404   404  404   404    404   200
POST   invite_again           403   403    403  201   403     404  404   404  404   404    404   201
GET    get_hand_over          403   403    403  200   403     404  404   404  404   404    404   200
POST   deactivate_member      403   403    403  201   403     404  404   404  404   404    404   201
POST   reactivate_member      403   403    403  201   403     404  404   404  404   404    404   201
GET    list_permissions       200   200    200  200   200     200  200   200  200   200    200   200
GET    list_roles             200   200    200  200   200     200  200   200  200   200    200   200
POST   create_role            403   403    403  201   403     403  403   201  403   201    403   201
GET    get_role               200   200    200  200   200     404  404   404  404   404    404   200
PATCH  change_role            403   403    403  200   403     404  404   404  404   404    404   200
GET    get_role_comparison    200   200    200  200   200     404  404   404  404   404    404   200
GET    list_permissions_held  403   403    403  200   200     404  404   404  404   404    404   200
GET    list_role_grants       403   403    403  200   200     404  404   404  404   404    404   200
POST   grant_role             403   403    403  201   403     404  404   404  404   404    404   201
POST   revoke_role            403   403    403  201   403     404  404   404  404   404    404   201
GET    list_limits            200   200    200  200   200     200  200   200  200   200    200   200
GET    get_limit              403   403    403  200   200     404  404   404  404   404    404   200
PUT    set_limit              403   403    403  200   403     404  404   404  404   404    404   200
DELETE clear_limit            403   403    403  204   403     404  404   404  404   404    404   204
GET    list_delegations       200   200    200  200   200     200  200   200  200   200    200   200
POST   delegate_to            403   403    201  201   403     404  404   404  404   404    404   201
GET    get_delegation         404   404    200  200   200     404  404   404  404   404    404   200
POST   end_delegation         404   404    201  201   403     404  404   404  404   404    404   201
GET    list_absences          200   200    200  200   200     200  200   200  200   200    200   200
POST   set_absence            403   403    201  201   403     404  404   404  404   404    404   201
GET    get_absence            404   404    200  200   200     404  404   404  404   404    404   200
POST   end_absence            404   404    201  201   403     404  404   404  404   404    404   201
GET    get_stand_in           403   403    403  200   200     404  404   404  404   404    404   200
GET    list_addresses         200   200    200  200   200     200  200   200  200   200    200   200
POST   add_address            403   403    403  201   403     403  403   201  403   201    403   201
GET    get_address            200   404    200  200   404     404  404   404  404   404    404   200
PATCH  change_address         403   404    403  200   404     404  404   404  404   404    404   200
POST   share_address          403   404    403  201   404     404  404   404  404   404    404   201
POST   close_address          403   404    403  201   404     404  404   404  404   404    404   201
GET    list_cost_centers      200   200    200  200   200     200  200   200  200   200    200   200
POST   add_cost_center        403   403    403  201   403     403  403   201  403   201    403   201
GET    get_cost_center        200   404    200  200   404     404  404   404  404   404    404   200
PATCH  change_cost_center     403   404    403  200   404     404  404   404  404   404    404   200
POST   close_cost_center      403   404    403  201   404     404  404   404  404   404    404   201
GET    list_reference_fields  200   200    200  200   200     200  200   200  200   200    200   200
POST   add_reference_field    403   403    403  201   403     403  403   201  403   201    403   201
GET    get_reference_field    200   200    200  200   200     404  404   404  404   404    404   200
PATCH  change_reference_field 403   403    403  200   403     404  404   404  404   404    404   200
POST   close_reference_field  403   403    403  201   403     404  404   404  404   404    404   201
GET    list_part_numbers      200   200    200  200   200     200  200   200  200   200    200   200
POST   add_part_number        403   403    403  201   403     403  403   403  404   201    403   201
GET    get_part_number        200   200    200  200   200     404  404   404  404   404    404   200
PATCH  change_part_number     403   403    403  200   403     404  404   404  404   404    404   200
DELETE delete_part_number     403   403    403  204   403     404  404   404  404   404    404   204
POST   reassign_step          403   404    403  201   403     404  404   404  404   404    404   201
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)

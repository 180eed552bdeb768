"""Which customers one of the supplier's staff sees."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, Identifier, Wish
from placet.api.versions import require_version, tag
from placet.companies import models, queries
from placet.companies.actions.give_customers import give_customers
from placet.companies.directory import can_see_rights
from placet.companies.refusals import refuse
from placet.core.errors import NotFound

router = Router(tags=["members"])


class Charges(Answer):
    """The customers in a member's charge; without `sees_all` they see these alone."""

    object: Literal["charges"] = "charges"
    member: str
    sees_all: bool
    companies: list[str]


class ChargesWish(Wish):
    """The whole of it, by the ids of the customers."""

    sees_all: bool
    companies: Annotated[list[Identifier], Field(max_length=5000)] = []


@router.get("/members/{member_id}/customers", response=Charges)
def get_charges(request: ApiRequest, member_id: str) -> Charges:
    """Whom one of the supplier's staff sees; for who manages members, and for themselves."""
    return _show(request, _staff(request, member_id))


@router.put("/members/{member_id}/customers", response=Charges)
def set_charges(request: ApiRequest, member_id: str, body: ChargesWish) -> Charges:
    """Say whom they see; needs the member's If-Match. Nobody says it of themselves."""
    member = _staff(request, member_id)
    require_version(request, member.version)
    give_customers(
        member,
        sees_all=body.sees_all,
        company_ids=body.companies,
        version=member.version,
        actor=request.actor,
        now=request.now,
    )
    return _show(request, member)


def _staff(request: ApiRequest, member_id: str) -> models.Member:
    if not request.actor.is_merchant:
        raise NotFound
    return queries.get_member(request.actor, member_id)


def _show(request: ApiRequest, member: models.Member) -> Charges:
    refuse(can_see_rights(request.actor, member))
    tag(request, member.version)
    rows = models.CustomerRep.objects.filter(member=member).order_by("company_id")
    return Charges(
        member=member.pk,
        sees_all=member.sees_all_customers,
        companies=list(rows.values_list("company_id", flat=True)),
    )

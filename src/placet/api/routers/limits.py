"""Limits: what a member may spend, and how much of others' purchases they may release."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.rights import Limit, show_limits
from placet.api.schemas.words import Amount, Currency
from placet.api.versions import require_version, tag
from placet.companies import directory, queries
from placet.companies.models import Limit as StoredLimit
from placet.companies.models import Member
from placet.companies.organisation.limits import Bounds
from placet.core.errors import NotFound
from placet.requisitions import actions

router = Router(tags=["limits"])
Use = Literal["spending", "authority"]
Listed = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=200)]], Field(max_length=500)
]


class LimitFilters(Page):
    """Limits of one member, for one use."""

    member: Annotated[str, Field(max_length=40)] = ""
    use: Use | None = None


class LimitWish(Wish):
    """A limit as a whole: what is left out or null sets no bound.

    `categories` are paths (`office/`), `ship_tos` ids of addresses; `is_unlimited` is for
    authority alone.
    """

    currency: Currency
    mode: Literal["unrestricted", "over", "hard", "always"] = "over"
    is_unlimited: bool = False
    order_minimum_minor: Amount | None = None
    order_maximum_minor: Amount | None = None
    period: Literal["day", "week", "month", "quarter", "year"] = "month"
    period_spend_minor: Amount | None = None
    period_orders: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    categories: Listed | None = None
    ship_tos: Listed | None = None
    discount_basis_points: Annotated[
        int | None, Field(ge=0, le=10_000, description="of the supplier's staff: the most")
    ] = None
    margin_basis_points: Annotated[
        int | None, Field(ge=-10_000, le=10_000, description="of the supplier's staff: the least")
    ] = None


@router.get("/limits", response=ListOf[Limit])
def list_limits(request: ApiRequest, page: Query[LimitFilters]) -> ListOf[Limit]:
    """One's own limits and those of the people whom one manages or audits."""
    found = directory.list_limits(request.actor)
    if page.member:
        found = found.filter(member_id=page.member)
    if page.use:
        found = found.filter(use=page.use)
    return page_of(request, found, page, lambda rows: show_limits(rows, request.actor))


@router.get("/members/{member_id}/limits/{use}", response=Limit)
def get_limit(request: ApiRequest, member_id: str, use: Use) -> Limit:
    """A member's limit; 404 where none is set: unrestricted in spending, without authority."""
    return _show(request, queries.get_member(request.actor, member_id), use)


@router.put("/members/{member_id}/limits/{use}", response={200: Limit, 201: Limit})
def set_limit(request: ApiRequest, member_id: str, use: Use, body: LimitWish) -> Status[Limit]:
    """Set a limit as a whole: `If-Match` names the one that was seen, `"0"` that there was none."""
    member = queries.get_member(request.actor, member_id)
    before = directory.find_limit(request.actor, member, use)
    version = before.version if before else 0
    require_version(request, version)
    actions.set_limit(
        member,
        use=use,
        bounds=Bounds(**body.model_dump()),
        version=version,
        actor=request.actor,
        now=request.now,
    )
    return Status(200 if before else 201, _show(request, member, use))


@router.delete("/members/{member_id}/limits/{use}", response={204: None})
def clear_limit(request: ApiRequest, member_id: str, use: Use) -> Status[None]:
    """Take a limit away: unrestricted in spending, without authority in releasing."""
    member = queries.get_member(request.actor, member_id)
    before = _found(request, member, use)
    require_version(request, before.version)
    actions.clear_limit(member, use=use, actor=request.actor, now=request.now)
    return Status(204, None)


def _found(request: ApiRequest, member: Member, use: str) -> StoredLimit:
    found = directory.find_limit(request.actor, member, use)
    if found is None:
        raise NotFound(_("There is no such limit."))
    return found


def _show(request: ApiRequest, member: Member, use: str) -> Limit:
    limit = _found(request, member, use)
    tag(request, limit.version)
    return show_limits([limit], request.actor)[0]

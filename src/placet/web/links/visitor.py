"""Who holds the link: a stranger, a guest with a confirmed address, a colleague, another buyer."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from placet.carts.links import find_guest
from placet.carts.models import LinkGuest, ShareLink
from placet.companies.models import Company, Member
from placet.companies.queries import list_memberships


class Visitor(NamedTuple):
    """What the page offers to whoever opened it.

    ``colleague`` is their membership of the link's company; ``buyers`` those of other companies
    that could take a copy.
    """

    is_signed_in: bool
    colleague: Member | None
    buyers: list[Member]
    guest: LinkGuest | None


def read_visitor(request: HttpRequest, link: ShareLink) -> Visitor:
    """Who they are to this link, by their session and by the mark of a guest."""
    user = request.user
    memberships = list_memberships(str(user.pk)) if user.is_authenticated else []
    return Visitor(
        is_signed_in=user.is_authenticated,
        colleague=next((one for one in memberships if one.company_id == link.company_id), None),
        buyers=[
            one
            for one in memberships
            if one.company_id != link.company_id and one.company.kind != Company.Kind.MERCHANT
        ],
        guest=find_guest(link, request.COOKIES.get(mark_name(link), "")),
    )


def mark_name(link: ShareLink) -> str:
    """The name of the cookie in which a confirmed guest of this link is kept."""
    return f"guest_{link.pk}"

"""Which lists somebody sees: what ``can_view_list`` says of one, as a condition on all."""

from __future__ import annotations

from functools import reduce

from django.db.models import Q

from placet.carts.models import PurchaseList
from placet.companies.models import Member
from placet.companies.permissions import ADDRESS_MANAGE, MEMBER_MANAGE
from placet.core.actor import Actor

Scope = PurchaseList.Scope


def visible_lists(actor: Actor) -> Q:
    """The lists that ``can_view_list`` allows, as a condition; ``distinct`` is not needed."""
    if not actor.member_id:
        return Q(pk=None)
    units = actor.unit_path.strip("/").split("/")
    left = Q(owner__status=Member.Status.DEACTIVATED) | Q(owner__user__is_active=False)
    kept = [Q(unit__head_id=actor.member_id)]
    kept += [Q(unit__path__startswith=path) for path in actor.paths_of(ADDRESS_MANAGE)]
    taken = [Q(owner__unit__head_id=actor.member_id)]
    taken += [Q(owner__unit__path__startswith=path) for path in actor.paths_of(MEMBER_MANAGE)]
    shared = PurchaseList.objects.filter(
        Q(grants__member_id=actor.member_id) | Q(grants__unit_id__in=units)
    )
    return Q(company_id=actor.company_id) & (
        Q(owner_id=actor.member_id)
        | Q(scope=Scope.COMPANY)
        | Q(scope=Scope.UNIT, unit_id__in=units)
        | Q(pk__in=shared.values("pk"))
        | Q(scope=Scope.UNIT) & reduce(Q.__or__, kept)
        | left & reduce(Q.__or__, taken)
    )

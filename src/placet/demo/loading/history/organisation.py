"""Who could be asked at a moment of the past, looked up once for each case that differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placet.companies.models import Absence, CostCenter, Delegation, Limit, Member, RoleGrant, Unit
from placet.plans.limits import spending_limit_of
from placet.plans.people import Needs, load_organisation
from placet.policy import facts
from placet.policy.reads import Reads

Key = tuple[str, str, frozenset[str], frozenset[str]]


class Organisations:
    """Organisations by requester, cost centre, owners of budgets, and who is away or stands in.

    Members who leave change it too: ``forget`` says so.
    """

    def __init__(self) -> None:
        self._known: dict[Key, facts.Organisation] = {}
        self._grants: dict[str, tuple[frozenset[str], frozenset[str], facts.Limit]] = {}
        self._spans = [
            (row.pk, row.starts_at, row.ends_at)
            for rows in (Absence.objects.all(), Delegation.objects.all())
            for row in rows
        ]

    def forget(self) -> None:
        """Somebody came, left or changed: look everything up again."""
        self._known.clear()

    def organisation_of(
        self,
        requester: Member,
        units: Sequence[Unit],
        reads: Sequence[Reads],
        center: CostCenter | None,
        named: frozenset[str],
        now: datetime,
    ) -> facts.Organisation:
        """What the product's own loader finds for this purchase."""
        running = frozenset(
            pk for pk, starts_at, ends_at in self._spans if starts_at <= now < ends_at
        )
        key = (requester.pk, center.pk if center else "", named, running)
        if key not in self._known:
            owners = {center.code: center.owner_id} if center and center.owner_id else {}
            needs = Needs(reads=reads, named=named, cost_center_owners=owners)
            self._known[key] = load_organisation(
                requester.company_id, requester.pk, units, needs, now=now
            )
        return self._known[key]

    def rights_of(
        self, requester: Member, units: Sequence[Unit]
    ) -> tuple[frozenset[str], frozenset[str], facts.Limit]:
        """The requester's roles and permissions for their unit, and what they may spend."""
        if requester.pk not in self._grants:
            inside = {None, *(unit.pk for unit in units)}
            grants = [
                grant
                for grant in RoleGrant.objects.filter(member=requester).select_related("role")
                if grant.unit_id in inside
            ]
            limit = Limit.objects.filter(member=requester, use=Limit.Use.SPENDING).first()
            self._grants[requester.pk] = (
                frozenset(grant.role.key for grant in grants),
                frozenset(right for grant in grants for right in grant.role.permissions),
                spending_limit_of(limit),
            )
        return self._grants[requester.pk]

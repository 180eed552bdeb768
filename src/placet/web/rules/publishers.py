"""Who may publish a draft, and what its publication leaves as it is."""

from __future__ import annotations

from placet.companies.models import Company, Member, RoleGrant
from placet.companies.permissions import RULE_MANAGE
from placet.core.actor import is_within
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import UNDECIDED
from placet.rulebooks.models import Rulebook

MOST_COUNTED = 1000


def list_publishers(rulebook: Rulebook, *, besides_user: str) -> list[str]:
    """Names of those who may publish what ``besides_user`` wrote, whoever keeps the rulebook."""
    path = rulebook.unit.path if rulebook.unit else ""
    keepers = {
        Rulebook.KeptBy.COMPANY: [rulebook.company_id],
        Rulebook.KeptBy.MERCHANT: [],
        Rulebook.KeptBy.BOTH: [rulebook.company_id],
    }[Rulebook.KeptBy(rulebook.kept_by)]
    merchants = Company.objects.filter(kind=Company.Kind.MERCHANT).values_list("id", flat=True)
    if rulebook.kept_by != Rulebook.KeptBy.COMPANY:
        keepers = [*keepers, *merchants]
    grants = (
        RoleGrant.objects.filter(
            role__company_id__in=keepers,
            member__status=Member.Status.ACTIVE,
            member__user__is_active=True,
        )
        .exclude(member__user_id=besides_user)
        .select_related("role", "unit", "member__user")
        .order_by("member__user__name")
    )
    return list(
        dict.fromkeys(
            grant.member.user.name
            for grant in grants
            if RULE_MANAGE in grant.role.permissions
            and is_within(path, grant.unit.path if grant.unit else "")
        )
    )


def count_running(rulebook: Rulebook) -> int:
    """Requisitions that wait for somebody and keep their rules; counting stops at a thousand."""
    waiting = Requisition.objects.filter(status__in=UNDECIDED)
    if rulebook.side == Rulebook.Side.BUYER:
        waiting = waiting.filter(company_id=rulebook.company_id)
    return waiting[:MOST_COUNTED].count()

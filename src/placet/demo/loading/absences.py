"""Who is away, and who stands in."""

from __future__ import annotations

from placet.demo.loading.registry import Registry
from placet.demo.world.members.everybody import ABSENCES, DELEGATIONS, MEMBERS
from placet.requisitions.actions import delegate_to, set_absence

_COMPANY_OF = {member.key: member.company for member in MEMBERS}


def load_absences(registry: Registry) -> None:
    """Whole days in the company's zone, the first and the last included."""
    for absence in ABSENCES:
        company = _COMPANY_OF[absence.member]
        set_absence(
            registry.members[absence.member],
            starts_at=registry.at(company, registry.day(absence.first_day)),
            ends_at=registry.at(company, registry.day(absence.last_day + 1)),
            actor=registry.system(company),
            now=registry.setup,
        )
    for delegation in DELEGATIONS:
        company = _COMPANY_OF[delegation.principal]
        delegate_to(
            registry.members[delegation.principal],
            delegate=registry.members[delegation.delegate],
            starts_at=registry.at(company, registry.day(delegation.first_day)),
            ends_at=registry.at(company, registry.day(delegation.last_day + 1)),
            cap_minor=delegation.cap_minor,
            actor=registry.system(company),
            now=registry.setup,
        )

"""Words for the ids in reasons: categories, roles, ship-tos, units, members; one query a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from placet.catalog.models import Category
from placet.companies.models import Address, Company, Member, Role
from placet.policy.plan import Finding, Label, Reason


def load_names(
    company_id: str,
    reasons: Iterable[Reason],
    labels: Iterable[Label],
    findings: Sequence[Finding] = (),
) -> dict[str, str]:
    """Names by id, key or path, for everything that these reasons and labels mention."""
    mentioned = set(_mentioned([f for reason in reasons for f in reason.findings]))
    mentioned |= set(_mentioned(findings))
    roles = {value for label in labels for key, value in label.values if key == "role"}
    names: dict[str, str] = {}
    if roles:
        rows = Role.objects.filter(key__in=sorted(roles)).select_related("company")
        names |= {
            role.key: role.name
            for role in rows
            if role.company_id == company_id or role.company.kind == Company.Kind.MERCHANT
        }
    paths = sorted(f"{value.strip('/')}/" for value in mentioned if not _is_id(value))
    if paths:
        found = Category.objects.filter(path__in=paths).values_list("path", "name")
        names |= {path.strip("/"): name for path, name in found}
    addresses = sorted(value for value in mentioned if value.startswith("adr_"))
    if addresses:
        names |= dict(
            Address.objects.filter(company_id=company_id, pk__in=addresses).values_list(
                "id", "name"
            )
        )
    members = sorted(value for value in mentioned if value.startswith("mem_"))
    if members:
        known = Q(company_id=company_id) | Q(company__kind=Company.Kind.MERCHANT)
        rows_of = Member.objects.filter(known, pk__in=members).values_list("id", "user__name")
        names |= dict(rows_of)
    return names


def _is_id(value: str) -> bool:
    return value[:4] in {"adr_", "mem_", "unt_", "bud_"}


def _mentioned(findings: Iterable[Finding]) -> Iterator[str]:
    """Every string that a finding compares with or found, also in the sums below it."""
    for finding in findings:
        for value in (finding.wanted, finding.actual, finding.about):
            if isinstance(value, str) and value:
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, str))
        yield from _mentioned(finding.where)

"""How approving goes: what waits how long, on whom, and where one person is all there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.models import Absence, Delegation, Member, RoleGrant
from placet.companies.permissions import COMPANY_MANAGE, ORDER_APPROVE, can_do
from placet.companies.refusals import refuse
from placet.core.actor import Actor, is_within
from placet.core.errors import NotFound
from placet.requisitions.models import (
    Decision,
    DecisionOutcome,
    Requisition,
    Step,
    StepAssignment,
)

MOST_DECISIONS = 5_000
"""Times are told from the newest decisions, never from more than these."""


class DecisionTimes(NamedTuple):
    """How long somebody took, in hours: half of the answers came within ``median``, nine of ten
    within ``slow`` (nearest rank, so both are times that occurred)."""

    member: Member
    decisions: int
    median: float
    slow: float


class Gap(NamedTuple):
    """Somebody who is asked will be away, and nobody decides for them meanwhile."""

    member: Member
    starts_at: datetime
    ends_at: datetime
    deputies_away: tuple[str, ...]


def require_health(actor: Actor) -> None:
    """Let those pass who manage the company or a unit; raises ``Forbidden`` for others."""
    if not actor.holds_anywhere(COMPANY_MANAGE):
        refuse(can_do(actor, COMPANY_MANAGE), permission=COMPANY_MANAGE)


def list_open_steps(actor: Actor) -> QuerySet[Step]:
    """The company's steps that wait for an answer, the oldest first, with those who are asked.

    ``is_stuck`` says that nobody who can act is asked.
    """
    able = StepAssignment.objects.filter(
        step=OuterRef("pk"),
        is_open=True,
        member__status=Member.Status.ACTIVE,
        member__user__is_active=True,
    )
    asked = StepAssignment.objects.filter(is_open=True).select_related(
        "member__user", "principal__user"
    )
    return (
        Step.objects.filter(_in_reach(actor, "requisition__"), status=Step.Status.PENDING)
        .exclude(opened_at=None)
        .annotate(is_stuck=~Exists(able))
        .select_related(
            "requisition__requester__user", "requisition__unit", "requisition__revision"
        )
        .prefetch_related(Prefetch("assignments", asked.order_by("id"), to_attr="asked"))
        .order_by("opened_at", "id")
    )


def list_failed_placements(actor: Actor) -> QuerySet[Requisition]:
    """What is approved and could not be ordered, the oldest first; its owner is the requester."""
    return (
        Requisition.objects.filter(_in_reach(actor, ""), status=Requisition.Status.PLACEMENT_FAILED)
        .select_related("requester__user", "unit", "company", "revision")
        .order_by("submitted_at", "id")
    )


def get_open_step(actor: Actor, step_id: str) -> Step:
    """One of these steps; raises ``NotFound``."""
    found = list_open_steps(actor).filter(pk=step_id).first()
    if found is None:
        raise NotFound(_("No such step waits in the units that you manage."))
    return found


def list_candidates(actor: Actor, step: Step) -> list[Member]:
    """Colleagues who may approve for the purchase's unit and are not asked yet; two queries."""
    requisition = step.requisition
    rows = RoleGrant.objects.filter(
        member__company_id=actor.company_id,
        member__status=Member.Status.ACTIVE,
        member__user__is_active=True,
    ).exclude(member__user_id__in=[actor.user_id, *_authors(requisition)])
    able = {
        member_id
        for member_id, permissions, path in rows.values_list(
            "member_id", "role__permissions", "unit__path"
        )
        if ORDER_APPROVE in permissions and is_within(requisition.unit.path, path or "")
    }
    asked = StepAssignment.objects.filter(step=step, principal=None).values("member_id")
    return list(
        Member.objects.filter(pk__in=sorted(able))
        .exclude(pk__in=asked)
        .exclude(pk=requisition.requester_id)
        .select_related("user", "unit")
        .order_by("user__name", "id")
    )


def _authors(requisition: Requisition) -> list[str]:
    return list(requisition.revision.authors) if requisition.revision else []


def list_decision_times(actor: Actor, *, since: datetime) -> list[DecisionTimes]:
    """Who took how long to answer since then, the slowest first; one query."""
    rows = (
        Decision.objects.filter(
            _in_reach(actor, "step__requisition__"),
            outcome__kind=DecisionOutcome.Kind.APPLIED,
            created_at__gte=since,
        )
        .order_by("-created_at")
        .values_list("member_id", "step__opened_at", "created_at")[:MOST_DECISIONS]
    )
    taken: dict[str, list[float]] = defaultdict(list)
    for member, opened_at, decided_at in rows:
        if opened_at is None:
            continue
        taken[member].append(max((decided_at - opened_at).total_seconds() / 3600, 0.0))
    people = Member.objects.select_related("user").in_bulk(list(taken))
    found = [
        DecisionTimes(people[member], len(hours), rank_of(hours, 50), rank_of(hours, 90))
        for member, hours in taken.items()
    ]
    return sorted(found, key=lambda times: (-times.median, times.member.user.name))


def rank_of(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile: the smallest value that ``percent`` of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1]


def list_only_approvers(actor: Actor) -> list[tuple[Member, int]]:
    """Members without whom open steps would have nobody, with how many hang on them."""
    alone: dict[str, int] = defaultdict(int)
    asked: dict[str, set[str]] = defaultdict(set)
    rows = StepAssignment.objects.filter(
        _in_reach(actor, "requisition__"),
        is_open=True,
        step__status=Step.Status.PENDING,
        member__status=Member.Status.ACTIVE,
    ).values_list("step_id", "member_id")
    for step, member in rows:
        asked[step].add(member)
    for members in asked.values():
        if len(members) == 1:
            alone[next(iter(members))] += 1
    people = Member.objects.select_related("user").in_bulk(list(alone))
    found = [(people[member], count) for member, count in alone.items()]
    return sorted(found, key=lambda one: (-one[1], one[0].user.name))


def list_gaps(actor: Actor, *, now: datetime, days: int = 14) -> list[Gap]:
    """Absences of the next days of people who approve, without anybody here who stands in."""
    until = now + timedelta(days=days)
    asked = StepAssignment.objects.filter(
        member=OuterRef("member"), step__opened_at__gte=now - timedelta(days=90)
    )
    approves = Q(member__role_grants__role__permissions__icontains='"order.approve"')
    absences = list(
        Absence.objects.filter(
            _members_in_reach(actor),
            starts_at__lt=until,
            ends_at__gt=now,
            member__status=Member.Status.ACTIVE,
        )
        .filter(approves | Exists(asked))
        .select_related("member__user")
        .distinct()
        .order_by("starts_at", "id")
    )
    delegations = _delegations_of([absence.member_id for absence in absences], now, until)
    away = _absences_of([one.delegate_id for found in delegations.values() for one in found])
    gaps = []
    for absence in absences:
        deputies = [one for one in delegations.get(absence.member_id, []) if _overlap(one, absence)]
        if all(_is_away(one.delegate_id, absence, away) for one in deputies):
            names = tuple(one.delegate.user.name for one in deputies)
            gaps.append(Gap(absence.member, absence.starts_at, absence.ends_at, names))
    return gaps


def _in_reach(actor: Actor, to_requisition: str) -> Q:
    paths = actor.paths_of(COMPANY_MANAGE)
    reach = Q(pk=None)
    for path in paths:
        reach |= Q((f"{to_requisition}unit__path__startswith", path))
    return Q((f"{to_requisition}company_id", actor.company_id)) & reach


def _members_in_reach(actor: Actor) -> Q:
    reach = Q(pk=None)
    for path in actor.paths_of(COMPANY_MANAGE):
        reach |= Q(member__unit__path__startswith=path)
    return Q(member__company_id=actor.company_id) & reach


def _delegations_of(
    members: Iterable[str], now: datetime, until: datetime
) -> Mapping[str, list[Delegation]]:
    found: dict[str, list[Delegation]] = defaultdict(list)
    rows = Delegation.objects.filter(
        principal_id__in=list(members),
        revoked_at=None,
        starts_at__lt=until,
        ends_at__gt=now,
        delegate__status=Member.Status.ACTIVE,
    ).select_related("delegate__user")
    for row in rows.order_by("id"):
        found[row.principal_id].append(row)
    return found


def _absences_of(members: Iterable[str]) -> Mapping[str, list[Absence]]:
    found: dict[str, list[Absence]] = defaultdict(list)
    for row in Absence.objects.filter(member_id__in=list(members), ends_at__gt=F("starts_at")):
        found[row.member_id].append(row)
    return found


def _overlap(one: Delegation | Absence, other: Absence) -> bool:
    return one.starts_at < other.ends_at and one.ends_at > other.starts_at


def _is_away(member: str, absence: Absence, away: Mapping[str, list[Absence]]) -> bool:
    return any(_overlap(one, absence) for one in away.get(member, []))

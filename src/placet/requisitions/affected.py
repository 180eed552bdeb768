"""Which open purchases a change of the organisation is about."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from placet.companies.models import Absence, Company, Member
from placet.requisitions.models import Requisition, Step, StepAssignment

UNDECIDED = (Step.Status.WAITING, Step.Status.PENDING)


def list_asking(*member_ids: str) -> QuerySet[Requisition]:
    """Those with an open step where one of these members is asked, or stands for one who is."""
    rows = StepAssignment.objects.filter(
        Q(member_id__in=member_ids) | Q(principal_id__in=member_ids), step__status__in=UNDECIDED
    )
    return _pending().filter(pk__in=rows.values("requisition_id"))


def list_moved_by(member: Member, *, now: datetime) -> QuerySet[Requisition]:
    """Those whose people hang on whether this member is there.

    Where they are asked, and wherever somebody is asked in another's place already: who comes back
    may be nearer than whoever was found then.
    """
    undecided = StepAssignment.objects.filter(step__status__in=UNDECIDED)
    away = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now).values("member_id")
    rows = undecided.filter(
        Q(member=member) | Q(principal=member) | Q(member_id__in=away) | ~Q(step__restaffed=None)
    )
    near = list_undecided(member.company).order_by()
    mine = list_asking(member.pk).order_by()
    return (near.filter(pk__in=rows.values("requisition_id")) | mine).order_by("id")


def list_undecided(company: Company, unit_path: str = "") -> QuerySet[Requisition]:
    """Those of a company, or of a unit and below; for the merchant those that wait for its side."""
    if company.kind == Company.Kind.MERCHANT:
        steps = Step.objects.filter(side="merchant", status__in=UNDECIDED)
        return _pending().filter(pk__in=steps.values("requisition_id"))
    return _pending().filter(company=company, unit__path__startswith=unit_path)


def _pending() -> QuerySet[Requisition]:
    return Requisition.objects.filter(status=Requisition.Status.PENDING).order_by("id")

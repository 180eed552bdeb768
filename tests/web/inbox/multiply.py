"""The same requisition many times over, written at once: rows for lists, not for deciding."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model, OuterRef, Subquery

from placet.core import ids
from placet.requisitions.models import Requisition, Revision, RevisionLine, Step, StepAssignment


def multiply(requisition: Requisition, times: int) -> None:
    """Make ``times`` copies with their revision, lines, steps and who is asked."""
    before = Requisition.objects.count()
    models = (Requisition, Revision, RevisionLine, Step, StepAssignment)
    made: dict[Any, list[Any]] = {model: [] for model in models}
    for number in range(times):
        _copy_of(requisition, before + number, made)
    for model, rows in made.items():
        model.objects.bulk_create(rows, batch_size=500)
    Requisition.objects.filter(revision=None).update(revision_id=_own_revision())


def _copy_of(requisition: Requisition, number: int, made: dict[Any, list[Any]]) -> None:
    revision = requisition.revision
    assert revision is not None
    later = timedelta(minutes=number)
    key, revised = ids.new_id("req"), ids.new_id("rev")
    total = requisition.total_minor + number % 7
    made[Requisition].append(
        _copy(
            requisition,
            pk=key,
            number=f"REQ-{number + 1}",
            cart_id="",
            revision_id=None,
            total_minor=total,
            submitted_at=requisition.submitted_at + later,
        )
    )
    made[Revision].append(_copy(revision, pk=revised, requisition_id=key))
    made[RevisionLine] += [_copy(one, pk=None, revision_id=revised) for one in revision.lines.all()]
    for step in revision.steps.all():
        asked = ids.new_id("stp")
        here = {"requisition_id": key, "step_id": asked}
        made[Step].append(_copy(step, pk=asked, requisition_id=key, revision_id=revised))
        made[StepAssignment] += [
            _copy(one, pk=None, due_at=one.due_at and one.due_at + later, total_minor=total, **here)
            for one in step.assignments.all()
        ]


def _own_revision() -> Subquery:
    return Subquery(Revision.objects.filter(requisition=OuterRef("pk")).values("pk")[:1])


def _copy(row: Model, **values: Any) -> Any:
    names = {field.attname for field in row._meta.concrete_fields}
    fields = {name: getattr(row, name) for name in names}
    key = values.pop("pk")
    fields[row._meta.pk.attname] = key
    return type(row)(**{**fields, **values})

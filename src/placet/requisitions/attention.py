"""What an approver should look at before deciding: one set of conditions for rows and filters.

Each sign is a condition on rows of the inbox, so that the database marks the rows of a page, finds
the rows with a sign, and leaves the rows with any of them out of a bulk approval:

- ``changed``: the content is another one than the approver looked at, or decided about, last;
- ``over``: a budget that this purchase draws on has less than is committed and reserved;
- ``dearer``: a line costs more than ``DEARER_PERCENT`` above the last price paid;
- ``first``: a line of ``FIRST_TIME_FROM_MINOR`` or more was never bought before;
- ``again``: the same requester asked for one of these products in another purchase of the
  ``AGAIN_DAYS`` days before, which waits or was ordered: a double, or one that was split;
- ``question``: somebody was named in a conversation that is not resolved, and nobody answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from placet.budgets.models import Budget, Reservation
from placet.companies.permissions import BUDGET_VIEW
from placet.core.actor import Actor
from placet.requisitions.models import (
    Decision,
    Requisition,
    RevisionLine,
    RevisionSeen,
    StepAssignment,
)
from placet.requisitions.permissions import UNDECIDED
from placet.threads.models import Comment, Mention

DEARER_PERCENT: Final = 5
FIRST_TIME_FROM_MINOR: Final = 100_000
"""A line that is new to the company is worth a look from this amount on, in minor units."""
AGAIN_DAYS: Final = 7
SIGNS: Final = ("changed", "over", "dearer", "first", "again", "question")

DEARER = Q(unit_price_minor__gt=F("last_paid_minor") * (100 + DEARER_PERCENT) / 100)
FIRST = Q(last_paid_minor__isnull=True, total_minor__gte=FIRST_TIME_FROM_MINOR)
_ALIVE = (*UNDECIDED, Requisition.Status.ORDERED)


def sign_conditions(actor: Actor) -> Mapping[str, Q]:
    """The condition of each sign on rows of the actor's inbox; budgets for who may see them.

    The supplier's people see neither budgets nor conversations nor other purchases.
    """
    lines = RevisionLine.objects.filter(revision_id=OuterRef("step__revision_id"))
    found = {
        "changed": _changed(actor),
        "dearer": Q(Exists(lines.filter(DEARER))),
        "first": Q(Exists(lines.filter(FIRST))),
    }
    if actor.is_merchant:
        return found
    found["again"] = Q(Exists(_asked_again()))
    found["question"] = Q(Exists(_questions()))
    if actor.holds_anywhere(BUDGET_VIEW):
        found["over"] = Q(Exists(_overdrawn(actor)))
    return found


def with_sign(rows: QuerySet[StepAssignment], sign: str, actor: Actor) -> QuerySet[StepAssignment]:
    """The rows that have a sign, or, for ``none``, no sign at all."""
    conditions = sign_conditions(actor)
    if sign == "none":
        for condition in conditions.values():
            rows = rows.exclude(condition)
        return rows
    return rows.filter(conditions[sign]) if sign in conditions else rows


def list_signs(actor: Actor, rows: Sequence[StepAssignment]) -> Mapping[str, Mapping[str, object]]:
    """By step: each sign with whether it holds, and ``other``, the revision that ``again`` means.

    One query for all rows of a page.
    """
    conditions = sign_conditions(actor)
    marked = StepAssignment.objects.filter(pk__in=[row.pk for row in rows])
    other = _asked_again().order_by("-submitted_at").values("revision_id")[:1]
    annotated = marked.annotate(other=Subquery(other), **dict(conditions))
    return {row["step_id"]: row for row in annotated.values("step_id", "other", *conditions)}


def _changed(actor: Actor) -> Q:
    """Another revision than the one last seen; for who never looked, than the last decided."""
    here, now = OuterRef("requisition_id"), OuterRef("step__revision_id")
    seen = RevisionSeen.objects.filter(requisition_id=here, member_id=actor.member_id)
    decided = Decision.objects.filter(step__requisition_id=here, member_id=actor.member_id)
    return Q(Exists(seen.exclude(revision_id=now))) | (
        ~Q(Exists(seen)) & Q(Exists(decided.exclude(revision_id=now)))
    )


def _overdrawn(actor: Actor) -> QuerySet[Reservation]:
    return Reservation.objects.filter(
        requisition_id=OuterRef("requisition_id"),
        revision_id=OuterRef("step__revision_id"),
        status=Reservation.Status.OPEN,
        budget__company_id=actor.company_id,
        budget__account=Budget.Account.BUDGET,
        budget__amount_minor__lt=F("budget__committed_minor") + F("budget__reserved_minor"),
    )


def _asked_again() -> QuerySet[Requisition]:
    """The requester's other purchases shortly before with a product that stands here too."""
    here = RevisionLine.objects.filter(revision_id=OuterRef(OuterRef("step__revision_id")))
    submitted_at = OuterRef("requisition__submitted_at")
    return Requisition.objects.filter(
        revision__lines__product_id__in=here.exclude(product_id="").values("product_id"),
        requester_id=OuterRef("requisition__requester_id"),
        submitted_at__gt=submitted_at - timedelta(days=AGAIN_DAYS),
        submitted_at__lte=submitted_at,
        status__in=_ALIVE,
    ).exclude(pk=OuterRef("requisition_id"))


def _questions() -> QuerySet[Comment]:
    """The last words of open conversations about it, where they name somebody."""
    of_lines = RevisionLine.objects.filter(
        revision_id=OuterRef(OuterRef("step__revision_id")), thread__isnull=False
    )
    later = Comment.objects.filter(
        thread_id=OuterRef("thread_id"), created_at__gt=OuterRef("created_at")
    )
    return Comment.objects.filter(
        Q(thread_id=OuterRef("requisition__thread_id"))
        | Q(thread_id__in=of_lines.values("thread")),
        Exists(Mention.objects.filter(comment_id=OuterRef("pk"))),
        ~Exists(later),
        thread__resolved_at=None,
    )

"""Requisitions within reach, the inbox, and what the merchant may see of an open one."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import ORDER_FROM_SHOP, ORDER_PROCESS
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.requisitions.models import (
    CarryOver,
    Decision,
    Referral,
    Requisition,
    Revision,
    Step,
    StepAssignment,
)
from placet.requisitions.permissions import UNDECIDED

MOST_COUNTED = 1000
"""Lists tell no higher number of rows: beyond it they say "1,000+"."""


def list_requisitions(actor: Actor) -> QuerySet[Requisition]:
    """Newest first, within the actor's reach."""
    return _newest_first(Requisition.objects.filter(_within_reach(actor)))


def _newest_first(rows: QuerySet[Requisition]) -> QuerySet[Requisition]:
    rows = rows.select_related("company", "unit", "requester__user", "revision")
    return rows.order_by("-submitted_at", "-id")


def get_requisition(actor: Actor, key: str) -> Requisition:
    """One requisition by id or number; ``NotFound`` outside the actor's reach.

    Numbers repeat from company to company, so the merchant's people name it by its id.
    """
    named = Q(pk=key) if actor.is_merchant else Q(pk=key) | Q(number=key)
    found = list_requisitions(actor).filter(named).first()
    if found is None:
        raise NotFound(_("There is no such requisition."))
    return found


def list_awaiting_customers(actor: Actor) -> QuerySet[Requisition]:
    """For the merchant: what companies still have to approve; it is not an order yet."""
    if not (actor.is_merchant and actor.holds("order.process")):
        return Requisition.objects.none()
    return (
        Requisition.objects.filter(in_scope(actor), status__in=UNDECIDED)
        .select_related("company", "requester__user", "revision")
        .order_by("-submitted_at", "-id")
    )


def list_inbox(actor: Actor) -> QuerySet[StepAssignment]:
    """What the actor is asked to decide now, the first due first; one row a step.

    Who is asked for two others at one step is asked once.
    """
    twin = StepAssignment.objects.filter(
        member_id=actor.member_id, is_open=True, step_id=OuterRef("step_id"), pk__lt=OuterRef("pk")
    )
    rows = _assignments(actor).filter(~Exists(twin), is_open=True)
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def count_inbox(actor: Actor) -> int:
    """How much waits for the actor, counted no further than one beyond ``MOST_COUNTED``.

    The navigation, the home page and the inbox all tell this number.
    """
    return list_inbox(actor).order_by()[: MOST_COUNTED + 1].count()


def list_delegated(actor: Actor) -> QuerySet[StepAssignment]:
    """What the actor is asked to decide in somebody else's place; a part of the inbox."""
    return list_inbox(actor).exclude(principal=None)


def list_decided(actor: Actor) -> QuerySet[StepAssignment]:
    """What the actor has answered, newest first."""
    return _assignments(actor).exclude(decided_at=None).order_by("-decided_at", "-id")


def list_waiting_on_others(actor: Actor) -> QuerySet[Requisition]:
    """The actor's own purchases that wait for somebody else."""
    # What is one's own is within reach, and nobody else's is asked for: an index has these rows.
    own = Requisition.objects.filter(requester_id=actor.member_id, status__in=UNDECIDED)
    return _newest_first(own)


def _assignments(actor: Actor) -> QuerySet[StepAssignment]:
    return StepAssignment.objects.filter(member_id=actor.member_id).select_related(
        "step__revision",
        "principal__user",
        "requisition__requester__user",
        "requisition__revision",
        "requisition__company",
    )


def list_steps(revision: Revision) -> list[Step]:
    """The steps of a revision as they are asked, with people, decisions and what carried over."""
    return list(
        revision.steps.prefetch_related(
            Prefetch(
                "assignments",
                StepAssignment.objects.select_related("member__user", "principal__user").order_by(
                    "id"
                ),
            ),
            Prefetch(
                "decisions",
                Decision.objects.select_related("member__user", "principal__user", "outcome")
                .prefetch_related("lines")
                .order_by("created_at", "id"),
            ),
            Prefetch(
                "carry_overs",
                CarryOver.objects.select_related(
                    "decision__member__user",
                    "decision__principal__user",
                    "decision__revision__requisition",
                ).order_by("created_at", "id"),
            ),
            Prefetch(
                "referrals",
                Referral.objects.select_related("member__user", "to__user").order_by(
                    "created_at", "id"
                ),
            ),
        ).order_by("position")
    )


def find_revision(requisition: Requisition, number: int) -> Revision | None:
    """A revision before the current one by its number."""
    rows = requisition.revisions.exclude(pk=requisition.revision_id)
    return rows.filter(number=number).first()


def get_step(actor: Actor, step_id: str) -> Step:
    """One step of a requisition within the actor's reach."""
    found = (
        Step.objects.filter(pk=step_id, requisition__in=list_requisitions(actor).order_by())
        .select_related(
            "requisition__company",
            "requisition__requester__user",
            "requisition__unit",
            "requisition__revision",
            "revision",
        )
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such step."))
    return found


def list_decisions(requisition: Requisition) -> QuerySet[Decision]:
    """Every decision about a requisition with what became of it, oldest first."""
    return (
        Decision.objects.filter(step__requisition=requisition)
        .select_related("member__user", "principal__user", "outcome", "step", "revision")
        .order_by("created_at", "id")
    )


def _within_reach(actor: Actor) -> Q:
    """The requisitions that an actor may see.

    Their own, those that they submitted or were asked to decide, and with ``purchase.view_all``
    those of the units. The merchant sees the open ones of its customers, and all that its own shop
    sent in, without what is the buyer's own.
    """
    if actor.is_merchant:
        reach = Q(pk=None)
        if actor.holds(ORDER_PROCESS):
            reach = (Q(status__in=UNDECIDED) & in_scope(actor)) | _asked(actor)
        if actor.holds(ORDER_FROM_SHOP):
            reach |= Q(is_from_shop=True) & in_scope(actor)
        return reach
    mine = Q(requester_id=actor.member_id) | Q(revision__submitted_by_id=actor.member_id)
    reach = mine | _asked(actor)
    for path in actor.paths_of("purchase.view_all"):
        reach |= Q(unit__path__startswith=path)
    return Q(company_id=actor.company_id) & reach


def _asked(actor: Actor) -> Q:
    """Where the actor was ever asked; by a subquery, so that nothing is listed twice.

    Whoever handed on their seat is not asked any more and still sees what becomes of it.
    """
    # Asked of each row that is looked at: the list of all that somebody was ever asked grows.
    rows = StepAssignment.objects.filter(requisition=OuterRef("pk"), member_id=actor.member_id)
    referrals = Referral.objects.filter(step__requisition=OuterRef("pk"), member_id=actor.member_id)
    return Q(Exists(rows)) | Q(Exists(referrals))

"""Documents about deciding: what an answer would lead to, suggestions, who was asked by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Fault, Money, Person, money, person
from placet.api.schemas.requisition import DecisionShown
from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.plans.describe import describe_plan
from placet.requisitions import models
from placet.requisitions.fates import Fate, list_fates
from placet.requisitions.next_revision import NextRevision


class FateShown(Answer):
    """What becomes of one approval: kept, reset (``code`` says why), new or gone.

    ``text`` goes on after ``who`` and makes a sentence with it.
    """

    fate: str
    who: str
    text: str
    code: str
    decision: str | None
    step: str | None


class RevisionPreview(Answer):
    """The next revision as it would be; ``plan_hash`` is what accepting it names.

    ``blocked`` says why it could not be ordered like this. ``counts`` is whether the caller's own
    approval counts for what is left.
    """

    object: Literal["revision_preview"] = "revision_preview"
    requisition: str
    plan_hash: str
    total_before: Money
    total: Money
    kept: list[FateShown]
    reset: list[FateShown]
    new: list[FateShown]
    blocked: list[str]
    warnings: list[str]
    counts: bool


class SuggestionShown(Answer):
    """Another quantity of ``line``, or ``sku`` in its place; line 0 is one more product."""

    object: Literal["suggestion"] = "suggestion"
    id: str
    created_at: datetime
    requisition: str
    revision: str
    step: str | None
    member: Person
    line: int
    quantity: int
    sku: str | None
    note: str
    status: str
    answered_at: datetime | None


class ReferralShown(Answer):
    """A colleague asked ``to`` at a step: in their place (forwarded), or in addition (added)."""

    object: Literal["referral"] = "referral"
    id: str
    created_at: datetime
    requisition: str
    step: str
    kind: str
    member: Person
    to: Person
    note: str


class RowResult(Answer):
    """What became of one row: its decision, or why it was refused."""

    step: str
    decision: DecisionShown | None
    refusal: Fault | None


def show_preview(
    requisition: models.Requisition,
    following: NextRevision,
    actor: Actor,
    *,
    counts: bool,
    now: datetime,
) -> RevisionPreview:
    """A revision that is not written, for whoever would make it."""
    plan = following.planned.plan
    described = describe_plan(
        plan._replace(steps=tuple(one.step for one in following.steps)),
        company_id=requisition.company_id,
        reader_is_merchant=actor.is_merchant,
        language=actor.language,
        time_zone=requisition.company.time_zone,
        now=now,
    )
    by_key = {one.key: one for one in described.steps}
    fates = list_fates(following.carried, by_key, following.content, reader=actor)
    content = following.content
    return RevisionPreview(
        requisition=requisition.pk,
        plan_hash=following.planned.hash,
        total_before=money(requisition.total_minor, requisition.currency),
        total=money(content.net_minor, content.currency),
        kept=[_fate(one) for one in fates if one.fate == "kept"],
        reset=[_fate(one) for one in fates if one.fate in ("reset", "gone")],
        new=[_fate(one) for one in fates if one.fate == "new"],
        blocked=[one.sentence for one in described.blocked],
        warnings=[one.message or one.sentence for one in described.warnings],
        counts=counts,
    )


def show_suggestions(suggestions: Sequence[models.Suggestion]) -> list[SuggestionShown]:
    """Suggestions with their members loaded."""
    products = Product.objects.in_bulk([one.product_id for one in suggestions if one.product_id])
    return [
        SuggestionShown(
            id=one.pk,
            created_at=one.created_at,
            requisition=one.requisition_id,
            revision=one.revision_id,
            step=one.step_id,
            member=person(one.member),
            line=one.line_number,
            quantity=one.quantity,
            sku=products[one.product_id].sku if one.product_id in products else None,
            note=one.note,
            status=one.status,
            answered_at=one.answered_at,
        )
        for one in suggestions
    ]


def show_referral(referral: models.Referral) -> ReferralShown:
    """A referral with its step and people loaded."""
    return ReferralShown(
        id=referral.pk,
        created_at=referral.created_at,
        requisition=referral.step.requisition_id,
        step=referral.step_id,
        kind=referral.kind,
        member=person(referral.member),
        to=person(referral.to),
        note=referral.note,
    )


def _fate(fate: Fate) -> FateShown:
    return FateShown(
        fate=fate.fate,
        who=fate.who,
        text=fate.text,
        code=fate.code,
        decision=fate.decision or None,
        step=fate.step or None,
    )

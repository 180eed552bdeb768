"""A plan in words, for screen, mail and API alike: who, why, in which order, by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.core.formats import money_text
from placet.plans.describe_ways_out import WayOutDescription, describe_ways_out
from placet.plans.due import due_in_order, load_times
from placet.plans.names import load_names
from placet.plans.ways_out import WaysOut
from placet.policy.explain import Speaker
from placet.policy.plan import (
    Approver,
    Blocked,
    BudgetEffect,
    Label,
    NearMiss,
    Plan,
    PlanStep,
    Reason,
)


class ReasonSentence(NamedTuple):
    """Why a step is needed, and the lines that cause it; ``message`` is the rule's own, if any."""

    sentence: str
    lines: tuple[int, ...]
    rulebook: str
    version: int
    rule: str
    message: str = ""


class PersonDescription(NamedTuple):
    """Somebody who may decide; ``deputy`` decides for them while they are away."""

    member: str
    name: str
    is_away: bool
    deputy_member: str
    deputy: str


class StepDescription(NamedTuple):
    """A step as people read it: ``who`` in bold, ``detail`` beside it.

    ``asked_before`` names the only person of the step where an earlier step asks them too: they are
    asked once, and their answer counts for each.
    """

    key: str
    number: int
    side: str
    rank: int
    who: str
    detail: str
    needed: int
    people: tuple[PersonDescription, ...]
    reasons: tuple[ReasonSentence, ...]
    lines: tuple[int, ...]
    due_at: datetime
    way_taken: str
    next_in_line: tuple[str, ...]
    asked_before: str = ""


class NearMissDescription(NamedTuple):
    """A rule that did not match; ``gap`` is the distance in words, ``who`` would be asked."""

    who: str
    sentence: str
    gap: str
    gap_minor: int | None
    currency: str
    rule: str


class BlockDescription(NamedTuple):
    """Why it cannot be ordered, and what could be done instead."""

    sentence: str
    ways_out: tuple[str, ...]
    lines: tuple[int, ...]


class PlanDescription(NamedTuple):
    """Everything that a person is told about a plan."""

    outcome: str
    plan_hash: str
    steps: tuple[StepDescription, ...]
    near_misses: tuple[NearMissDescription, ...]
    budgets: tuple[BudgetEffect, ...]
    warnings: tuple[ReasonSentence, ...]
    blocked: tuple[BlockDescription, ...]
    set_aside: tuple[str, ...]
    needs_justification: bool
    ways_out: tuple[WayOutDescription, ...] = ()

    @property
    def ready_at(self) -> datetime | None:
        """When the last step is due: the supplier has the order by then if all are on time."""
        return max((step.due_at for step in self.steps), default=None)

    @property
    def headline(self) -> str:
        """The verdict in two or three words."""
        if self.outcome == "blocked":
            return _("Cannot be ordered")
        if self.outcome == "free":
            return _("No approval needed")
        count = len(self.steps)
        return ngettext("Needs %(n)d approval", "Needs %(n)d approvals", count) % {"n": count}


def describe_plan(
    plan: Plan,
    near: Sequence[NearMiss] = (),
    *,
    ways: WaysOut | None = None,
    company_id: str,
    reader_is_merchant: bool = False,
    plan_hash: str = "",
    language: str,
    time_zone: str,
    now: datetime,
) -> PlanDescription:
    """The plan for one reader. ``time_zone`` is the company's; steps are due in approvers' hours.

    ``plan_hash`` is what a submission of the content would name (``CartPlan.hash``). With ``ways``
    only those are told that were found to help, and whom one could ask.

    The two sides keep their own: a buyer reads of a merchant's step that the supplier checks, and
    the merchant reads nothing of the company's rules.
    """
    speaker = _speaker(plan, near, company_id, language)
    mine = "merchant" if reader_is_merchant else "buyer"
    steps: list[StepDescription] = []
    asked: frozenset[str] = frozenset()
    due = due_in_order(plan.steps, now, load_times(company_id, plan.steps)) if plan.steps else []
    for number, (step, due_at) in enumerate(zip(plan.steps, due, strict=True), start=1):
        hidden = (step.side == "merchant") != reader_is_merchant
        said = _step(step, number, due_at, speaker, hidden=hidden)
        if not hidden and len(step.users) == 1 and not step.distinct and step.users <= asked:
            said = said._replace(asked_before=step.approvers[0].name)
        asked |= step.users
        steps.append(said)
    return PlanDescription(
        outcome=plan.outcome,
        plan_hash=plan_hash or plan.hash,
        steps=tuple(steps),
        near_misses=tuple(_near(miss, speaker) for miss in near if miss.side == mine),
        budgets=() if reader_is_merchant else plan.budgets,
        warnings=tuple(
            _reason(one.reason, speaker)._replace(message=speaker.text(one.message))
            for one in plan.warnings
            if one.reason.side == mine
        ),
        blocked=tuple(
            _block(block, speaker, hidden=block.reason.side != mine, are_tried=ways is not None)
            for block in plan.blocked
        ),
        set_aside=tuple(
            speaker.reason(one.reason) for one in plan.set_aside if one.reason.side == mine
        ),
        needs_justification=plan.justification_required,
        ways_out=describe_ways_out(
            ways, company_id=company_id, language=language, time_zone=time_zone
        )
        if ways
        else (),
    )


def describe_reasons(
    reasons: Iterable[Reason], *, company_id: str, language: str
) -> tuple[ReasonSentence, ...]:
    """Stored reasons in words."""
    found = tuple(reasons)
    names = load_names(company_id, found, ())
    speaker = Speaker(language, names=names, money=money_text)
    return tuple(_reason(reason, speaker) for reason in found)


def _speaker(plan: Plan, near: Sequence[NearMiss], company_id: str, language: str) -> Speaker:
    reasons = [reason for step in plan.steps for reason in step.reasons]
    reasons += [item.reason for item in (*plan.warnings, *plan.blocked, *plan.set_aside)]
    labels = [step.label for step in plan.steps] + [miss.label for miss in near if miss.label]
    findings = [miss.finding for miss in near]
    names = load_names(company_id, reasons, labels, findings)
    return Speaker(language, names=names, money=money_text)


def _step(
    step: PlanStep, number: int, due_at: datetime, speaker: Speaker, *, hidden: bool
) -> StepDescription:
    people = tuple(_person(approver) for approver in step.approvers)
    if hidden:
        who = _("The supplier") if step.side == "merchant" else _("The customer")
        return StepDescription(
            step.key, number, step.side, step.rank, who, _("is checking"), step.quorum.needed,
            (), (), (), due_at, "", (),
        )  # fmt: skip
    label = speaker.label(label_of(step))
    alone = len(people) == 1
    return StepDescription(
        key=step.key,
        number=number,
        side=step.side,
        rank=step.rank,
        who=people[0].name if alone else label,
        detail=label if alone else quorum_text(step.quorum.needed, len(people)),
        needed=step.quorum.needed,
        people=people,
        reasons=tuple(_reason(reason, speaker) for reason in step.reasons),
        lines=step.lines,
        due_at=due_at,
        way_taken=step.fallback,
        next_in_line=tuple(approver.name for approver in step.escalation),
    )


TRIED: Final = frozenset(
    {"fewer_units", "wait_for_next_period", "remove_lines", "choose_ship_to", "another_cost_centre"}
)
"""Codes of hints that are changes of the cart: told only where one of them was found to help."""


def label_of(step: PlanStep) -> Label:
    """What a step is called. A budget asks its owner: that somebody named them says little."""
    if step.label.code == "members" and all(one.code == "budget" for one in step.reasons):
        return Label("budget_owner", ())
    return step.label


def quorum_text(needed: int, asked: int) -> str:
    """``any 1 of 3``, ``2 of 3``, ``all 3``."""
    if needed >= asked:
        return _("all %(n)d") % {"n": asked}
    if needed == 1:
        return _("any 1 of %(n)d") % {"n": asked}
    return _("%(needed)d of %(n)d") % {"needed": needed, "n": asked}


def _person(approver: Approver) -> PersonDescription:
    deputy = approver.delegate
    return PersonDescription(
        approver.member,
        approver.name,
        approver.away,
        deputy.member if deputy else "",
        deputy.name if deputy else "",
    )


def _reason(reason: Reason, speaker: Speaker) -> ReasonSentence:
    return ReasonSentence(
        speaker.reason(reason), reason.lines, reason.rulebook, reason.version, reason.rule
    )


def _block(block: Blocked, speaker: Speaker, *, hidden: bool, are_tried: bool) -> BlockDescription:
    """Why it cannot be ordered; of the other side's rule only its public message is told.

    Where ways out were tried, a rule's own hint at one of those is not repeated.
    """
    message = speaker.text(block.message)
    if hidden:
        return BlockDescription(message or _("The other side does not take this order."), (), ())
    return BlockDescription(
        message or speaker.reason(block.reason),
        tuple(
            speaker.way_out(code) for code in block.ways_out if not (are_tried and code in TRIED)
        ),
        block.reason.lines,
    )


def _near(miss: NearMiss, speaker: Speaker) -> NearMissDescription:
    money = miss.gap_money
    gap = (
        money_text(money.amount_minor, money.currency, speaker.language)
        if money
        else str(abs(miss.gap))
    )
    said = speaker.finding(miss.finding)
    return NearMissDescription(
        who=speaker.label(miss.label) if miss.label else speaker.text(miss.name),
        sentence=said[:1].upper() + said[1:],
        gap=gap,
        gap_minor=money.amount_minor if money else None,
        currency=money.currency if money else "",
        rule=miss.rule,
    )

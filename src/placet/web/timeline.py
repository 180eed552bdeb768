"""The plan as one list for the pages: before submitting from the plan, after it from the steps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.plans.describe import PlanDescription, ReasonSentence, StepDescription
from placet.requisitions.models import Decision, Referral, Step
from placet.requisitions.sentences import words_of
from placet.requisitions.timeline import StepOnTimeline

# A number of its own: no part of an amount, whose thousands a no-break space may part.
NUMBER = re.compile(r"(?<![\w.,])(?<!\d[\xa0\u202f])\d+(?!\w|[.,\xa0\u202f]\d)")
STATES = {
    Step.Status.WAITING: "later",
    Step.Status.PENDING: "next",
    Step.Status.APPROVED: "done",
    Step.Status.REJECTED: "no",
    Step.Status.VOID: "void",
}


class Part(NamedTuple):
    """A piece of a sentence; ``line`` is the number of the line that it names, or nothing."""

    text: str
    line: int | None = None


class AnswerRow(NamedTuple):
    """What somebody said at a step, as one reader is told; ``who`` is empty for the other side.

    ``revision`` is the number of the revision that it was about where it carried over from there,
    ``earlier`` the number of the earlier occurrence of the schedule whose approval covers this one.
    """

    decision: Decision
    kind: str
    who: str
    at: datetime
    principal: str
    reason: str
    is_lowered: bool = False
    revision: int = 0
    earlier: str = ""


class StepRow(NamedTuple):
    """A step in the list. ``state``: later, next, you, done, no, returned or void."""

    number: int
    state: str
    who: str
    role: str
    people: tuple[str, ...]
    reasons: tuple[tuple[Part, ...], ...]
    lines: tuple[int, ...]
    due_at: datetime | None
    note: str
    answers: tuple[AnswerRow, ...]
    referrals: tuple[Referral, ...] = ()
    is_added: bool = False

    def is_about(self, line: int, line_count: int) -> bool:
        """Whether this line causes the step and not simply all lines together."""
        return line in self.lines and len(self.lines) < line_count

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be said here any more."""
        return self.state in {"done", "no", "returned", "void"}


def rows_of_plan(plan: PlanDescription) -> list[StepRow]:
    """The steps of a plan that nobody has submitted yet; those of the first rank come first."""
    first = (plan.steps[0].side, plan.steps[0].rank) if plan.steps else None
    return [
        _row(step, "next" if (step.side, step.rank) == first else "later", step.due_at, ())
        for step in plan.steps
    ]


def rows_of_steps(steps: Iterable[StepOnTimeline], reader: Actor) -> list[StepRow]:
    """The steps of a revision, with what is told of the answers.

    An answer that may still be undone is shown to nobody but its author.
    """
    return [_row_of_step(step, reader) for step in steps]


def sentence_parts(sentence: str, lines: Iterable[int]) -> tuple[Part, ...]:
    """The sentence cut where it names one of these lines, so that a page can link them.

    Where it begins with the only one ("Line 6 is ..."), the word belongs to the link.
    """
    known = {str(number) for number in lines}
    parts: list[Part] = []
    end = 0
    for found in NUMBER.finditer(sentence):
        if found.group() not in known:
            continue
        before = sentence[end : found.start()]
        if not end and len(known) == 1 and before.count(" ") == 1:
            parts.append(Part(before + found.group(), int(found.group())))
        else:
            parts += [Part(before), Part(found.group(), int(found.group()))]
        end = found.end()
    return tuple(part for part in (*parts, Part(sentence[end:])) if part.text)


def held_answer(steps: Iterable[StepOnTimeline], reader: Actor) -> Decision | None:
    """The reader's own decision that may still be undone."""
    for step in steps:
        for answer in step.answers:
            if answer.member_id == reader.member_id and not hasattr(answer, "outcome"):
                return answer
    return None


def _row_of_step(step: StepOnTimeline, reader: Actor) -> StepRow:
    answers = [_answer(one, step.step, reader) for one in step.answers if _is_told(one, reader)]
    state = STATES[Step.Status(step.step.status)]
    if state == "next" and step.is_mine and not answers:
        state = "you"
    if state == "void" and any(one.kind == Decision.Kind.REQUEST_CHANGES for one in answers):
        state = "returned"
    carried = [_carried(one.decision, step.step, reader) for one in step.carried]
    row = _row(step.description, state, step.due_at, (*carried, *answers))
    return row._replace(referrals=step.referrals, is_added=step.step.added_by_id is not None)


def _is_told(answer: Decision, reader: Actor) -> bool:
    return hasattr(answer, "outcome") or answer.member_id == reader.member_id


def _carried(decision: Decision, step: Step, reader: Actor) -> AnswerRow:
    """An approval of an earlier revision, or of an earlier occurrence of the same schedule."""
    former = decision.revision
    row = _answer(decision, step, reader, former.number)
    if former.requisition_id == step.requisition_id:
        return row
    return row._replace(revision=0, earlier=former.requisition.number)


def _answer(decision: Decision, step: Step, reader: Actor, revision: int = 0) -> AnswerRow:
    """Names of the supplier's people stay with the supplier; the customer's are told with times."""
    is_hidden = step.side == "merchant" and not reader.is_merchant
    return AnswerRow(
        decision=decision,
        kind=decision.kind,
        who="" if is_hidden else decision.member.user.name,
        at=decision.created_at,
        principal=decision.principal.user.name if decision.principal and not is_hidden else "",
        reason=words_of(decision, step, reader),
        is_lowered=not revision and bool(decision.lines.all()),
        revision=revision,
    )


def _row(
    step: StepDescription, state: str, due_at: datetime | None, answers: tuple[AnswerRow, ...]
) -> StepRow:
    return StepRow(
        number=step.number,
        state=state,
        who=step.who[:1].upper() + step.who[1:],
        role="" if step.detail == step.who else step.detail,
        people=tuple(person.name for person in step.people),
        reasons=tuple(_told(reason) for reason in step.reasons),
        lines=step.lines,
        due_at=due_at,
        note=_note(step),
        answers=answers,
    )


def _told(reason: ReasonSentence) -> tuple[Part, ...]:
    return sentence_parts(f"{reason.sentence}.", reason.lines)


def _note(step: StepDescription) -> str:
    """What to know about the people: that they are asked once for several, or are away."""
    if step.asked_before:
        return _("%(person)s is asked once; the answer counts here too") % {
            "person": step.asked_before
        }
    for person in step.people:
        if person.deputy:
            names = {"deputy": person.deputy, "person": person.name}
            if person.is_away:
                return _("%(deputy)s decides while %(person)s is away") % names
            return _("%(deputy)s may decide for %(person)s") % names
        if person.is_away and len(step.people) == 1:
            return _("%(person)s is away") % {"person": person.name}
    return ""

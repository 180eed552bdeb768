"""A requisition as its page tells it: the sentence first, then what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from placet.carts.models import Cart
from placet.companies.models import Member
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.events.models import Event
from placet.events.queries import list_feed
from placet.orders.content import Content, ContentLine, read_content
from placet.orders.queries import find_cancelled_order
from placet.requisitions.earlier_try import EarlierRejection, earlier_rejection
from placet.requisitions.marks import marked_with, spellings_of
from placet.requisitions.models import Decision, Requisition, Revision, RevisionLine
from placet.requisitions.permissions import UNDECIDED, can_withdraw_requisition
from placet.requisitions.placement_words import ProblemInWords, describe_problem
from placet.requisitions.reopening import find_open_edit
from placet.requisitions.timeline import Timeline, read_timeline
from placet.threads.models import Comment, Thread
from placet.threads.queries import list_comments
from placet.web.budgets.page import BudgetState, list_states
from placet.web.feed import FeedRow, list_feed_rows
from placet.web.finding import among, keys_of
from placet.web.requisitions.alternatives import Alternative
from placet.web.requisitions.changes import ChangeRow
from placet.web.requisitions.forms import CANCELLED
from placet.web.requisitions.revisions import RevisionRow, list_revision_rows
from placet.web.timeline import StepRow, held_answer, rows_of_steps


class Conversation(NamedTuple):
    """A thread with what was said in it; ``line`` is the number of the line it belongs to."""

    thread: Thread
    comments: list[Comment]
    line: int


class LineRow(NamedTuple):
    """A frozen line with its last price, the difference to it, and its conversation.

    The decision page adds what the catalog has instead, and what changed since the reader looked.
    """

    line: ContentLine
    difference: float | None
    conversation: Conversation | None
    steps: tuple[StepRow, ...]
    alternatives: tuple[Alternative, ...] = ()
    change: ChangeRow | None = None


class RequisitionPage(NamedTuple):
    """Everything that the pages of a requisition and of a decision show about it."""

    requisition: Requisition
    revision: Revision
    content: Content
    timeline: Timeline
    steps: list[StepRow]
    lines: list[LineRow]
    budgets: list[BudgetState]
    conversations: list[Conversation]
    history: list[FeedRow]
    held: Decision | None
    supplier: str
    may_withdraw: bool
    problem: ProblemInWords | None
    revisions: list[RevisionRow]
    earlier: EarlierRejection | None
    edited: Cart | None

    @property
    def held_until(self) -> date | None:
        """Until when the supplier holds the prices."""
        held = self.content.prices_held_until
        return date.fromisoformat(held) if held else None

    @property
    def comment_count(self) -> int:
        """How much was said in all conversations."""
        return sum(len(conversation.comments) for conversation in self.conversations)


def read_requisition(actor: Actor, requisition: Requisition, *, now: datetime) -> RequisitionPage:
    """The current revision with plan, budgets, conversations and history.

    The number of queries does not depend on lines, steps or people. The supplier's people see
    neither budgets nor conversations nor history.
    """
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    content = read_content(revision.content)
    if actor.is_merchant:
        content = content._replace(justification="")  # Why they buy is the company's own.
    timeline = read_timeline(requisition, reader=actor, now=now)
    steps = rows_of_steps(timeline.steps, actor)
    conversations = [] if actor.is_merchant else list_conversations(actor, requisition, revision)
    supplier = get_merchant().name
    events = list(_list_events(requisition, timeline))
    return RequisitionPage(
        requisition=requisition,
        revision=revision,
        content=content,
        timeline=timeline,
        steps=steps,
        lines=_lines(content, conversations, steps),
        budgets=list_states(actor, [revision.pk])[revision.pk],
        conversations=conversations,
        history=[] if actor.is_merchant else list_feed_rows(events, supplier=supplier)[::-1],
        held=held_answer(timeline.steps, actor),
        supplier=supplier,
        may_withdraw=can_withdraw_requisition(actor, requisition) is None,
        problem=describe_problem(requisition, reader=actor, now=now),
        revisions=list_revision_rows(requisition, events, actor),
        earlier=None if actor.is_merchant else earlier_rejection(requisition),
        edited=None if actor.is_merchant else find_open_edit(requisition),
    )


def filtered_requisitions(
    rows: QuerySet[Requisition], actor: Actor, status: str, whose: str, text: str
) -> QuerySet[Requisition]:
    """The requisitions in this state, of this person, with this text in what they are found by."""
    if status in (CANCELLED, Requisition.Status.ORDERED):
        was = find_cancelled_order()
        rows = rows.filter(was if status == CANCELLED else ~was, status=Requisition.Status.ORDERED)
    elif status:
        rows = rows.filter(status__in=UNDECIDED if status == "open" else [status])
    if whose:
        rows = rows.filter(requester_id=actor.member_id)
    if text:
        rows = with_text(rows, actor, text)
    return rows


def with_text(rows: QuerySet[Requisition], actor: Actor, text: str) -> QuerySet[Requisition]:
    """Those that have this text in what they are found by."""
    own = Q(number__icontains=text) | Q(name__icontains=text) | Q(po_number__icontains=text)
    people = Member.objects.filter(user__name__icontains=text)
    if not actor.is_merchant:
        people = people.filter(company_id=actor.company_id)
    lines = RevisionLine.objects.filter(sku__in=spellings_of(text)).values("revision_id")
    return among(
        rows,
        rows.filter(own),
        rows.filter(requester_id__in=keys_of(people)),
        rows.filter(revision_id__in=lines),
        rows.filter(marked_with(actor, text)),
    )


def difference_of(line: ContentLine) -> float | None:
    """The unit price against the last price paid, as a share: 0.025 is 2.5 % dearer."""
    if not line.last_paid_minor:
        return None
    return (line.unit_price_minor - line.last_paid_minor) / line.last_paid_minor


def _lines(
    content: Content, conversations: Sequence[Conversation], steps: Sequence[StepRow]
) -> list[LineRow]:
    by_line = {conversation.line: conversation for conversation in conversations}
    return [
        LineRow(
            line,
            difference_of(line),
            by_line.get(line.number),
            tuple(step for step in steps if step.is_about(line.number, len(content.lines))),
        )
        for line in content.lines
    ]


def list_conversations(
    actor: Actor, requisition: Requisition, revision: Revision
) -> list[Conversation]:
    """The conversation of the purchase (line 0) and of its lines, in three queries."""
    numbers: dict[str, int] = {
        str(thread_id): number
        for thread_id, number in RevisionLine.objects.filter(
            revision=revision, thread__isnull=False
        ).values_list("thread_id", "number")
    }
    if requisition.thread_id:
        numbers[requisition.thread_id] = 0
    threads = Thread.objects.select_related("resolved_by__user").in_bulk(list(numbers))
    said: Mapping[str, list[Comment]] = list_comments(actor, list(numbers))
    found = [
        Conversation(thread, said[pk], numbers[pk]) for pk, thread in threads.items() if said[pk]
    ]
    return sorted(found, key=lambda conversation: conversation.line)


def _list_events(requisition: Requisition, timeline: Timeline) -> Iterable[Event]:
    order = timeline.order or timeline.changed
    subjects = [requisition.pk, *([order.pk] if order else [])]
    return list_feed(requisition.company_id, subjects)

"""What somebody is asked to decide, and the one gate for deciding it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of, whole_list
from placet.api.schemas.base import Fault, Identifier, ListOf, Wish
from placet.api.schemas.deciding import RevisionPreview, RowResult, show_preview
from placet.api.schemas.requisition import DecisionShown, show_decisions
from placet.api.schemas.step import Assignment, show_assignments
from placet.core.errors import InvalidInput, NotFound, PlacetError
from placet.core.transaction import undoable
from placet.requisitions import models, queries
from placet.requisitions.actions import decide_step as decide
from placet.requisitions.reducing import show_reduction

router = Router(tags=["steps"])
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class StepFilters(Page):
    """Whose steps (only one's own), and whether they wait or were answered."""

    assignee: Annotated[Literal["me"], Field(description="only `me`")] = "me"
    status: Literal["open", "decided"] = "open"


class LineDecision(Wish):
    """What is left of a line, by its number; 0 rejects it."""

    line: Annotated[int, Field(ge=1, le=10**6)]
    quantity: Annotated[int, Field(ge=0, le=10**15)]


class NewDecision(Wish):
    """What the member says about exactly this content.

    Rejecting, requesting changes and lowering lines need a reason. With every line at 0 an approval
    is a rejection.
    """

    decision: Literal["approve", "reject", "request_changes"]
    revision_hash: Hash
    line_decisions: Annotated[list[LineDecision], Field(max_length=500)] = []
    reason: Annotated[str, StringConstraints(max_length=10_000)] = ""


class DecisionOfRow(NewDecision):
    """A decision with the step that it is about."""

    step: Identifier


class NewDecisions(Wish):
    """Several decisions; one that fails stops no other."""

    decisions: Annotated[list[DecisionOfRow], Field(min_length=1, max_length=200)]


class NewReduction(Wish):
    """Lines as they would be lowered."""

    line_decisions: Annotated[list[LineDecision], Field(min_length=1, max_length=500)]


@router.get("/steps", response=ListOf[Assignment])
def list_steps(request: ApiRequest, page: Query[StepFilters]) -> ListOf[Assignment]:
    """The inbox: what the member is asked to decide now, or has decided."""
    listing = queries.list_inbox if page.status == "open" else queries.list_decided
    found = listing(request.actor).order_by("id" if page.status == "open" else "-id")
    return page_of(request, found, page, lambda rows: _show(request, rows))


@router.post("/steps/{step_id}/decisions", response={201: DecisionShown})
def decide_step(request: ApiRequest, step_id: str, body: NewDecision) -> Status[DecisionShown]:
    """Say it; takes effect at once. Another content is a 409 with both hashes."""
    return Status(201, _decide(request, step_id, body))


@router.post("/decisions/bulk", response=ListOf[RowResult])
def decide_steps(request: ApiRequest, body: NewDecisions) -> ListOf[RowResult]:
    """Several at once: each row has its own result, and a refused one undoes no other."""
    return whole_list([_decide_row(request, row) for row in body.decisions])


@router.post("/steps/{step_id}/reductions", response=RevisionPreview)
def preview_reduction(request: ApiRequest, step_id: str, body: NewReduction) -> RevisionPreview:
    """What approving with these quantities would lead to; nothing is decided."""
    step = queries.get_step(request.actor, step_id)
    with _pointing_to(body.line_decisions):
        found = show_reduction(
            step,
            reason="",
            lines=_lines(body.line_decisions),
            actor=request.actor,
            now=request.now,
        )
    if found is None:
        raise InvalidInput("line_decisions", "unchanged", _("No line is lowered, or none is left."))
    return show_preview(
        step.requisition, found.following, request.actor, counts=found.counts, now=request.now
    )


@router.get("/decisions/{decision_id}", response=DecisionShown)
def get_decision(request: ApiRequest, decision_id: str) -> DecisionShown:
    """One decision with what became of it."""
    reach = queries.list_requisitions(request.actor).order_by()
    found = (
        models.Decision.objects.filter(pk=decision_id, step__requisition__in=reach)
        .select_related("member__user", "principal__user", "outcome", "step")
        .first()
    )
    told = show_decisions([found], request.actor) if found else []
    if not told:
        raise NotFound(_("There is no such decision."))
    return told[0]


def _show(request: ApiRequest, rows: Sequence[models.StepAssignment]) -> list[Assignment]:
    return show_assignments(rows, request.actor)


def _decide(request: ApiRequest, step_id: str, body: NewDecision) -> DecisionShown:
    step = queries.get_step(request.actor, step_id)
    with _pointing_to(body.line_decisions):
        made = decide(
            step,
            kind=body.decision,
            content_hash=body.revision_hash,
            reason=body.reason,
            lines=_lines(body.line_decisions),
            actor=request.actor,
            now=request.now,
        )
    return get_decision(request, made.id)


def _decide_row(request: ApiRequest, row: DecisionOfRow) -> RowResult:
    try:
        with undoable():
            return RowResult(step=row.step, decision=_decide(request, row.step, row), refusal=None)
    except PlacetError as error:
        pointer = f"/{error.path}" if isinstance(error, InvalidInput) else ""
        refusal = Fault(pointer=pointer, code=error.code, detail=error.detail)
        return RowResult(step=row.step, decision=None, refusal=refusal)


def _lines(wished: Sequence[LineDecision]) -> dict[int, int]:
    """By number of the line what is left; raises for a line that is named twice."""
    found: dict[int, int] = {}
    for one in wished:
        if one.line in found:
            raise InvalidInput(
                f"lines/{one.line}", "twice", _("Line %(n)d is named twice.") % {"n": one.line}
            )
        found[one.line] = one.quantity
    return found


@contextmanager
def _pointing_to(wished: Sequence[LineDecision]) -> Iterator[None]:
    """Refusals of a line point to where the caller wrote it."""
    try:
        yield
    except InvalidInput as error:
        numbers = [f"lines/{one.line}" for one in wished]
        if error.path in numbers:
            error.path = f"line_decisions/{numbers.index(error.path)}/quantity"
        raise

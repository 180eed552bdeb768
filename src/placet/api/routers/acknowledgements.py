"""Many orders taken over at once: for systems that read and write files."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.routers.steps import Hash
from placet.api.schemas.base import Answer, Wish
from placet.orders.actions.acknowledge_orders import (
    MOST_AT_ONCE,
    REFUSED,
    TAKEN_OVER,
    UNCHANGED,
    Acknowledging,
    acknowledge_orders,
)

router = Router(tags=["orders"])


class OrderTaken(Wish):
    """An order, by id or number, and the number under which the system has it."""

    order: Annotated[str, StringConstraints(max_length=40)]
    erp_number: Annotated[str, StringConstraints(max_length=200)]
    content_hash: Hash | None = None


class NewAcknowledgements(Wish):
    """The rows of a file; each is done by itself."""

    rows: Annotated[list[OrderTaken], Field(min_length=1, max_length=MOST_AT_ONCE)]


class AcknowledgementTried(BaseModel):
    """`dry_run=true` answers what would come of it, and writes nothing."""

    dry_run: bool = False


class OrderTakenAnswer(Answer):
    """What came of a row; a refused one says why."""

    order: str
    erp_number: str
    outcome: Annotated[str, Field(description="`taken_over`, `unchanged` or `refused`")]
    code: str
    detail: str


class AcknowledgementsAnswer(Answer):
    """What came of each row, in their order, and how many of each."""

    object: Literal["acknowledgements"] = "acknowledgements"
    dry_run: bool
    taken_over: int
    unchanged: int
    refused: int
    rows: list[OrderTakenAnswer]


@router.post("/orders/acknowledgements", response={201: AcknowledgementsAnswer})
def acknowledge_orders_at_once(
    request: ApiRequest, body: NewAcknowledgements, tried: Query[AcknowledgementTried]
) -> Status[AcknowledgementsAnswer]:
    """Up to 500 orders with their numbers; what one row refuses stops no other."""
    answers = acknowledge_orders(
        [Acknowledging(row.order, row.erp_number, row.content_hash or "") for row in body.rows],
        actor=request.actor,
        now=request.now,
        is_tried=tried.dry_run,
    )
    outcomes = [one.outcome for one in answers]
    answer = AcknowledgementsAnswer(
        dry_run=tried.dry_run,
        taken_over=outcomes.count(TAKEN_OVER),
        unchanged=outcomes.count(UNCHANGED),
        refused=outcomes.count(REFUSED),
        rows=[
            OrderTakenAnswer(
                order=one.row.order,
                erp_number=one.row.erp_number,
                outcome=one.outcome,
                code=one.code,
                detail=one.sentence,
            )
            for one in answers
        ],
    )
    return Status(201, answer)

"""Where a requisition stands in one sentence that names a person and a time, for every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.formats import instant_text
from placet.orders.models import Order
from placet.plans.describe import StepDescription
from placet.requisitions.models import Decision, Requisition, Step

Status = Requisition.Status


class ToldStep(Protocol):
    """What the sentences read of a step on the timeline."""

    @property
    def step(self) -> Step: ...
    @property
    def description(self) -> StepDescription: ...
    @property
    def answers(self) -> tuple[Decision, ...]: ...
    @property
    def waiting_for(self) -> tuple[str, ...]: ...
    @property
    def due_at(self) -> datetime | None: ...


def status_sentence(
    requisition: Requisition,
    steps: Sequence[ToldStep],
    order: Order | None,
    reader: Actor,
    changed: Order | None = None,
) -> str:
    """Who did what and when, or who is waited for until when.

    ``changed`` is the order that stands while this change of it waits.
    """
    if order is not None:
        return _ordered(order, reader)
    if changed is not None:
        where = _standing(requisition, steps, reader)
        return _("%(order)s is being changed. %(where)s") % {
            "order": changed.number,
            "where": where,
        }
    return _standing(requisition, steps, reader)


def _standing(requisition: Requisition, steps: Sequence[ToldStep], reader: Actor) -> str:
    told = {
        Status.REJECTED: _rejected,
        Status.CHANGES_REQUESTED: _returned,
        Status.EXPIRED: _expired,
        Status.WITHDRAWN: _withdrawn,
        Status.PLACEMENT_FAILED: _not_placed,
    }.get(Status(requisition.status))
    return told(requisition, steps, reader) if told else _waiting(steps, reader)


def is_own_side(step: Step, reader: Actor) -> bool:
    """Whether a step is of the reader's side: the words of the other side stay there."""
    return (step.side == "merchant") == reader.is_merchant


def words_of(decision: Decision, step: Step, reader: Actor) -> str:
    """The reason of a decision for one reader; what the supplier asks to be changed is told too."""
    is_message = decision.kind == Decision.Kind.REQUEST_CHANGES and not reader.is_merchant
    return decision.reason if is_own_side(step, reader) or is_message else ""


def _ordered(order: Order, reader: Actor) -> str:
    values = {
        "order": order.number,
        "when": _when(order.placed_at, reader),
        "erp": order.erp_number,
    }
    if order.status == Order.Status.CANCELLED:
        return _("Ordered as %(order)s on %(when)s, and cancelled since.") % values
    if order.erp_number:
        return _("Ordered as %(order)s on %(when)s; the supplier's number is %(erp)s.") % values
    return _("Ordered as %(order)s on %(when)s. The supplier has not taken it over yet.") % values


def _rejected(requisition: Requisition, steps: Sequence[ToldStep], reader: Actor) -> str:
    found = _last_answer(steps, Decision.Kind.REJECT)
    values = {"when": _ended(requisition, reader)}
    if found is None:
        if reader.is_merchant:
            return _("The customer did not approve it on %(when)s.") % values
        return _("It was rejected on %(when)s.") % values
    decision, step = found
    if not is_own_side(step, reader):
        if reader.is_merchant:
            return _("The customer did not approve it on %(when)s.") % values
        return _("The supplier did not accept it on %(when)s. The budget is free again.") % values
    return _("%(person)s rejected it on %(when)s: %(reason)s") % {
        **values,
        "person": decision.member.user.name,
        "reason": decision.reason,
    }


def _returned(requisition: Requisition, steps: Sequence[ToldStep], reader: Actor) -> str:
    found = _last_answer(steps, Decision.Kind.REQUEST_CHANGES)
    values = {"requester": requisition.requester.user.name}
    if reader.is_merchant or found is None:
        return _("Changes were requested; %(requester)s edits it.") % values
    decision, step = found
    values |= {"when": _when(decision.created_at, reader), "reason": decision.reason}
    if not is_own_side(step, reader):
        return (
            _("The supplier asked for changes on %(when)s: “%(reason)s”. %(requester)s edits it.")
            % values
        )
    values["person"] = decision.member.user.name
    return (
        _("%(person)s asked for changes on %(when)s: “%(reason)s”. %(requester)s edits it.")
        % values
    )


def _expired(requisition: Requisition, steps: Sequence[ToldStep], reader: Actor) -> str:
    values = {"when": _ended(requisition, reader)}
    silent = next((one for one in steps if one.step.opened_at and not one.answers), None)
    if silent is None or reader.is_merchant:
        return _("Nobody decided in time; it expired on %(when)s.") % values
    values["who"] = silent.description.who[:1].upper() + silent.description.who[1:]
    return (
        _("%(who)s did not answer in time; it expired on %(when)s. The budget is free again.")
        % values
    )


def _withdrawn(requisition: Requisition, _steps: Sequence[ToldStep], reader: Actor) -> str:
    return _("%(person)s withdrew it on %(when)s. The budget is free again.") % {
        "person": requisition.requester.user.name,
        "when": _ended(requisition, reader),
    }


def _not_placed(requisition: Requisition, _steps: Sequence[ToldStep], reader: Actor) -> str:
    if reader.is_merchant:
        return _("Approved, but it could not be ordered.")
    return _("Approved, but it could not be ordered. The budget stays reserved.")


def _waiting(steps: Sequence[ToldStep], reader: Actor) -> str:
    now = [one for one in steps if one.step.status == Step.Status.PENDING]
    if not now:
        return _("Approved; the order is being placed.")
    first = now[0]
    people = first.waiting_for
    if not people:
        return _("Answered; it takes effect in a few seconds.")
    values = {"who": people[0] if len(people) == 1 else first.description.who}
    if first.due_at is None:
        return _("Waiting for %(who)s.") % values
    values["when"] = _when(first.due_at, reader)
    return _("Waiting for %(who)s, until %(when)s.") % values


def _last_answer(steps: Sequence[ToldStep], kind: str) -> tuple[Decision, Step] | None:
    found = [
        (answer, one.step)
        for one in steps
        for answer in one.answers
        if answer.kind == kind and hasattr(answer, "outcome")
    ]
    return max(found, key=lambda pair: pair[0].created_at, default=None)


def _ended(requisition: Requisition, reader: Actor) -> str:
    return _when(requisition.ended_at, reader) if requisition.ended_at else ""


def _when(at: datetime, reader: Actor) -> str:
    return instant_text(at, reader.language, reader.time_zone)

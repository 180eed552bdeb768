"""Another quantity, or another product: what an approver suggests, the buyer accepts or not."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.carts.for_sale import product_for_sale
from placet.carts.quantities import refuse_quantity
from placet.catalog.models import Product
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.decide_step import decide_step
from placet.requisitions.gate import enter_step
from placet.requisitions.models import Decision, Requisition, RevisionLine, Step, Suggestion
from placet.requisitions.permissions import can_lower_lines

LONGEST_NOTE = 400


@transaction
def suggest_line(
    step: Step,
    *,
    content_hash: str,
    line: int,
    quantity: int,
    sku: str = "",
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Suggestion:
    """Suggest so many of a line, or ``sku`` in its place; ``line`` 0 is one more product.

    Nothing changes by it: the buyer accepts it and is its author, the approver is not. A second
    suggestion of the same person about the same line takes the place of the first. For those who
    are asked at the step now; raises as ``decide_step`` does, and ``InvalidInput`` for what cannot
    be ordered or would change nothing.
    """
    requisition, fresh, _own = enter_step(step, content_hash, actor=actor, now=now)
    refuse(can_lower_lines(actor, fresh))
    if len(note) > LONGEST_NOTE or "\x00" in note:
        raise InvalidInput("note", "too_long", _("Please write at most 400 letters."))
    product_id = _checked(requisition, line, quantity, sku.strip(), now)
    _take_back_former(requisition, line, product_id, actor, now)
    suggestion = Suggestion.objects.create(
        created_at=now,
        requisition=requisition,
        revision_id=fresh.revision_id,
        step=fresh,
        member_id=actor.member_id,
        line_number=line,
        product_id=product_id,
        quantity=quantity,
        note=note.strip(),
    )
    _record(suggestion, actor=actor, now=now)
    return suggestion


@transaction
def suggest_changes(
    step: Step,
    *,
    content_hash: str,
    line: int,
    quantity: int,
    sku: str = "",
    note: str,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Suggest, and give the purchase back to its buyer in the same go; the note is the reason.

    Raises as ``suggest_line`` and ``decide_step`` do; then neither has happened.
    """
    if not note.strip():
        raise InvalidInput("note", "required", _("Say what should be changed."))
    suggest_line(
        step,
        content_hash=content_hash,
        line=line,
        quantity=quantity,
        sku=sku,
        note=note,
        actor=actor,
        now=now,
    )
    return decide_step(
        step,
        kind=Decision.Kind.REQUEST_CHANGES,
        content_hash=content_hash,
        reason=note,
        actor=actor,
        now=now,
    )


def _checked(requisition: Requisition, line: int, quantity: int, sku: str, now: datetime) -> str:
    """The id of the other product, if it is one; the suggestion can be ordered, and is another."""
    lines = {row.number: row for row in RevisionLine.objects.filter(revision=requisition.revision)}
    if line and line not in lines:
        raise InvalidInput("line", "unknown", _("There is no line %(n)d.") % {"n": line})
    if not line and not sku:
        raise InvalidInput("sku", "required", _("Say which product."))
    if quantity < 1:
        raise InvalidInput("quantity", "positive", _("A quantity is one or more."))
    there = lines.get(line)
    if there is not None and sku in ("", there.sku):
        if quantity == there.quantity:
            raise InvalidInput(
                "quantity",
                "unchanged",
                _("Line %(n)d is %(quantity)d already.") % {"n": line, "quantity": quantity},
            )
        refuse_quantity(Product.objects.get(pk=there.product_id), quantity)
        return ""
    product = product_for_sale(
        requisition.company_id,
        requisition.currency,
        sku,
        requester_id=requisition.requester_id,
        now=now,
    )
    refuse_quantity(product, quantity)
    taken = next((row for row in lines.values() if row.product_id == product.pk), None)
    if taken is not None:
        raise InvalidInput(
            "sku",
            "there_already",
            _("%(sku)s is line %(n)d: suggest another quantity there.")
            % {"sku": product.sku, "n": taken.number},
        )
    return str(product.pk)


def _take_back_former(
    requisition: Requisition, line: int, product_id: str, actor: Actor, now: datetime
) -> None:
    mine = Suggestion.objects.filter(
        requisition=requisition,
        member_id=actor.member_id,
        line_number=line,
        status=Suggestion.Status.OPEN,
    )
    if not line:
        mine = mine.filter(product_id=product_id)
    mine.update(status=Suggestion.Status.VOID, answered_at=now)


def _record(suggestion: Suggestion, *, actor: Actor, now: datetime) -> None:
    record(
        "suggestion.made",
        suggestion.requisition_id,
        actor=actor,
        now=now,
        company_id=suggestion.requisition.company_id,
        private={"note": suggestion.note} if suggestion.note else None,
        requisition=suggestion.requisition_id,
        suggestion=suggestion.pk,
        step=suggestion.step_id,
        revision=suggestion.revision_id,
        line=suggestion.line_number,
        quantity=suggestion.quantity,
        product=suggestion.product_id,
    )

"""The buyer's answer to suggestions: accepted ones make the next revision, in one click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.requisitions.actions.revise_requisition import prepare_revision, put_revision
from placet.requisitions.altered import alter_content
from placet.requisitions.confirming import require_possible, require_shown
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition, Revision, Suggestion
from placet.requisitions.permissions import can_answer_suggestions
from placet.requisitions.submission import (
    require_complete,
    require_justification,
    require_warnings_read,
)
from placet.requisitions.suggesting import (
    SUGGESTED,
    SuggestionOver,
    changes_of,
    choose_suggestions,
)

LONGEST_REASON = 400


@transaction
def accept_suggestions(
    requisition: Requisition,
    *,
    suggestions: Sequence[str],
    plan_hash: str,
    warnings_read: bool = False,
    actor: Actor,
    now: datetime,
) -> Revision:
    """Make the next revision of what is asked for with these suggestions (ids) in it.

    The requester does it and is its author; who suggested is not. ``plan_hash`` is what was shown:
    plan, content, and what is kept, reset and new. Raises ``SuggestionOver``, and what
    ``resubmit_cart`` raises. The other suggestions about the former revision are over then.
    """
    locked = _locked(requisition, actor)
    chosen = choose_suggestions(locked, suggestions)
    cart, priced = alter_content(locked, changes_of(chosen), now=now)
    require_complete(cart, priced)
    following = prepare_revision(
        locked, cart=cart, priced=priced, cause=SUGGESTED, actor=actor, now=now
    )
    require_shown(following, plan_hash)
    require_possible(following)
    require_justification(cart, following.planned)
    require_warnings_read(following.planned, warnings_read)
    for one in chosen:
        _answer(one, Suggestion.Status.ACCEPTED, actor=actor, now=now)
    return put_revision(
        locked, following=following, cause=SUGGESTED, suggestion=chosen[0], actor=actor, now=now
    )


@transaction
def decline_suggestion(
    suggestion: Suggestion, *, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Leave it as it is; the purchase goes on. Raises ``SuggestionOver`` for a second answer."""
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        raise InvalidInput("reason", "too_long", _("Please write at most 400 letters."))
    _locked(suggestion.requisition, actor)
    _answer(suggestion, Suggestion.Status.DECLINED, actor=actor, now=now, reason=reason.strip())


def _locked(requisition: Requisition, actor: Actor) -> Requisition:
    hold_companies(requisition.company_id, actor.company_id, member_id=actor.member_id)
    locked = lock_requisition(requisition.pk)
    refusal = can_answer_suggestions(actor, locked)
    if refusal and refusal.code == "ended":
        raise Conflict(refusal.sentence)
    refuse(refusal)
    return locked


def _answer(
    suggestion: Suggestion, status: str, *, actor: Actor, now: datetime, reason: str = ""
) -> None:
    answered = Suggestion.objects.filter(pk=suggestion.pk, status=Suggestion.Status.OPEN).update(
        status=status, answered_at=now
    )
    if not answered:
        raise SuggestionOver(_("This suggestion is not open any more."))
    record(
        f"suggestion.{status}",
        suggestion.requisition_id,
        actor=actor,
        now=now,
        company_id=actor.company_id,
        private={"reason": reason} if reason else None,
        requisition=suggestion.requisition_id,
        suggestion=suggestion.pk,
        line=suggestion.line_number,
        member=suggestion.member_id,
    )

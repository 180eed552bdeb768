"""Suggestions that wait for the buyer: what accepting them would lead to, and when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.requisitions.altered import Change, alter_content
from placet.requisitions.models import Requisition, RevisionOrigin, Suggestion
from placet.requisitions.next_revision import NextRevision, plan_revision

SUGGESTED = RevisionOrigin.Cause.SUGGESTED


class SuggestionOver(Conflict):
    """The suggestion was answered, or was about an earlier revision."""

    code = "suggestion_over"


def list_suggestions(requisition: Requisition) -> list[Suggestion]:
    """The suggestions about the current revision that nobody has answered, by line."""
    rows = Suggestion.objects.filter(
        requisition=requisition,
        revision=requisition.revision_id,
        status=Suggestion.Status.OPEN,
    )
    return list(rows.select_related("member__user").order_by("line_number", "created_at", "id"))


def choose_suggestions(requisition: Requisition, wanted: Sequence[str]) -> list[Suggestion]:
    """Those of the open suggestions that are named; raises ``SuggestionOver`` for any other.

    Of two about one line the buyer has to choose: ``Conflict``.
    """
    rows = {one.pk: one for one in list_suggestions(requisition)}
    chosen = [rows[key] for key in dict.fromkeys(wanted) if key in rows]
    if not chosen or len(chosen) < len(set(wanted)):
        raise SuggestionOver(_("This suggestion is not open any more."))
    lines = [one.line_number for one in chosen if one.line_number]
    for number in lines:
        if lines.count(number) > 1:
            raise Conflict(
                _("There are several suggestions for line %(n)d: accept one of them.")
                % {"n": number}
            )
    return chosen


def changes_of(suggestions: Sequence[Suggestion]) -> list[Change]:
    """What these suggestions would change, together."""
    products = Product.objects.select_related("category").in_bulk(
        [one.product_id for one in suggestions if one.product_id]
    )
    return [
        Change(one.line_number, one.quantity, products.get(one.product_id)) for one in suggestions
    ]


def preview_suggestions(
    requisition: Requisition, suggestions: Sequence[Suggestion], *, actor: Actor, now: datetime
) -> NextRevision:
    """The revision that accepting these would make: kept, reset and new; writes nothing.

    Raises ``NotForSale`` and ``CannotBePlanned``.
    """
    cart, priced = alter_content(requisition, changes_of(suggestions), now=now)
    return plan_revision(
        requisition, cart=cart, priced=priced, cause=SUGGESTED, actor=actor, now=now
    )


def void_suggestions(requisition: Requisition, *, now: datetime) -> None:
    """What was suggested about a content that is not asked for any more is over."""
    Suggestion.objects.filter(requisition=requisition, status=Suggestion.Status.OPEN).update(
        status=Suggestion.Status.VOID, answered_at=now
    )

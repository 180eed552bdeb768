"""What was just said on the decision page, for the page that comes back: typed, refused, shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from placet.core.errors import Conflict, PlacetError
from placet.requisitions.actions.see_revision import see_revision
from placet.requisitions.models import Step
from placet.requisitions.queries import get_step
from placet.web.decisions.reduction import ReductionShown
from placet.web.inbox.held import list_held
from placet.web.inbox.page import read_decision
from placet.web.shell import PageRequest


class Said(NamedTuple):
    """One form with what was typed into it; ``reduction`` is what it would lead to."""

    name: str
    posted: Mapping[str, Any]
    error: PlacetError | None = None
    reduction: ReductionShown | None = None

    @property
    def sentence(self) -> str:
        """Why it was refused, for beside the form."""
        return self.error.detail if self.error else ""

    @property
    def path(self) -> str:
        """The value that the refusal is about."""
        return str(getattr(self.error, "path", ""))


def show_again(request: PageRequest, step: Step, said: Said) -> HttpResponse:
    """The decision page with one form open, holding what was typed."""
    actor, now = request.actor, request.now
    fresh = get_step(actor, step.pk)
    before = see_revision(fresh.requisition, actor=actor, now=now)
    request.ui.held = list_held(actor, now=now)
    context: dict[str, Any] = {
        "page": read_decision(actor, fresh, before=before, now=now),
        "said": said,
        "error": said.error if isinstance(said.error, Conflict) else None,
        "posted": {},
    }
    status = said.error.status if said.error else 200
    return render(request, "web/inbox/decision.html", context, status=status)

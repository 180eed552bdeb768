"""Trying rules on past purchases."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.rate import spend
from placet.api.schemas.base import Wish
from placet.api.schemas.run import Run, show_run
from placet.api.versions import tag
from placet.companies.permissions import RULE_MANAGE
from placet.core.errors import Forbidden
from placet.plans import back_test
from placet.rulebooks import queries

router = Router(tags=["rulebooks"])
PERMITS = 19
"""A back-test keeps a worker busy: starting one costs as much as twenty calls."""


class NewBackTest(Wish):
    """The text to try, by default the rulebook's draft, and how many days back."""

    document: Annotated[
        dict[str, Any] | None, Field(description="as docs/rulebook.schema.json says")
    ] = None
    days: Annotated[int, Field(ge=1, le=back_test.MOST_DAYS)] = 90


@router.post("/rulebooks/{rulebook_id}/back_tests", response={202: Run})
def start_back_test(request: ApiRequest, rulebook_id: str, body: NewBackTest) -> Status[Run]:
    """Start a run that plans the stored purchases under the rules in force and under this text."""
    if not request.actor.holds_anywhere(RULE_MANAGE):
        raise Forbidden(_("Rules are tried by those who manage them."))
    spend(request.key.id, PERMITS)
    run = back_test.start_back_test(
        queries.get_rulebook(request.actor, rulebook_id),
        document=body.document,
        days=body.days,
        actor=request.actor,
        now=request.now,
    )
    tag(request, run.version)
    return Status(202, show_run(run, request.actor))

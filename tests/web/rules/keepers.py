"""Those who keep rules: sending their forms, and admins of a part of the company."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from placet.companies.models import Member, Role, RoleGrant, Unit
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook, RulebookDraft
from tests.cast import Cast
from tests.web.pages import as_actor


def admin_of(cast: Cast, unit: str, person: str = "anika") -> Actor:
    """The person, who keeps the rules of this unit and below from now on."""
    RoleGrant.objects.create(
        created_at=cast.now,
        member=Member.objects.get(pk=cast.member[person]),
        role=Role.objects.get(company_id=cast.company["meridian"], key="company_admin"),
        unit=Unit.objects.get(pk=cast.unit[unit]),
    )
    return get_actor(user_id=cast.user[person], company_slug="meridian", channel="web")


def second_admin(cast: Cast, person: str = "aron") -> Actor:
    """The person, who administers the whole company beside Ines from now on."""
    RoleGrant.objects.create(
        created_at=cast.now,
        member=Member.objects.get(pk=cast.member[person]),
        role=Role.objects.get(company_id=cast.company["meridian"], key="company_admin"),
        unit=None,
    )
    return get_actor(user_id=cast.user[person], company_slug="meridian", channel="web")


def send(
    actor: Actor, path: str, *, seen: RulebookDraft | Rulebook | None = None, **fields: Any
) -> HttpResponse:
    """Post a form about what was seen: a draft, or the published text of a rulebook."""
    return as_actor(actor).post(
        f"/c/{actor.company_slug}/{path}", {**hidden(seen), **fields}, follow=True
    )


def hidden(seen: RulebookDraft | Rulebook | None) -> dict[str, Any]:
    """The hidden fields of a form."""
    if isinstance(seen, RulebookDraft):
        return {
            "version": seen.version,
            "based_on": seen.based_on.number if seen.based_on else 0,
        }
    number = seen.published.number if seen and seen.published else 0
    return {"version": "", "based_on": number}


def draft_of(rulebook: Rulebook) -> RulebookDraft:
    """The open draft as it stands now."""
    return RulebookDraft.objects.select_related("based_on").get(rulebook=rulebook)


def text_of(answer: HttpResponse) -> str:
    """What the page says."""
    return answer.content.decode()

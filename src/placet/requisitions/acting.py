"""The actor of a decision that takes effect later: who decided, and through which channel."""

from __future__ import annotations

from placet.core.actor import Actor
from placet.requisitions.models import Decision


def decider(decision: Decision) -> Actor:
    """Who is named in the events that a decision causes: its author, without any rights.

    The rights were checked when it was made and are checked again when it is applied.
    """
    member = decision.member
    return Actor(
        channel=decision.channel,  # type: ignore[arg-type]
        company_id=member.company_id,
        company_slug=member.company.slug,
        company_name=member.company.name,
        company_kind=member.company.kind,
        currency=member.company.currency,
        member_id=member.pk,
        user_id=decision.user_id,
        person_user_id=decision.person_user_id,
        name=member.user.name,
        unit_id=member.unit_id,
        unit_path=member.unit.path,
    )

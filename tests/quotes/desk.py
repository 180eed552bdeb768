"""The merchant's desk in a few words: authority, rules about offers, decisions."""

from __future__ import annotations

from datetime import datetime

from placet.companies.models import Limit, RoleGrant
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.quotes.actions import decide_release
from placet.quotes.models import OfferRelease
from placet.rulebooks.actions import start_offer_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import NOW, Cast


def rules_for_offers(cast: Cast) -> Rulebook:
    """The owner begins the rules about what staff may offer."""
    return start_offer_rulebook(actor=cast.odd, now=cast.now)


def authority(
    cast: Cast, who: str, *, discount: int | None = None, margin: int | None = None
) -> Limit:
    """How much somebody may take off, and what has to remain, in basis points."""
    found, _is_new = Limit.objects.update_or_create(
        member_id=cast.member[who],
        use=Limit.Use.AUTHORITY,
        defaults={
            "created_at": cast.now,
            "currency": "EUR",
            "discount_basis_points": discount,
            "margin_basis_points": margin,
        },
    )
    return found


def decide(
    who: Actor,
    release: OfferRelease,
    verdict: str = "release",
    reason: str = "",
    now: datetime = NOW,
) -> OfferRelease:
    """Somebody decides about what they see."""
    return decide_release(
        release,
        verdict=verdict,
        content_hash=release.content_hash,
        reason=reason,
        actor=who,
        now=now,
    )


def give_role(cast: Cast, who: str, role: str) -> None:
    """One of the merchant's people gets a role of its company."""
    RoleGrant.objects.create(
        created_at=cast.now, member_id=cast.member[who], role_id=cast.role[f"norden/{role}"]
    )


def fresh(cast: Cast, who: str) -> Actor:
    """One of the merchant's people with the rights of now."""
    return get_actor(user_id=cast.user[who], company_slug="norden", channel="web")

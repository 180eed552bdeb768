"""Reading offers that wait to be released: the merchant's desk alone, and whoever is asked."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import QUOTE_MANAGE
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.quotes.models import OfferRelease, ReleaseSeat


def list_releases(actor: Actor) -> QuerySet[OfferRelease]:
    """What was asked to be released for the actor's customers, and by them; the last first.

    Offers within their author's authority were never asked about and are no part of it.
    """
    found = OfferRelease.objects.select_related("quote__company", "author__user").order_by(
        "-created_at", "-id"
    )
    if not actor.is_merchant or not actor.holds(QUOTE_MANAGE):
        return found.none()
    asked = ReleaseSeat.objects.filter(member_id=actor.member_id).values("release_id")
    reach = in_scope(actor, "quote__company_id") | Q(pk__in=asked)
    return found.filter(reach, seats__isnull=False).distinct()


def list_waiting_releases(actor: Actor) -> QuerySet[OfferRelease]:
    """Those that wait, the longest first."""
    waiting = list_releases(actor).filter(status=OfferRelease.Status.WAITING)
    return waiting.order_by("created_at", "id")


def list_asked_releases(actor: Actor) -> QuerySet[OfferRelease]:
    """Those that wait for the actor's own answer, whoever's customers they are for."""
    if not actor.is_merchant or not actor.holds(QUOTE_MANAGE):
        return OfferRelease.objects.none()
    asked = ReleaseSeat.objects.filter(member_id=actor.member_id).values("release_id")
    return OfferRelease.objects.filter(status=OfferRelease.Status.WAITING, pk__in=asked).exclude(
        decisions__member_id=actor.member_id
    )


def count_asked_releases(actor: Actor) -> int:
    """How many wait for the actor's own answer; counted to a hundred."""
    return list_asked_releases(actor)[:100].count()


def get_release(actor: Actor, key: str) -> OfferRelease:
    """One of them by id; ``NotFound`` outside reach."""
    found = list_releases(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such release."))
    return found

"""What the merchant offered was within its author's authority, or released by whoever was asked."""

from __future__ import annotations

from collections.abc import Iterator

from placet.events.canonical import sha256
from placet.jobs.verify.finding import Finding
from placet.policy.chain import outcome
from placet.quotes.models import Offer, OfferRelease, Side
from placet.quotes.releasing import chain_with, list_decisions, read_plan
from placet.rulebooks.models import RulebookVersion


def check_releases() -> Iterator[Finding]:
    """Every released offer against its plan and its decisions; every offer against its release."""
    released: set[str] = set()
    for release in OfferRelease.objects.order_by("created_at", "id").iterator():
        fault = _fault_of(release)
        if fault:
            yield Finding("released_wrongly", release.pk, fault)
        if release.status == OfferRelease.Status.RELEASED:
            released.add(release.content_hash)
    yield from _unreleased(released)


def _fault_of(release: OfferRelease) -> str:
    """What contradicts a release; empty where nothing does."""
    if sha256(bytes(release.content)) != release.content_hash:
        return "What was asked to be released has another hash than it says."
    decisions = list_decisions(release)
    if any(one.content_hash != release.content_hash for one in decisions):
        return "Somebody decided about other content."
    stored = read_plan(release)
    if any(one.member.user_id in stored.authors for one in decisions):
        return "Somebody decided about an offer of their own."
    if release.status != OfferRelease.Status.RELEASED:
        return ""
    if stored.plan.outcome == "blocked":
        return "What the rules forbid was released."
    if outcome(chain_with(stored.plan, decisions)) != "approved":
        return "It went out before everybody released it who is asked."
    offer = Offer.objects.filter(quote=release.quote_id, content_hash=release.content_hash)
    return "" if offer.exists() else "It was released, and no such offer was made."


def _unreleased(released: set[str]) -> Iterator[Finding]:
    """Offers of the merchant's since there are rules about them, without a release."""
    rules = RulebookVersion.objects.filter(rulebook__subject="offer").order_by("created_at")
    since = rules.values_list("created_at", flat=True).first()
    if since is None:
        return
    offers = Offer.objects.filter(side=Side.MERCHANT, created_at__gt=since).order_by("pk")
    for offer in offers.select_related("quote").iterator():
        if offer.content_hash not in released:
            yield Finding(
                "offer_not_released",
                offer.pk,
                f"{offer.quote.number} has an offer that nobody asked the merchant's rules about.",
            )

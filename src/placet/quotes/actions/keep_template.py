"""What the merchant often offers is kept, and put into the next offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.queries import get_merchant_day
from placet.companies.refusals import refuse
from placet.companies.terms import checked_code
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.quotes.actions.draft_quote import OfferValues, save_offer_draft
from placet.quotes.drafting import DraftLine, checked_lines, read_stored, stored_lines
from placet.quotes.models import OfferDraft, Quote, QuoteTemplate
from placet.quotes.permissions import can_keep_templates

MOST_DAYS = 365


class TemplateValues(NamedTuple):
    """What a template offers; ``valid_days`` from the day of its use on."""

    lines: Sequence[DraftLine]
    is_whole: bool = True
    terms: str = ""
    valid_days: int | None = None


@transaction
def keep_template(
    name: str, *, currency: str, values: TemplateValues, actor: Actor, now: datetime
) -> QuoteTemplate:
    """Keep an offer under a name, in place of what was kept under it in this currency."""
    refuse(can_keep_templates(actor))
    hold_actor(actor)
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= 120 or not wanted.isprintable():
        raise InvalidInput("name", "length", _("A template has a name of 1 to 120 characters."))
    days = values.valid_days
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise InvalidInput("valid_days", "days", _("An offer holds for 1 to 365 days."))
    lines = checked_lines([line._replace(valid_until=None) for line in values.lines])
    if not lines:
        raise InvalidInput("lines", "no_lines", _("Add a line first."))
    columns = {
        "currency": currency,
        "lines": stored_lines(lines),
        "is_whole": values.is_whole,
        "terms": checked_code(values.terms),
        "valid_days": days,
        "changed_by_id": actor.member_id,
        "changed_at": now,
    }
    template, is_new = QuoteTemplate.objects.get_or_create(
        name=wanted, defaults={"created_at": now, **columns}
    )
    if not is_new:
        if template.currency != currency:
            raise Conflict(
                _("“%(name)s” is a template in %(currency)s: choose another name.")
                % {"name": wanted, "currency": template.currency}
            )
        QuoteTemplate.objects.filter(pk=template.pk).update(version=F("version") + 1, **columns)
        template.refresh_from_db()
    _record("kept", template, actor, now)
    return template


@transaction
def use_template(
    quote: Quote, *, template: QuoteTemplate, actor: Actor, now: datetime
) -> OfferDraft:
    """Draft an offer by a template: its prices for what was asked, and what it has besides.

    The quantities are the buyer's where they asked for the product. Raises ``Conflict`` where the
    template is in another currency, or it is not the merchant's turn.
    """
    refuse(can_keep_templates(actor))
    if template.currency != quote.currency:
        raise Conflict(
            _("The template is in %(template)s, the quote in %(quote)s.")
            % {"template": template.currency, "quote": quote.currency}
        )
    until = None
    if template.valid_days is not None:
        until = get_merchant_day(now) + timedelta(days=template.valid_days)
    values = OfferValues(
        lines=_merged(_asked(quote), [read_stored(line) for line in template.lines]),
        is_whole=template.is_whole,
        valid_until=until,
        terms=template.terms,
    )
    return save_offer_draft(quote, values=values, actor=actor, now=now)


@transaction
def discard_template(template: QuoteTemplate, *, actor: Actor, now: datetime) -> None:
    """Throw a template away; what was offered by it stays."""
    refuse(can_keep_templates(actor))
    hold_actor(actor)
    _record("discarded", template, actor, now)
    QuoteTemplate.objects.filter(pk=template.pk).delete()


def _asked(quote: Quote) -> list[DraftLine]:
    last = quote.offers.order_by("-number").first()
    if last is None:
        return []
    return [
        DraftLine(
            number=line.number,
            sku=line.sku,
            name=line.name,
            quantity=line.quantity,
            unit_price_minor=line.unit_price_minor,
            note=line.note,
        )
        for line in last.lines.order_by("number")
    ]


def _merged(asked: Sequence[DraftLine], kept: Sequence[DraftLine]) -> list[DraftLine]:
    """The asked lines at the template's prices, then what the template has besides."""
    by_sku = {line.sku: line for line in kept if line.sku}
    found = []
    for line in asked:
        offered = by_sku.pop(line.sku, None)
        if offered is not None:
            line = line._replace(
                unit_price_minor=offered.unit_price_minor,
                minimum_quantity=min(offered.minimum_quantity, line.quantity),
                note=offered.note or line.note,
            )
        found.append(line)
    number = max((line.number for line in found), default=0)
    for line in kept:
        if line.sku in by_sku or not line.sku:
            number += 1
            found.append(line._replace(number=number))
    return found


def _record(verb: str, template: QuoteTemplate, actor: Actor, now: datetime) -> None:
    record(
        f"quote_template.{verb}",
        template.pk,
        actor=actor,
        now=now,
        template=template.pk,
        private={"name": template.name},
    )

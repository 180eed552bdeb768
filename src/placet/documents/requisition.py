"""A purchase on paper: what, how much, where to, where it stands, and who said yes to exactly that.

The supplier's people read what they see on screen: no justification, no cost centres, no reasons,
and of the company's own references those that are meant for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from babel.dates import format_date
from django.utils.translation import gettext as _

from placet.companies.models import ReferenceField
from placet.companies.queries import get_merchant
from placet.companies.store import list_contact_lines
from placet.core.actor import Actor
from placet.core.formats import locale_of, money_text
from placet.documents.instants import paper_instant
from placet.documents.lines import line_table
from placet.documents.paper import Block, Column, Fact, Facts, Heading, Paper, Table, Words
from placet.orders.content import Content, Place, read_content
from placet.requisitions.evidence_words import answer_word, state_word
from placet.requisitions.models import Requisition, Revision
from placet.requisitions.sentences import is_own_side
from placet.requisitions.sums import list_sums, rounding_sentence
from placet.requisitions.timeline import StepOnTimeline, Timeline, read_timeline


def requisition_paper(requisition: Requisition, *, reader: Actor, now: datetime) -> Paper:
    """The current revision of a purchase, in the reader's language."""
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    content = read_content(revision.content)
    timeline = read_timeline(requisition, reader=reader, now=now)
    return Paper(
        title=f"{requisition.number} {content.name}",
        subtitle=_("%(company)s, revision %(n)d of %(when)s")
        % {
            "company": requisition.company.name,
            "n": revision.number,
            "when": paper_instant(revision.created_at, reader),
        },
        language=reader.language[:2],
        footer=_("%(number)s, made on %(when)s")
        % {
            "number": requisition.number,
            "when": paper_instant(now, reader),
        },
        page_word=_("Page"),
        imprint=" · ".join(list_contact_lines()),
        blocks=(
            Words(timeline.sentence),
            Facts(tuple(content_facts(requisition.requester.user.name, content, reader))),
            Heading(_("Lines")),
            line_table(content, reader=reader),
            totals_table(content, reader),
            Words(rounding_sentence(content)),
            *_approvals(timeline, revision, reader),
        ),
    )


def content_facts(buyer: str, content: Content, reader: Actor) -> Iterator[Fact]:
    """What a purchase says about itself, as far as the reader's side may read it."""
    yield Fact(_("Requested by"), buyer)
    if content.po_number:
        yield Fact(_("PO reference"), content.po_number)
    fields = ReferenceField.objects.filter(company_id=content.company, key__in=content.references)
    if reader.is_merchant:
        fields = fields.filter(is_for_supplier=True)
    for field in fields.order_by("position", "id"):
        if content.references[field.key]:
            yield Fact(field.name, content.references[field.key])
    if not reader.is_merchant:
        for mark in content.cost_centers:
            yield Fact(_("Cost centre"), f"{mark.code} {mark.name}")
    for place in content.ship_tos:
        yield Fact(_("Ship-to"), _address(place))
    if content.bill_to:
        yield Fact(_("Bill-to"), _address(content.bill_to))
    if content.prices_held_until:
        yield Fact(_("Prices held until"), _day(content.prices_held_until, reader))
    if content.justification and not reader.is_merchant:
        yield Fact(_("Justification"), content.justification)


def _address(place: Place) -> str:
    parts = (place.name, place.street, f"{place.postcode} {place.city}", place.country)
    return ", ".join(part for part in (*parts, place.delivery_note) if part.strip())


def _day(written: str, reader: Actor) -> str:
    return format_date(date.fromisoformat(written), "long", locale=locale_of(reader.language))


def totals_table(content: Content, reader: Actor) -> Block:
    """Goods, discounts, shipping and tax down to what is to be paid."""
    places = {place.id: place.name for place in content.ship_tos}
    return Table(
        (Column("", 1), Column("", 0, is_number=True)),
        tuple(
            (row.words, money_text(row.amount_minor, content.currency, reader.language))
            for row in list_sums(content, places, language=reader.language)
        ),
    )


def _approvals(timeline: Timeline, revision: Revision, reader: Actor) -> Iterator[Block]:
    yield Heading(_("Approvals"))
    if timeline.steps:
        yield Table(
            (Column(_("Who"), 4), Column(_("Answer"), 5), Column(_("Because"), 5)),
            tuple(_step(one, reader) for one in timeline.steps),
        )
    else:
        yield Words(_("Nothing had to be approved."))
    yield Facts((Fact(_("Content hash"), revision.content_hash, is_hash=True),))


def _step(step: StepOnTimeline, reader: Actor) -> tuple[str, ...]:
    own = is_own_side(step.step, reader)
    supplier = get_merchant().name
    said = []
    for answer in (*step.answers, *(one.decision for one in step.carried)):
        is_named = answer.step.side != "merchant" or reader.is_merchant
        who = answer.member.user.name if is_named else supplier
        when = paper_instant(answer.created_at, reader)
        said.append(f"{answer_word(answer)}, {who}, {when}")
    because = [reason.sentence for reason in step.description.reasons] if own else []
    state = state_word(step.step)
    return step.description.who, "\n".join(said) or state, "\n".join(because)

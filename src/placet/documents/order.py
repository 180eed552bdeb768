"""An order on paper, for both sides: what was approved, where it goes, under which numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.store import list_contact_lines
from placet.core.actor import Actor
from placet.documents.instants import paper_instant
from placet.documents.lines import line_table
from placet.documents.paper import Fact, Facts, Heading, Paper, Words
from placet.documents.requisition import content_facts, totals_table
from placet.orders.content import Content, read_content
from placet.orders.models import Order
from placet.requisitions.sums import rounding_sentence


def order_paper(order: Order, *, reader: Actor, now: datetime) -> Paper:
    """The order from the bytes that were approved, in the reader's language."""
    content = read_content(order.content)
    return Paper(
        title=f"{order.number} {content.name}",
        subtitle=_("%(company)s, ordered %(when)s")
        % {"company": order.company.name, "when": paper_instant(order.placed_at, reader)},
        language=reader.language[:2],
        footer=_("%(number)s, made on %(when)s")
        % {"number": order.number, "when": paper_instant(now, reader)},
        page_word=_("Page"),
        imprint=" · ".join(list_contact_lines()),
        blocks=(
            Facts(tuple(_facts(order, content, reader))),
            Heading(_("Lines")),
            line_table(content, reader=reader),
            totals_table(content, reader),
            Words(rounding_sentence(content)),
            Facts((Fact(_("Content hash"), order.content_hash, is_hash=True),)),
        ),
    )


def _facts(order: Order, content: Content, reader: Actor) -> Iterator[Fact]:
    if order.erp_number:
        yield Fact(_("The supplier's number"), order.erp_number)
    yield Fact(_("Requisition"), order.requisition_number)
    yield from content_facts(order.buyer.user.name, content, reader)
    if order.terms:
        yield Fact(_("Payment terms"), order.terms.replace("_", " "))

"""The evidence of a purchase on paper: who, when, by which channel, for whom, which hash.

Made from the same values as the page, and only for the company's own people.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.documents.hashes import chain_blocks, revision_blocks
from placet.documents.instants import paper_instant
from placet.documents.paper import Block, Column, Fact, Facts, Heading, Paper, Table, Words
from placet.plans.describe import describe_reasons
from placet.policy.codec import from_json
from placet.policy.plan import Reason
from placet.requisitions.evidence import Evidence
from placet.requisitions.evidence_words import (
    answer_word,
    carried_sentence,
    channel_word,
    fate_of,
    referral_sentence,
    state_word,
)
from placet.requisitions.models import Decision, Step
from placet.requisitions.sentences import words_of

SHORT_HASH = 16


def evidence_paper(evidence: Evidence, *, reader: Actor, now: datetime) -> Paper:
    """The whole evidence as far as ``reader`` may see it (``evidence_for``), in their language."""
    requisition = evidence.requisition
    supplier = get_merchant().name
    number = requisition.number
    return Paper(
        title=_("Evidence of %(number)s") % {"number": number},
        subtitle=_("“%(name)s”, %(amount)s, requested by %(who)s, %(company)s")
        % {
            "name": requisition.name,
            "amount": money_text(requisition.total_minor, requisition.currency, reader.language),
            "who": requisition.requester.user.name,
            "company": requisition.company.name,
        },
        language=reader.language[:2],
        footer=_("Evidence of %(number)s, made on %(when)s")
        % {"number": number, "when": paper_instant(now, reader)},
        page_word=_("Page"),
        blocks=(
            _verdict(evidence),
            *_order(evidence, reader),
            *_decisions(evidence, reader, supplier),
            *_steps(evidence, reader, supplier),
            *revision_blocks(evidence, reader),
            *chain_blocks(evidence.events, reader, supplier),
            Words(
                _("To prove this again from the rows: placet verify %(number)s --company %(slug)s")
                % {"number": number, "slug": requisition.company.slug},
                is_soft=True,
            ),
        ),
    )


def _verdict(evidence: Evidence) -> Block:
    if evidence.is_intact:
        return Words(_("Every hash was computed again for this paper, and matches."))
    return Words(_("SOMETHING WAS CHANGED: not every hash matches, see below."))


def _order(evidence: Evidence, reader: Actor) -> Iterator[Block]:
    order = evidence.order
    if order is None:
        return
    yield Heading(_("The order"))
    matches = (
        _("exactly what was approved")
        if evidence.order_matches
        else _("DIFFERS from what was approved")
    )
    rows = [
        Fact(_("Number"), order.number),
        Fact(_("Placed"), paper_instant(order.placed_at, reader)),
        Fact(_("Content"), matches),
        Fact(_("Content hash"), order.content_hash, is_hash=True),
    ]
    if order.erp_number:
        rows.insert(1, Fact(_("The supplier's number"), order.erp_number))
    yield Facts(tuple(rows))


def _decisions(evidence: Evidence, reader: Actor, supplier: str) -> Iterator[Block]:
    yield Heading(_("Who decided"))
    if not evidence.decisions:
        yield Words(
            _("Nobody has answered yet.") if evidence.steps else _("Nothing had to be approved.")
        )
    else:
        yield Table(
            (
                Column(_("Person"), 3),
                Column(_("Answer"), 5),
                Column(_("When and how"), 4),
                Column(_("About exactly"), 3, is_hash=True),
            ),
            tuple(_decision(one, reader, supplier) for one in evidence.decisions),
        )
    for one in evidence.carried:
        who = supplier if one.row.step.side == "merchant" else one.row.decision.member.user.name
        yield Words(carried_sentence(one, who=who))
    for referral in evidence.referrals:
        if referral.step.side != "merchant":
            when = paper_instant(referral.created_at, reader)
            note = f" “{referral.note}”" if referral.note else ""
            yield Words(f"{referral_sentence(referral)} {when}.{note}")


def _decision(decision: Decision, reader: Actor, supplier: str) -> tuple[str, ...]:
    name: str = decision.member.user.name
    if decision.step.side == "merchant":
        name = supplier
    elif decision.principal:
        name = _("%(who)s for %(whom)s") % {"who": name, "whom": decision.principal.user.name}
    said = [answer_word(decision), fate_of(decision), words_of(decision, decision.step, reader)]
    said += [
        _("Line %(n)d: %(quantity)d left") % {"n": line.number, "quantity": line.quantity}
        for line in decision.lines.all()
    ]
    return (
        name,
        "\n".join(filter(None, said)),
        f"{paper_instant(decision.created_at, reader)}, {channel_word(decision)}",
        _("revision %(n)d") % {"n": decision.revision.number}
        + f"\n{decision.content_hash[:SHORT_HASH]}…",
    )


def _steps(evidence: Evidence, reader: Actor, supplier: str) -> Iterator[Block]:
    if not evidence.steps:
        return
    yield Heading(_("What had to be approved"))
    yield Table(
        (
            Column(_("Step"), 0),
            Column(_("Because"), 6),
            Column(_("Asked"), 4),
            Column(_("State"), 2),
        ),
        tuple(_step(step, reader, supplier) for step in evidence.steps),
    )


def _step(step: Step, reader: Actor, supplier: str) -> tuple[str, ...]:
    state = state_word(step)
    if step.side == "merchant":
        return str(step.position), _("The supplier checks it."), supplier, state
    reasons = describe_reasons(
        (from_json(Reason, reason) for reason in step.reasons),
        company_id=reader.company_id,
        language=reader.language,
    )
    because = [
        one.sentence
        + (" " + _("(rulebook version %(n)d)") % {"n": one.version} if one.version else "")
        for one in reasons
    ]
    if step.added_by_id:
        because.append(_("A colleague added this step."))
    people = dict.fromkeys(one.member.user.name for one in step.assignments.all())
    needed = ngettext("%(n)d of them", "%(n)d of them", step.quorum) % {"n": step.quorum}
    return str(step.position), "\n".join(because), f"{needed}: {', '.join(people)}", state

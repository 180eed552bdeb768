"""Hashes on paper: those of every revision, of the rules that it was planned by, of every event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.formats import money_text
from placet.documents.instants import paper_instant
from placet.documents.lines import change_rows, change_table
from placet.documents.paper import Block, Column, Fact, Facts, Heading, Table, Words
from placet.orders.content import Content
from placet.requisitions.evidence import EventEvidence, Evidence, RevisionEvidence
from placet.requisitions.evidence_words import cause_sentence
from placet.rulebooks.models import Rulebook


def revision_blocks(evidence: Evidence, reader: Actor) -> Iterator[Block]:
    """Each revision with its hashes, its rules and what it changed."""
    names = _rulebook_names(evidence)
    before: Content | None = None
    for one in evidence.revisions:
        yield Heading(_("Revision %(n)d") % {"n": one.revision.number})
        yield Words(
            f"{cause_sentence(one.revision)} {paper_instant(one.revision.created_at, reader)}."
        )
        yield _hashes(one, names, reader)
        rows = change_rows(before, one.content, reader) if before else ()
        if rows:
            yield change_table(rows)
        before = one.content


def _hashes(one: RevisionEvidence, names: Mapping[str, str], reader: Actor) -> Block:
    content = one.content
    lines = ngettext("%(n)d line", "%(n)d lines", len(content.lines)) % {"n": len(content.lines)}
    total = money_text(content.net_minor, content.currency, reader.language)
    verdict = _("matches") if one.hash_matches else _("DIFFERS from the stored bytes")
    return Facts(
        (
            Fact(_("Content"), f"{lines}, {total}"),
            Fact(_("Content hash"), one.revision.content_hash, is_hash=True),
            Fact(_("Computed again"), verdict),
            Fact(_("Plan hash"), one.revision.plan_hash, is_hash=True),
            *(
                Fact(
                    _("%(name)s, version %(n)d") % {"name": names.get(pk, pk), "n": version},
                    digest,
                    is_hash=True,
                )
                for pk, version, digest in one.rules
            ),
        )
    )


def _rulebook_names(evidence: Evidence) -> dict[str, str]:
    ids = {pk for one in evidence.revisions for pk, _number, _digest in one.rules}
    return dict(Rulebook.objects.filter(pk__in=sorted(ids)).values_list("pk", "name"))


def chain_blocks(
    events: tuple[EventEvidence, ...], reader: Actor, supplier: str
) -> Iterator[Block]:
    """Every event about it with its number and hash."""
    yield Heading(_("The chain"))
    yield Words(
        _(
            "Each event carries the hash of the one before it; none can be changed without "
            "breaking all that follow."
        ),
        is_soft=True,
    )
    people = Member.objects.select_related("user", "company").in_bulk(
        sorted({one.event.actor_member for one in events if one.event.actor_member})
    )
    names = {
        pk: supplier if member.company_id != reader.company_id else member.user.name
        for pk, member in people.items()
    }
    yield Table(
        (
            Column(_("No."), 0, is_number=True),
            Column(_("When"), 0),
            Column(_("Event and who"), 1),
            Column(_("Hash"), 0, is_hash=True),
        ),
        tuple(
            (
                str(one.event.seq),
                paper_instant(one.event.created_at, reader),
                f"{one.event.type}\n{names.get(one.event.actor_member, 'Placet')}",
                one.event.hash if one.hash_matches else _("DIFFERS: ") + one.event.hash,
            )
            for one in events
        ),
    )

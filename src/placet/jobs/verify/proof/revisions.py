"""What a revision holds: its bytes, its sums, its plan, the rules that it was planned by."""

from __future__ import annotations

import json
from collections.abc import Iterator

from placet.core.formats import money_text
from placet.events.canonical import sha256
from placet.jobs.verify.proof.said import Said, claim
from placet.orders.content import Content, UnreadableContent, adds_up, read_content
from placet.policy.rulebook import InvalidRulebook, compile_rulebook
from placet.requisitions.models import Revision
from placet.requisitions.progress import plan_of
from placet.rulebooks.models import RulebookVersion


def say_revision(revision: Revision) -> Iterator[Said]:
    """Each hash of it, computed again."""
    origin = getattr(revision, "origin", None)
    cause = f", {origin.get_cause_display().lower()}" if origin else ""
    yield Said(f"Revision {revision.number}{cause}:")
    written = bytes(revision.content)
    yield claim(
        sha256(written) == revision.content_hash,
        f"its {len(written)} bytes have the hash {revision.content_hash}.",
        f"its bytes have the hash {sha256(written)}, but {revision.content_hash} is stored.",
        1,
    )
    try:
        content = read_content(written)
    except (ValueError, KeyError, TypeError, UnreadableContent):
        yield Said("its bytes cannot be read.", False, 1)
        return
    yield _sums(content)
    yield claim(
        plan_of(revision).hash == revision.plan_hash,
        f"its plan has the hash {revision.plan_hash}.",
        "its plan was changed after it was confirmed.",
        1,
    )
    yield from _rules(revision)
    yield claim(
        revision.requisition.requester.user_id in revision.authors,
        f"{len(revision.authors)} people shaped it, the requester among them.",
        "the requester is not among the people who shaped it.",
        1,
    )


def _sums(content: Content) -> Said:
    total = money_text(content.total_minor, content.currency, "en").replace("\xa0", " ")
    return claim(
        adds_up(content),
        f"its {len(content.lines)} lines, shipping and tax add up to {total}.",
        f"its lines, shipping and tax do not add up to {total}.",
        1,
    )


def _rules(revision: Revision) -> Iterator[Said]:
    for rulebook, number, digest in revision.rulebook_versions:
        version = (
            RulebookVersion.objects.select_related("rulebook")
            .filter(rulebook_id=rulebook, number=number)
            .first()
        )
        name = version.rulebook.name if version else rulebook
        yield claim(
            version is not None and _is_text(version, digest),
            f"it was planned by version {number} of “{name}”, whose text has the hash {digest}.",
            f"it was planned by version {number} of “{name}”, whose text is another one now.",
            1,
        )


def _is_text(version: RulebookVersion, digest: str) -> bool:
    """Whether the version's text still is what was published, and what the plan was made with."""
    if sha256(version.document.encode()) != version.hash:
        return False
    try:
        compiled = compile_rulebook(json.loads(version.document))
    except (InvalidRulebook, ValueError):
        return False
    return compiled.content_hash == digest

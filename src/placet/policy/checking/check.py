"""All checks of a rulebook before it is published."""

from __future__ import annotations

from collections.abc import Sequence

from placet.policy.checking.amounts import check_authority, check_rates
from placet.policy.checking.examples import Example
from placet.policy.checking.findings import CheckFinding
from placet.policy.checking.ground import Ground
from placet.policy.checking.overlaps import check_overlaps
from placet.policy.checking.staff import check_references, check_staff
from placet.policy.checking.trying import try_examples
from placet.policy.rulebook import CompiledRulebook


def check_rulebook(
    book: CompiledRulebook, ground: Ground, examples: Sequence[Example] = ()
) -> tuple[CheckFinding, ...]:
    """What is wrong with a rulebook in this organisation, what refuses publishing first.

    An amount without a currency never gets here: the document's reader refuses it.
    """
    references = list(check_references(book, ground))
    rates = list(check_rates(book, ground))
    found = [*references, *rates]
    if not rates:
        found += [*check_staff(book, ground), *check_authority(book, ground)]
        found += [
            CheckFinding(
                "example_failed",
                "block",
                tried.example.pointer,
                tried.example.rule,
                (
                    ("example", tried.example.name or tried.example.rule),
                    ("expected", tried.example.expect),
                    ("actual", tried.actual),
                ),
                tried.example.purchase,
            )
            for tried in try_examples(examples, book, ground)
            if not tried.has_passed
        ]
    found += check_overlaps(book, ground)
    return tuple(sorted(found, key=lambda finding: finding.severity != "block"))

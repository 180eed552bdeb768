"""What a check found: where, how bad, and a purchase that shows it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from placet.policy.checking.sketches import Sketch

Severity = Literal["block", "warn"]
Code = Literal[
    "unknown_member",
    "unknown_role",
    "nobody",
    "fallback",
    "only_requester",
    "quorum_too_large",
    "no_rate",
    "authority_gap",
    "never_matches",
    "covered",
    "never_counts",
    "example_failed",
    "not_all_checked",
]
"""The sentence of a finding has this code; its `values` fill it.

* `unknown_member` (member, name): not of the company, or no longer active;
* `unknown_role` (role); `nobody` (requester): the step has nobody and no way out, it would block;
* `fallback` (requester, people): the step's own people are nobody, these are asked instead;
* `only_requester` (requester, people): of the step's people only the requester is left;
* `quorum_too_large` (needed, has); `no_rate` (currency, company_currency);
* `authority_gap` (requester, from_minor, to_minor or empty, currency);
* `never_matches`; `covered` (other): adds nothing to another rule;
* `never_counts` (other): every purchase that it matches is blocked by another rule;
* `example_failed` (example, expected, actual);
* `not_all_checked`: too large to look at everything; what was found is true.
"""


class CheckFinding(NamedTuple):
    """One thing that a check found; a finding of severity *block* refuses publishing.

    `pointer` leads to the part of the document, `rule` is the rule's id or empty, `purchase` one
    for which it happens, where there is one.
    """

    code: Code
    severity: Severity
    pointer: str
    rule: str
    values: tuple[tuple[str, str | int], ...] = ()
    purchase: Sketch | None = None

    def value(self, name: str) -> str | int:
        """One of the values, empty where it is not there."""
        return dict(self.values).get(name, "")

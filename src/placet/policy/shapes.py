"""From a shape to steps with people: what one rule asks for, before merging."""

from __future__ import annotations

from placet.policy.approvers import Candidates
from placet.policy.authority import Demands
from placet.policy.climbing import climb
from placet.policy.effects import ManagementChain, Shape, Tier, Tiers
from placet.policy.facts import AmountBasis
from placet.policy.money import Money, exchange
from placet.policy.plan import Finding, Reason
from placet.policy.staffing import Requirement, staffed


def requirements_of(
    shape: Shape, reason: Reason, candidates: Candidates, basis: AmountBasis
) -> list[Requirement]:
    """The steps that one shape asks for; raises `Nobody` and `NoRate`."""
    if isinstance(shape, tuple):
        return [staffed(step, reason, candidates) for step in shape]
    if isinstance(shape, ManagementChain):
        return climb(shape, reason, candidates, Demands(candidates.facts, basis, (reason,)))
    return _reached_tiers(shape, reason, candidates)


def _reached_tiers(tiers: Tiers, reason: Reason, candidates: Candidates) -> list[Requirement]:
    """The last tier that the amount reaches, or all of them, lowest first."""
    amount, currency = candidates.amount
    rates = candidates.facts.rates
    reached = [
        tier
        for tier in tiers.tiers
        if amount
        >= tier.starts_at.amount_minor * exchange(tier.starts_at.currency, currency, rates)
    ]
    if tiers.mode == "final":
        reached = reached[-1:]
    first = tiers.tiers[0].starts_at
    return [
        staffed(tier.step, _reason_of(tier, first, reason), candidates, tier.starts_at.amount_minor)
        for tier in reached
    ]


def _reason_of(tier: Tier, first: Money, reason: Reason) -> Reason:
    """The reason with this tier's own threshold in place of the first one."""

    def of_tier(finding: Finding) -> Finding:
        is_threshold = (finding.field, finding.operator) == ("purchase.amount", ">=")
        if is_threshold and finding.wanted == first.amount_minor:
            return finding._replace(wanted=tier.starts_at.amount_minor)
        return finding

    return reason._replace(findings=tuple(map(of_tier, reason.findings)))

"""What is written is what was shown, and only what may be ordered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.plans.confirmation import names_content
from placet.policy.codec import to_json
from placet.requisitions.errors import PlanChanged, PurchaseBlocked
from placet.requisitions.next_revision import NextRevision


def require_shown(following: NextRevision, plan_hash: str) -> None:
    """What is resubmitted is what was shown: plan, content, and what is kept, reset and new."""
    current = following.planned.hash
    if current == plan_hash:
        return
    if names_content(plan_hash, current):
        sentence = _("What this purchase needs has changed since you looked. Please look again.")
    else:
        sentence = _("The content or its prices have changed since you looked.")
    raise PlanChanged(
        sentence,
        plan=to_json(following.plan),
        plan_hash=current,
        seen=plan_hash,
        requisition=following.content.number,
    )


def require_possible(following: NextRevision) -> None:
    """Raises ``PurchaseBlocked`` when a rule, a limit or a budget forbids it."""
    plan = following.planned.plan
    if plan.outcome == "blocked":
        raise PurchaseBlocked(_("This cannot be ordered as it is."), plan=to_json(plan))

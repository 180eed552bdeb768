"""Requisitions: frozen revisions, the steps that they need, and what was decided about them."""

from placet.requisitions.models.decision import (
    CarryOver,
    Decision,
    DecisionLine,
    DecisionOutcome,
    DecisionPending,
    Suggestion,
)
from placet.requisitions.models.marks import PurchaseMark
from placet.requisitions.models.requisition import (
    Requisition,
    Revision,
    RevisionLine,
    RevisionOrigin,
    RevisionSeen,
)
from placet.requisitions.models.standing import EnvelopeWithdrawal, StandingOccurrence
from placet.requisitions.models.step import (
    DecisionLink,
    Nudge,
    Referral,
    Step,
    StepAssignment,
)

__all__ = [
    "CarryOver",
    "Decision",
    "DecisionLine",
    "DecisionLink",
    "DecisionOutcome",
    "DecisionPending",
    "EnvelopeWithdrawal",
    "Nudge",
    "PurchaseMark",
    "Referral",
    "Requisition",
    "Revision",
    "RevisionLine",
    "RevisionOrigin",
    "RevisionSeen",
    "StandingOccurrence",
    "Step",
    "StepAssignment",
    "Suggestion",
]

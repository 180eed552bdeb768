"""What happens to requisitions: one file an action."""

from placet.requisitions.actions.apply_decision import apply_decision, apply_due_decisions
from placet.requisitions.actions.decide_step import decide_step
from placet.requisitions.actions.retract_decision import retract_decision
from placet.requisitions.actions.retry_placement import retry_placement
from placet.requisitions.actions.submit_cart import submit_cart
from placet.requisitions.actions.withdraw_requisition import withdraw_requisition

__all__ = [
    "apply_decision",
    "apply_due_decisions",
    "decide_step",
    "retract_decision",
    "retry_placement",
    "submit_cart",
    "withdraw_requisition",
]

"""What happens to requisitions: one file an action.

The changes of the organisation that open steps must follow are here too, under the names that they
have in ``companies.organisation``.
"""

from placet.requisitions.actions.absences import (
    delegate_to,
    end_absence,
    end_delegation,
    set_absence,
)
from placet.requisitions.actions.accept_on_terms import accept_on_terms
from placet.requisitions.actions.accept_order_request import accept_order_request
from placet.requisitions.actions.add_approver import add_approver
from placet.requisitions.actions.answer_suggestion import accept_suggestions, decline_suggestion
from placet.requisitions.actions.applications import (
    accept_application,
    apply_for_company,
    decline_application,
    found_company,
    sign_up_household,
)
from placet.requisitions.actions.apply_decision import apply_decision, apply_due_decisions
from placet.requisitions.actions.cancel_order import cancel_order
from placet.requisitions.actions.comment_requisition import (
    ask_requester,
    comment_on_requisition,
    resolve_requisition_thread,
)
from placet.requisitions.actions.complete_order import complete_order
from placet.requisitions.actions.decide_step import decide_step
from placet.requisitions.actions.edit_requisition import (
    discard_edit,
    edit_requisition,
    keep_edit,
)
from placet.requisitions.actions.escalate_step import escalate_step
from placet.requisitions.actions.expire_requisition import expire_due_requisitions
from placet.requisitions.actions.forward_step import forward_step
from placet.requisitions.actions.hand_over_member import hand_over_member
from placet.requisitions.actions.invite_members import (
    invite_again,
    invite_member,
    invite_members,
)
from placet.requisitions.actions.members import (
    change_member,
    close_unit,
    deactivate_member,
    move_unit,
    reactivate_member,
)
from placet.requisitions.actions.nudge_requisition import nudge_requisition
from placet.requisitions.actions.reassign_due_steps import reassign_due_steps
from placet.requisitions.actions.reassign_step import reassign_step
from placet.requisitions.actions.rebuild_cart import rebuild_cart
from placet.requisitions.actions.remind_steps import remind_due_steps
from placet.requisitions.actions.replan_requisition import replan_requisition
from placet.requisitions.actions.resubmit_cart import resubmit_cart
from placet.requisitions.actions.retract_decision import retract_decision
from placet.requisitions.actions.retry_placement import retry_placement
from placet.requisitions.actions.rights import (
    change_cost_center,
    change_role,
    clear_limit,
    grant_role,
    name_head,
    revoke_role,
    set_limit,
)
from placet.requisitions.actions.run_schedules import run_due_schedules, run_schedule
from placet.requisitions.actions.submit_cart import submit_cart
from placet.requisitions.actions.suggest_line import suggest_changes, suggest_line
from placet.requisitions.actions.withdraw_envelope import withdraw_envelope
from placet.requisitions.actions.withdraw_requisition import withdraw_requisition
from placet.requisitions.errors import NobodyLeft

__all__ = [
    "NobodyLeft",
    "accept_application",
    "accept_on_terms",
    "accept_order_request",
    "accept_suggestions",
    "add_approver",
    "apply_decision",
    "apply_due_decisions",
    "apply_for_company",
    "ask_requester",
    "cancel_order",
    "change_cost_center",
    "change_member",
    "change_role",
    "clear_limit",
    "close_unit",
    "comment_on_requisition",
    "complete_order",
    "deactivate_member",
    "decide_step",
    "decline_application",
    "decline_suggestion",
    "delegate_to",
    "discard_edit",
    "edit_requisition",
    "end_absence",
    "end_delegation",
    "escalate_step",
    "expire_due_requisitions",
    "forward_step",
    "found_company",
    "grant_role",
    "hand_over_member",
    "invite_again",
    "invite_member",
    "invite_members",
    "keep_edit",
    "move_unit",
    "name_head",
    "nudge_requisition",
    "reactivate_member",
    "reassign_due_steps",
    "reassign_step",
    "rebuild_cart",
    "remind_due_steps",
    "replan_requisition",
    "resolve_requisition_thread",
    "resubmit_cart",
    "retract_decision",
    "retry_placement",
    "revoke_role",
    "run_due_schedules",
    "run_schedule",
    "set_absence",
    "set_limit",
    "sign_up_household",
    "submit_cart",
    "suggest_changes",
    "suggest_line",
    "withdraw_envelope",
    "withdraw_requisition",
]

"""Bodies of what can be said at a step, and of what its requester answers."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.web.rights.world import World


def pages_of_deciding(cast: Cast, world: World) -> dict[str, dict[str, Any]]:
    """The fields of each form."""
    return {
        "decision": {"decision": "approve", "content_hash": world.one("content_hash")},
        "inbox_bulk": {"row": world.one("plain_row")},
        "undo_decision": {},
        "confirm": {"decision": "approve", "content_hash": world.one("content_hash")},
        **{name: {} for name in ("requisition_withdraw", "requisition_nudge")},
        "requisition_retry": {},
        "lower_lines": {
            "content_hash": world.one("content_hash"),
            "line-1": "4",
            "reason": "Four are enough.",
            "answer": "approve",
        },
        "suggest_line": {
            "content_hash": world.one("content_hash"),
            "line": "1",
            "quantity": "20",
        },
        "forward_step": {"member": cast.member["mei"], "note": "You know the ward."},
        "add_approver": {"member": cast.member["helena"], "note": "Please look, too."},
        "ask_requester": {"line": "1", "text": "Sterile?"},
        "requisition_comment": {"line": "0", "text": "For week 48."},
        "requisition_resolve": {"line": "1"},
        "accept_suggestions": {
            "suggestion": world.one("suggestion_id"),
            "plan_hash": world.one("suggestion_plan"),
        },
        "decline_suggestion": {},
    }


def operations_of_deciding(cast: Cast, world: World) -> dict[str, dict[str, Any]]:
    """The body of each operation."""
    return {
        "decide_step": {
            "decision": "approve",
            "revision_hash": world.one("content_hash"),
        },
        **{name: {} for name in ("withdraw_requisition", "nudge_requisition")},
        "decide_steps": {
            "decisions": [
                {
                    "step": world.one("step_id"),
                    "decision": "approve",
                    "revision_hash": world.one("content_hash"),
                }
            ]
        },
        "preview_reduction": {"line_decisions": [{"line": 1, "quantity": 4}]},
        "suggest_line": {
            "revision_hash": world.one("content_hash"),
            "line": 1,
            "quantity": 20,
        },
        "preview_acceptance": {"suggestions": [world.one("suggestion_id")]},
        "accept_suggestion": {"plan_hash": world.one("suggestion_plan")},
        "decline_suggestion": {},
        "forward_step": {"member": cast.member["mei"], "note": "You know the ward."},
        "add_approver": {"member": cast.member["helena"], "note": "Please look, too."},
        "comment_on_requisition": {"text": "For week 48."},
        "resolve_requisition_comments": {"line": 1},
    }

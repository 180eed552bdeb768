"""Pages of approvers: the inbox, the decision page with all its answers, undo.

The step asks the approver, the held answer is theirs.
"""

from tests.web.rights.table import read_table

ROWS = read_table(
    """
                    owner peer sister head admin auditor desk store other parent child
GET   inbox         200   200  200    200  200   200     200  200   200   200    200
POST  inbox_bulk    back  back back   200  back  back    back back  back  back   back
GET   decision      200   404  404    200  200   200     200  200   404   404    404
GET   inbox_preview 200   404  404    200  200   200     200  200   404   404    404
POST  decision      403   404  404    302  403   403     403  403   404   404    404
POST  lower_lines   403   404  404    302  403   403     403  403   404   404    404
POST  suggest_line  403   404  404    302  403   403     403  403   404   404    404
POST  forward_step  403   404  404    302  403   403     422  422   404   404    404
POST  add_approver  403   404  404    302  403   403     422  422   404   404    404
POST  ask_requester 302   404  404    302  302   302     403  403   404   404    404
POST  undo_decision 404   404  404    302  404   404     404  404   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

"""Pages of the merchant: taking over orders, and what customers still have to approve."""

from tests.web.rights.table import read_table

ROWS = read_table(
    """
                        owner peer sister head admin auditor desk store other parent child
POST  order_acknowledge 403   404  404    403  403   403     302  302   404   404    404
POST  order_fail        403   404  404    403  403   403     302  302   404   404    404
POST  order_pay         403   404  404    403  403   403     302  302   404   404    404
POST  order_retry       403   404  404    403  403   403     302  302   404   404    404
GET   awaiting          200   200  200    200  200   200     200  200   200   200    200
GET   export_awaiting   200   200  200    200  200   200     200  200   200   200    200
GET   customers         404   404  404    404  404   404     200  200   404   404    404
GET   customer          404   404  404    404  404   404     200  200   404   404    404
GET   customer_credit   404   404  404    404  404   404     403  200   404   404    404
POST  customer_credit   404   404  404    404  404   404     403  302   404   404    404
POST  customer_payment  404   404  404    404  404   404     403  302   404   404    404
GET   customer_rules    404   404  404    404  404   404     403  403   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

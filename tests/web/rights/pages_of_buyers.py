"""Pages of everybody who buys: catalog, carts, requisitions, orders, budgets, settings.

The cart and the requisitions are the owner's; *view all* lets approver, admin and auditor look.
"""

from tests.web.rights.table import read_table

ROWS = read_table(
    """
                           owner peer sister head admin auditor desk store other parent child
GET   home                 200   200  200    200  200   200     200  200   200   200    200
GET   catalog              200   200  200    200  200   200     200  200   200   200    200
GET   product              200   200  200    200  200   200     200  200   200   200    200
POST  product              302   302  302    302  302   302     403  403   302   302    302
GET   catalog_export       200   200  200    200  200   200     200  200   200   200    200
GET   compare              200   200  200    200  200   200     200  200   200   200    200
POST  part_number          403   403  403    403  302   403     403  403   403   302    403
GET   quick_order          200   200  200    200  200   200     200  200   200   200    200
POST  quick_order          302   302  302    302  302   302     404  404   302   302    302
GET   quick_order_check    200   404  404    404  200   404     404  404   404   404    404
POST  quick_order_add      302   404  404    404  302   404     404  404   404   404    404
GET   quick_order_errors   200   404  404    404  200   404     404  404   404   404    404
GET   quick_order_added    200   404  404    404  404   404     404  404   404   404    404
POST  quick_order_undo     302   404  404    404  404   404     404  404   404   404    404
GET   carts                200   200  200    200  200   200     200  200   200   200    200
POST  cart_create          302   302  302    302  302   302     403  403   302   302    302
GET   cart                 200   404  404    404  404   404     404  404   404   404    404
POST  cart_rename          302   404  404    404  404   404     404  404   404   404    404
POST  cart_archive         302   404  404    404  404   404     404  404   404   404    404
POST  cart_restore         302   404  404    404  404   404     404  404   404   404    404
POST  cart_delete          302   404  404    404  404   404     404  404   404   404    404
POST  cart_duplicate       302   404  404    404  404   404     404  404   404   404    404
GET   cart_merge           200   404  404    404  404   404     404  404   404   404    404
POST  cart_merge           302   404  404    404  404   404     404  404   404   404    404
POST  cart_move            302   404  404    404  404   404     404  404   404   404    404
POST  cart_give            302   404  404    404  404   404     404  404   404   404    404
POST  cart_take            302   404  404    404  404   404     404  404   404   404    404
POST  cart_seen            back  404  404    404  404   404     404  404   404   404    404
GET   cart_menu            200   200  200    200  200   200     200  200   200   200    200
POST  cart_add             302   404  404    404  404   404     404  404   404   404    404
POST  line_change          302   404  404    404  404   404     404  404   404   404    404
POST  line_describe        302   404  404    404  404   404     404  404   404   404    404
GET   line_describe        200   404  404    404  404   404     404  404   404   404    404
POST  line_remove          302   404  404    404  404   404     404  404   404   404    404
GET   line_split           200   404  404    404  404   404     404  404   404   404    404
POST  line_split           302   404  404    404  404   404     404  404   404   404    404
GET   cart_split           200   404  404    404  404   404     404  404   404   404    404
POST  cart_split           302   404  404    404  404   404     404  404   404   404    404
POST  line_comment         302   404  404    404  404   404     404  404   404   404    404
POST  line_resolve         302   404  404    404  404   404     404  404   404   404    404
POST  cart_comment         302   404  404    404  404   404     404  404   404   404    404
POST  cart_resolve         302   404  404    404  404   404     404  404   404   404    404
POST  cart_details         302   404  404    404  404   404     404  404   404   404    404
POST  cart_share           302   404  404    404  404   404     404  404   404   404    404
POST  cart_unshare         302   404  404    404  404   404     404  404   404   404    404
POST  cart_submit          302   404  404    404  404   404     404  404   404   404    404
POST  edit_discard         302   404  404    404  404   404     404  404   404   404    404
POST  edit_keep            302   404  404    404  404   404     404  404   404   404    404
GET   requisitions         200   200  200    200  200   200     200  200   200   200    200
GET   requisition          200   404  404    200  200   200     200+404 200+404 404 404  404
POST  requisition_withdraw 302   404  404    back back  back    back+404 back+404 404 404 404
POST  requisition_comment  302   404  404    302  302   302     back+404 back+404 404 404 404
POST  requisition_resolve  302   404  404    302  302   302     back+404 back+404 404 404 404
POST  accept_suggestions   302   404  404    403  403   403     403+404 403+404 404 404  404
POST  decline_suggestion   302   404  404    back back  back    back+404 back+404 404 404 404
POST  requisition_nudge    302   404  404    back back  back    back+404 back+404 404 404 404
POST  requisition_edit     302   404  404    back back  back    back+404 back+404 404 404 404
POST  requisition_rebuild  302   404  404    back back  back    404  404   404   404    404
GET   requisition_replan   403   404  404    403  200   403     403+404 403+404 404 404  404
POST  requisition_replan   403   404  404    403  302   403     403+404 403+404 404 404  404
POST  requisition_retry    302   404  404    back 302  back   back+404 back+404 404 404 404
GET   evidence_pdf         200   404  404    200  200   200     404  404   404   404    404
GET   requisition_pdf      200   404  404    200  200   200     200+404 200+404 404 404  404
GET   evidence             200   404  404    200  200   200     404  404   404   404    404
GET   orders               200   200  200    200  200   200     200  200   200   200    200
GET   export_orders        200   200  200    200  200   200     200  200   200   200    200
GET   export_requisitions  200   200  200    200  200   200     200  200   200   200    200
GET   order                200   404  404    200  200   200     200  200   404   404    404
GET   order_file           200   404  404    200  200   200     200  200   404   404    404
POST  order_cancel        302   404  404    403  302   403     302  302   404   404    404
GET   simulator            200   200  200    200  200   200     200  200   200   200    200
GET   budgets              200   200  200    200  200   200     200  200   200   200    200
GET   budget               200   200  404    200  200   200     404  404   404   404    404
GET   budget_new           403   403  403    403  200   403     403  403   403   200    403
POST  budget_new           403   403  403    403  302   403     403  403   403   302    403
GET   budget_edit          403   403  404    403  200   403     404  404   404   404    404
POST  budget_edit          403   403  404    403  302   403     404  404   404   404    404
GET   budget_adjust        403   403  404    403  200   403     404  404   404   404    404
POST  budget_adjust        403   403  404    403  302   403     404  404   404   404    404
GET   budget_transfer      403   403  404    403  200   403     404  404   404   404    404
POST  budget_transfer      403   403  404    403  302   403     404  404   404   404    404
GET   budget_close         403   403  404    403  200   403     404  404   404   404    404
POST  budget_close         403   403  404    403  302   403     404  404   404   404    404
GET   settings             200   200  200    200  200   200     200  200   200   200    200
POST  settings             302   302  302    302  302   302     302  302   302   302    302
POST  absence_end          404   404  404    302  404   404     404  404   404   404    404
POST  delegation_end       404   404  404    302  404   404     404  404   404   404    404
GET   notifications        200   200  200    200  200   200     200  200   200   200    200
POST  notifications        302   302  302    302  302   302     302  302   302   302    302
GET   notices              200   200  200    200  200   200     200  200   200   200    200
POST  notices_read         back  back back   back back  back    back back  back  back   back
GET   notice               302   404  404    404  404   404     404  404   404   404    404
GET   own_hours            200   200  200    200  200   200     200  200   200   200    200
POST  own_hours            302   302  302    302  302   302     302  302   302   302    302
GET   own_keys             200   200  200    200  200   200     200  200   200   200    200
POST  own_keys             200   200  200    200  200   200     200  200   200   200    200
POST  own_key_revoke       404   404  404    302  404   404     404  404   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
# Nobody pressed anything: who is signed out meanwhile is not led to a sign-in, but asks no more.
ROWS += read_table(
    """
           owner peer sister head admin auditor desk store other parent child
GET   bell 200   200  200    200  200   200     200  200   200   200    200
GET   cart_pulse 200 286 286 286  286   286     286  286   286   286    286
""",
    deactivated="404",
    suspended="403",
    anonymous="286",
)

"""Operations of the API, called with the personal key of each person.

``key`` is the company's own program: every scope, and no member.
"""

from tests.web.rights import (
    connecting,
    desk_changes,
    desk_customers,
    desk_orders,
    desk_quotes,
    desk_staff,
    desk_today,
    exporting,
    links,
    lists,
    organisation,
    posting,
    quotes,
    store,
)
from tests.web.rights.table import read_table

OF_PURCHASES = read_table(
    """
                              owner peer sister head admin auditor desk store other parent child key
GET    get_me                 200   200  200    200  200   200     200  200   200   200    200   200
GET    get_notification_preferences 200 200 200 200 200  200     200  200   200   200    200   403
PATCH  choose_notifications   200   200  200    200  200   200     200  200   200   200    200   403
GET    list_notices_of_mine   200   200  200    200  200   200     200  200   200   200    200   200
POST   read_all_notices       back  back back   back back  back    back back  back  back   back  403
POST   read_notice            back  404  404    404  404   404     404  404   404   404    404   404
GET    list_products          200   200  200    200  200   200     200  200   200   200    200   200
GET    get_product            200   200  200    200  200   200     200  200   200   200    200   200
GET    list_categories        200   200  200    200  200   200     200  200   200   200    200   200
GET    list_exchange_rates    403   403  403    403  403   403     403  200   403   403    403   403
POST   set_exchange_rate      403   403  403    403  403   403     403  201   403   403    403   403
GET    list_category_owners   200   200  200    200  200   200     200  200   200   200    200   200
POST   name_category_owner    403   403  403    403  201   403     404  404   404   404    404   201
GET    list_carts             200   200  200    200  200   200     200  200   200   200    200   200
POST   create_cart            201   201  201    201  201   201     403  403   201   201    201   403
GET    get_cart               200   404  404    404  404   404     404  404   404   404    404   404
PATCH  change_cart            200   404  404    404  404   404     404  404   404   404    404   404
GET    get_cart_plan          200   404  404    404  404   404     404  404   404   404    404   404
POST   submit_cart            201   404  404    404  404   404     404  404   404   404    404   404
POST   add_line_import        201   404  404    404  404   404     404  404   404   404    404   404
POST   reverse_line_import    201   404  404    404  404   404     404  404   404   404    404   404
DELETE delete_cart            204   404  404    404  404   404     404  404   404   404    404   404
GET    list_cart_grants       200   404  404    404  404   404     404  404   404   404    404   404
POST   share_cart             201   404  404    404  404   404     404  404   404   404    404   404
DELETE unshare_cart           204   404  404    404  404   404     404  404   404   404    404   404
POST   duplicate_cart         201   404  404    404  404   404     404  404   404   404    404   404
POST   merge_carts            201   404  404    404  404   404     404  404   404   404    404   404
POST   archive_cart           201   404  404    404  404   404     404  404   404   404    404   404
POST   restore_cart           201   404  404    404  404   404     404  404   404   404    404   404
POST   give_cart              201   404  404    404  404   404     404  404   404   404    404   404
POST   take_cart              201   404  404    404  404   404     404  404   404   404    404   404
POST   move_cart              201   404  404    404  404   404     404  404   404   404    404   404
POST   add_line               201   404  404    404  404   404     404  404   404   404    404   404
PATCH  change_line            200   404  404    404  404   404     404  404   404   404    404   404
DELETE remove_line            204   404  404    404  404   404     404  404   404   404    404   404
POST   paste_lines            201   404  404    404  404   404     404  404   404   404    404   404
GET    list_comments          200   404  404    404  404   404     404  404   404   404    404   404
POST   add_comment            201   404  404    404  404   404     404  404   404   404    404   404
POST   resolve_comments       201   404  404    404  404   404     404  404   404   404    404   404
GET    list_requisitions      200   200  200    200  200   200     200  200   200   200    200   200
GET    get_requisition        200   404  404    200  200   200     200  200   404   404    404   200
GET    list_revisions         200   404  404    200  200   200     200  200   404   404    404   200
GET    get_revision           200   404  404    200  200   200     200  200   404   404    404   200
GET    list_decisions         200   404  404    200  200   200     200  200   404   404    404   200
GET    get_difference         200   404  404    200  200   200     200  200   404   404    404   200
POST   edit_requisition       201   404  404    403  403   403     403  403   404   404    404   403
DELETE discard_edit           200   404  404    403  403   403     404  404   404   404    404   403
POST   revise_requisition     201   404  404    404  404   404     404  404   404   404    404   404
POST   rebuild_requisition    201   404  404    403  403   403     404  404   404   404    404   403
POST   replan_requisition     403   404  404    403  201   403     403  403   404   404    404   201
POST   withdraw_requisition   201   404  404    403  403   403     403  403   404   404    404   403
POST   nudge_requisition      201   404  404    403  403   403     403  403   404   404    404   403
POST   place_requisition      201   404  404    403  201   403     403  403   404   404    404   201
GET    get_evidence_paper     200   404  404    200  200   200     403  403   404   404    404   200
GET    get_evidence           200   404  404    200  200   200     403  403   404   404    404   200
GET    list_steps             200   200  200    200  200   200     200  200   200   200    200   200
POST   decide_step            403   404  404    201  403   403     403  403   404   404    404   403
POST   decide_steps           back  back back   200  back  back    back back  back  back   back back
POST   preview_reduction      403   404  404    back 403   403     403  403   404   404    404   403
GET    list_suggestions       200   404  404    200  200   200     404  404   404   404    404   200
POST   suggest_line           403   404  404    201  403   403     403  403   404   404    404   403
POST   preview_acceptance     back  404  404    403  403   403     404  404   404   404    404   403
POST   accept_suggestion      201   404  404    403  403   403     404  404   404   404    404   403
POST   decline_suggestion     201   404  404    403  403   403     404  404   404   404    404   403
POST   forward_step           403   404  404    201  403   403     422  422   404   404    404   403
POST   add_approver           403   404  404    201  403   403     422  422   404   404    404   403
GET    list_requisition_comments    200 404 404 200  200   200     404  404   404   404    404   200
POST   comment_on_requisition       201 404 404 201  201   201     404  404   404   404    404   403
POST   resolve_requisition_comments 201 404 404 201  201   201     404  404   404   404    404   403
GET    get_decision           200   404  404    200  200   200     404  404   404   404    404   200
GET    list_orders            200   200  200    200  200   200     200  200   200   200    200   200
GET    get_order              200   404  404    200  200   200     200  200   404   404    404   200
GET    get_order_document     200   404  404  200  200  200  200  200  404  404  404  200
GET    get_requisition_document 200 404  404  200  200  200  200  200  404  404  404  200
POST   acknowledge_order      403   404  404    403  403   403     201  201   404   404    404   403
POST   fail_order             403   404  404    403  403   403     201  201   404   404    404   403
POST   receive_payment        403   404  404    403  403   403     201  201   404   404    404   403
POST   cancel_order           201   404  404    403  201   403     201  201   404   404    404   201
POST   retry_order            403   404  404    403  403   403     201  201   404   404    404   403
GET    list_budgets           200   200  200    200  200   200     200  200   200   200    200   200
GET    get_budget             200   200  404    200  200   200     404  404   404   404    404   200
GET    list_budget_entries    200   200  404    200  200   200     404  404   404   404    404   200
POST   create_budget          403   403  403    403  201   403     403  403   403   201    403   201
POST   check_budgets          back  back back   back back  back    back back  back  back   back  422
PATCH  change_budget          403   403  404    403  200   403     404  404   404   404    404   200
POST   close_budget           403   403  404    403  201   403     404  404   404   404    404   201
POST   adjust_budget          403   403  404    403  201   403     404  404   404   404    404   201
POST   transfer_budget        403   403  404    403  201   403     404  404   404   404    404   201
GET    get_credit             403   403  403    403  403   403     200  200   404   404    404   403
PUT    set_credit             403   403  403    403  403   403     403  200   404   404    404   403
DELETE end_credit             403   403  403    403  403   403     403  204   404   404    404   403
POST   enter_payment          403   403  403    403  403   403     403  201   404   404    404   403
GET    list_rulebooks         403   403  403    403  200   200     403  200   403   200    403   200
GET    get_rulebook           403   403  403    403  200   200     403  404   403   404    403   200
GET    list_rulebook_versions 403   403  403    403  200   200     403  404   403   404    403   200
POST   create_rulebook        403   403  403    403  201   403     404  404   404   404    404   201
PATCH  change_rulebook        403   403  403    403  200   403     404  404   404   404    404   200
GET    get_rulebook_version   403   403  403    403  200   200     403  404   403   404    403   200
GET    compare_rulebook_texts 403   403  403    403  200   200     403  404   403   404    403   200
GET    list_rule_fields       200   200  200    200  200   200     200  200   200   200    200   200
GET    get_rulebook_draft     403   403  403    403  200   403     403  403   403   404    403   200
PUT    save_rulebook_draft    403   403  403    403  200   403     403  403   403   404    403   200
DELETE discard_rulebook_draft 403   403  403    403  204   403     403  403   403   404    403   204
POST   publish_rulebook_draft 403   403  403    403  201   403     403  403   403   404    403   201
POST   start_back_test        403   403  403    403  202   403     403  403   403   404    403   202
GET    list_runs              200   200  200    200  200   200     200  200   200   200    200   200
GET    get_run                404   404  404    404  200   404     404  404   404   404    404   200
GET    list_run_changes       404   404  404    404  200   404     404  404   404   404    404   200
GET    list_imports           200   200  200    200  200   200     200  200   200   200    200   200
POST   create_import          403   403  403    403  202   403     403  403   403   202    403   202
GET    get_import             404   404  404    404  200   404     404  404   404   404    404   200
GET    list_import_rows       404   404  404    404  200   404     404  404   404   404    404   200
POST   reverse_import         404   404  404    404  202   404     404  404   404   404    404   202
GET    get_export             403   403  403    403  200   403     403  403   403   200    403   200
POST   cancel_run             404   404  404    404  201   404     404  404   404   404    404   201
POST   check_rules            403   403  403    403  back 403      403  403   403   404    403  back
POST   simulate_plan          back  back back   back back  back    409  409   back  back   back  422
GET    list_events            403   403  403    403  200   200     200  200   403   200    403   200
GET    export_event_chain     403   403  403    403  200   200     403  200   403   200    403   200
GET    list_endpoints         403   403  403    403  200   403     403  200   403   200    403   200
POST   add_endpoint           403   403  403    403  201   403     403  201   403   201    403   201
GET    get_endpoint           403   403  403    403  200   403     403  404   403   404    403   200
PATCH  change_endpoint        403   403  403    403  200   403     403  404   403   404    403   200
POST   replay_events          403   403  403    403  201   403     403  404   403   404    403   201
GET    list_endpoint_deliveries 403 403  403    403  200   403     403  404   403   404    403   200
POST   rotate_secret          403   403  403    403  201   403     403  404   403   404    403   201
POST   disable_endpoint       403   403  403    403  201   403     403  404   403   404    403   201
POST   enable_endpoint        403   403  403    403  201   403     403  404   403   404    403   201
POST   send_test_event        403   403  403    403  201   403     403  404   403   404    403   201
GET    list_deliveries        403   403  403    403  200   403     403  200   403   200    403   200
GET    get_delivery           403   403  403    403  200   403     403  404   403   404    403   200
POST   replay_delivery        403   403  403    403  201   403     403  404   403   404    403   201
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)

ROWS = [
    *OF_PURCHASES,
    *quotes.OPERATIONS,
    *lists.OPERATIONS,
    *links.OPERATIONS,
    *desk_changes.OPERATIONS,
    *desk_customers.OPERATIONS,
    *desk_orders.OPERATIONS,
    *exporting.OPERATIONS,
    *desk_quotes.OPERATIONS,
    *desk_staff.OPERATIONS,
    *posting.OPERATIONS,
    *desk_today.OPERATIONS,
    *store.OPERATIONS,
    *organisation.ROWS,
    *connecting.OPERATIONS,
]

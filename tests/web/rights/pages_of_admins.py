"""Pages of those who keep the company: rules, members, audit, keys, webhooks, deliveries.

The things are Meridian's: an admin of another company finds none of them.
"""

from tests.web.rights.table import read_table

ROWS = read_table(
    """
                      owner peer sister head admin auditor desk store other parent child
GET   rules           403   403  403    403  200   403     403  403   403   200    403
GET   rule_version    403   403  403    403  200   403     403  403   403   404    403
GET   rulebook        403   403  403    403  200   403     403  403   403   404    403
GET   rule_difference 403   403  403    403  200   403     403  403   403   404    403
GET   rulebook_draft  403   403  403    403  200   403     403  403   403   404    403
POST  rule_change     403   403  403    403  302   403     403  403   403   404    403
GET   draft_settings  403   403  403    403  200   403     403  403   403   404    403
POST  draft_settings  403   403  403    403  302   403     403  403   403   404    403
GET   example_new     403   403  403    403  200   403     403  403   403   404    403
POST  example_new     403   403  403    403  302   403     403  403   403   404    403
POST  example_remove  403   403  403    403  302   403     403  403   403   404    403
POST  draft_publish   403   403  403    403  302   403     403  403   403   404    403
POST  draft_merge     403   403  403    403  302   403     403  403   403   404    403
GET   draft_discard   403   403  403    403  200   403     403  403   403   404    403
POST  draft_discard   403   403  403    403  302   403     403  403   403   404    403
GET   version_restore 403   403  403    403  200   403     403  403   403   404    403
POST  version_restore 403   403  403    403  302   403     403  403   403   404    403
GET   rulebook_import 403   403  403    403  200   403     403  403   403   404    403
POST  rulebook_import 403   403  403    403  302   403     403  403   403   404    403
GET   rulebook_export 403   403  403    403  200   403     403  403   403   404    403
GET   rulebook_keeping 403   403  403    403  200   403     403  403   403   404    403
POST  rulebook_keeping 403   403  403    403  302   403     403  403   403   404    403
GET   rulebook_new    403   403  403    403  200   403     403  403   403   200    403
POST  rulebook_new    403   403  403    403  302   403     403  403   403   422    403
POST  household_rules 403   403  403    403  404   403     403  403   403   302    403
GET   rule_new        403   403  403    403  200   403     403  403   403   404    403
POST  rule_new        403   403  403    403  302   403     403  403   403   404    403
GET   rule_edit       403   403  403    403  200   403     403  403   403   404    403
POST  rule_edit       403   403  403    403  302   403     403  403   403   404    403
POST  simulator_keep  403   403  403    403  302   403     403  403   403   404    403
GET   back_test       403   403  403    403  200   403     403  403   403   404    403
POST  back_test       403   403  403    403  302   403     403  403   403   404    403
GET   back_test_changes 404 404  404    404  200   404     404  404   404   404    404
GET   runs            200   200  200    200  200   200     200  200   200   200    200
GET   run             404   404  404    404  200   404     404  404   404   404    404
POST  run_cancel      404   404  404    404  302   404     404  404   404   404    404
GET   imports         403   403  403    403  200   403     403  200   403   200    403
GET   import_new      403   403  403    403  200   403     403  403   403   200    403
POST  import_new      403   403  403    403  302   403     403  403   403   302    403
GET   import_map      404   404  404    404  200   404     404  404   404   404    404
POST  import_map      404   404  404    404  302   404     404  404   404   404    404
GET   import_run      404   404  404    404  200   404     404  404   404   404    404
POST  import_write    404   404  404    404  302   404     404  404   404   404    404
POST  import_undo     404   404  404    404  302   404     404  404   404   404    404
POST  import_cancel   404   404  404    404  302   404     404  404   404   404    404
GET   import_refused  404   404  404    404  200   404     404  404   404   404    404
GET   import_template 403   403  403    403  200   403     403  403   403   200    403
GET   export          403   403  403    403  200   403     403  403   403   200    403
GET   health          403   403  403    403  200   403     403  403   403   200    403
GET   step_give       403   403  403    403  200   403     403  403   403   404    403
POST  step_give       403   403  403    403  302   403     403  403   403   404    403
GET   audit           403   403  403    403  200   200     403  200   403   200    403
GET   audit_export    403   403  403    403  200   200     403  200   403   200    403
POST  audit_check     403   403  403    403  back  back    403  back  403   back   403
GET   audit_chain     403   403  403    403  200   200     403  200   403   200    403
GET   audit_chain_file 403  403  403    403  200   200     403  200   403   200    403
GET   audit_verifier  403   403  403    403  200   200     403  200   403   200    403
GET   keys            403   403  403    403  200   403     403  200   403   200    403
GET   key_new         403   403  403    403  200   403     403  200   403   200    403
POST  key_new         403   403  403    403  200   403     403  422   403   200    403
GET   key_revoke      403   403  403    403  200   403     403  404   403   404    403
POST  key_revoke      403   403  403    403  302   403     403  404   403   404    403
GET   webhooks        403   403  403    403  200   403     403  200   403   200    403
GET   webhook_new     403   403  403    403  200   403     403  200   403   200    403
POST  webhook_new     403   403  403    403  200   403     403  200   403   200    403
GET   webhook         403   403  403    403  200   403     403  404   403   404    403
GET   webhook_edit    403   403  403    403  200   403     403  404   403   404    403
POST  webhook_edit    403   403  403    403  302   403     403  404   403   404    403
GET   webhook_replay  403   403  403    403  200   403     403  404   403   404    403
POST  webhook_replay  403   403  403    403  302   403     403  404   403   404    403
POST  webhook_rotate  403   403  403    403  200   403     403  404   403   404    403
POST  webhook_test    403   403  403    403  302   403     403  404   403   404    403
POST  webhook_disable 403   403  403    403  302   403     403  404   403   404    403
POST  webhook_enable  403   403  403    403  302   403     403  404   403   404    403
GET   deliveries      403   403  403    403  200   403     403  200   403   200    403
GET   delivery        403   403  403    403  200   403     403  404   403   404    403
GET   mails           403   403  403    403  200   200     403  200   403   200    403
POST  delivery_retry  403   403  403    403  302   403     403  404   403   404    403
POST  delivery_replay 403   403  403    403  302   403     403  404   403   404    403
POST  mail_retry      403   403  403    403  302   403     403  404   403   404    403
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)

"""Pages of a user rather than of a member: the first page, the sign-in, the link of a mail.

They know no company, so here a deactivated member is a user like any other. The mail's link is the
head's: everybody else is shown no facts, and their answer is refused. The link that ends a daily
mail speaks for its member alone, whoever presses it.
"""

from tests.web.rights.links import STRANGERS
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                                           owner deactivated suspended anonymous
GET   account_login                        302   302         302       200
POST  account_login                        back  back        back      back
GET   account_logout                       200   200         200       302
POST  account_logout                       back  back        back      back
GET   account_inactive                     200   200         200       200
GET   account_signup                       302   302         302       200
POST  account_signup                       back  back        back      back
GET   account_reauthenticate               403   403         403       login
POST  account_reauthenticate               403   403         403       login
GET   account_change_password              302   302         302       login
POST  account_change_password              back  back        back      login
GET   account_set_password                 200   200         200       login
POST  account_set_password                 back  back        back      login
GET   account_reset_password               200   200         200       200
POST  account_reset_password               back  back        back      back
GET   account_reset_password_from_key_done 200   200         200       200
GET   account_reset_password_from_key      200   200         200       200
POST  account_reset_password_from_key      back  back        back      back
GET   account_reset_password_done          200   200         200       200
GET   mfa_index                            200         200         200         login
GET   mfa_authenticate                     302         302         302         login
GET   mfa_reauthenticate                   403         403         403         login
GET   mfa_activate_totp                    200         200         200         login
GET   mfa_deactivate_totp                  404         404         404         login
GET   mfa_view_recovery_codes              404         404         404         login
GET   mfa_generate_recovery_codes          200         200         200         login
GET   mfa_download_recovery_codes          404         404         404         login
GET   mfa_list_webauthn                    200         200         200         login
GET   mfa_add_webauthn                     200         200         200         login
GET   mfa_reauthenticate_webauthn          403         403         403         login
GET   mfa_remove_webauthn                  404         404         404         login
GET   mfa_edit_webauthn                    404         404         404         login
GET   mfa_login_webauthn                   302         302         302         login
GET   usersessions_list                    200         200         200         login
POST  mfa_authenticate                     back        back        back        login
POST  mfa_activate_totp                    back        back        back        login
POST  mfa_deactivate_totp                  404         404         404         login
POST  mfa_generate_recovery_codes          back        back        back        login
POST  mfa_add_webauthn                     back        back        back        login
POST  mfa_remove_webauthn                  404         404         404         login
POST  mfa_edit_webauthn                    404         404         404         login
POST  mfa_login_webauthn                   back        back        back        login
POST  usersessions_list                    back        back        back        login
POST  session_end                          404         404         404         login
GET   apply                                200         200         200       200
POST  apply                                302         302         302       302
GET   applied                              200         200         200       200
GET   sign_up                              200         200         200       200
POST  sign_up                              302         302         302       302
GET   signed_up                            200         200         200       200
GET   no_daily_mail                        200   200         200       200
POST  no_daily_mail                        back  back        back      back
GET   front                                302   200         200       login
GET   style_guide                          200   200         200       200
GET   rulebook_schema                      200   200         200       200
GET   contact                              200   200         200       200
GET   store_style                          200   200         200       200
GET   live                                 200   200         200       200
GET   ready                                200   200         200       200
GET   metrics                              404   404         404       404
"""
)
ROWS += STRANGERS
COLUMNS = "      owner peer sister head admin auditor desk store other parent child"
LINK = [
    *read_table(
        f"""
        {COLUMNS}
GET   confirm 200  200  200  200  200   200     200  200   200   200    200
""",
        deactivated="200",
        suspended="200",
        anonymous="200",
    ),
    *read_table(
        f"""
        {COLUMNS}
POST  confirm 409  409  409  200  409   409     409  409   409   409    409
""",
        deactivated="409",
        suspended="409",
        anonymous="409",
    ),
]

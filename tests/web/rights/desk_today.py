"""Reports and the words of mails: who reads and who writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.notices.actions import word_letter
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = [
    *read_table(
        """
                     owner peer sister head admin auditor desk store other parent child
GET   reports         200   200  200    200  200   200     200  200  200   200    200
GET   report_export   200   200  200    200  200   200     200  200  200   200    200
""",
        deactivated="404",
        suspended="403",
        anonymous="login",
    ),
    *read_table(
        """
                         owner peer sister head admin auditor desk store boss other parent child
GET   mail_words          403   403  403    403  403   403     403  403   200  403   403    403
GET   mail_word           403   403  403    403  403   403     403  403   200  403   403    403
POST  mail_word           403   403  403    403  403   403     403  403   302  403   403    403
GET   mail_word_preview   403   403  403    403  403   403     403  403   200  403   403    403
POST  mail_word_reset     403   403  403    403  403   403     403  403   302  403   403    403
POST  mail_word_try       403   403  403    403  403   403     403  403   302  403   403    403
""",
        deactivated="404",
        suspended="403",
        anonymous="login",
    ),
]
"""Whoever sees budgets has the report about those."""

OPERATIONS = read_table(
    """
                     owner peer sister head admin auditor desk store other parent child key
GET    list_reports   200   200  200    200  200   200     200  200   200   200    200   200
GET    get_report     404   404  404    404  404   404     200  200   404   404    404   404
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)
"""The report that is asked for is the merchant's."""


def things_of_today(cast: Cast) -> dict[str, Any]:
    """A letter with words of the owner's, and the report that everybody asks for."""
    word_letter(
        "rejected", language="en", subject="No", body="", version=0, actor=cast.odd, now=cast.now
    )
    letters = ("mail_word", "mail_word_preview", "mail_word_reset", "mail_word_try")
    return {
        "get_report.kind": "sales",
        **{f"{route}.letter": "rejected" for route in letters},
        **{f"{route}.language": "en" for route in letters},
    }


def wishes_about_words() -> dict[str, Mapping[str, Any]]:
    """The fields of each form."""
    return {
        "mail_word": {"version": "1", "subject": "{person} said no", "body": "", "do": "keep"},
        "mail_word_reset": {"version": "1"},
        "mail_word_try": {},
    }

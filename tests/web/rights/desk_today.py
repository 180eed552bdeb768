"""Reports and the words of mails: who reads and who writes them."""

from __future__ import annotations

from tests.web.rights.table import read_table

ROWS = read_table(
    """
                     owner peer sister head admin auditor desk store other parent child
GET   reports         200   200  200    200  200   200     200  200   200   200    200
GET   report_export   200   200  200    200  200   200     200  200   200   200    200
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
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

"""Who gets what from every address of the installation, by every method.

A route without a row fails here: whoever adds a page or an operation says in ``rights/`` who may
use it. Everybody else's things are reached for in all spellings; refusals write nothing.
"""

from __future__ import annotations

import pytest
from django.db import connection

from tests.web.rights import (
    account,
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
    operations,
    pages_of_admins,
    pages_of_approvers,
    pages_of_buyers,
    pages_of_companies,
    pages_of_merchants,
    pages_of_organisation,
    posting,
    quotes,
    store,
)
from tests.web.rights.routes import METHODS, Route, list_api_addresses, list_operations, list_pages
from tests.web.rights.table import Row
from tests.web.rights.trying import (
    COMPANY_OF,
    PEOPLE_OF_COLUMNS,
    Ground,
    try_operation,
    try_page,
)

PAGES: list[Row] = [
    *pages_of_buyers.ROWS,
    *pages_of_approvers.ROWS,
    *pages_of_merchants.ROWS,
    *pages_of_admins.ROWS,
    *pages_of_companies.ROWS,
    *pages_of_organisation.ROWS,
    *links.ROWS,
    *desk_changes.ROWS,
    *desk_orders.ROWS,
    *exporting.ROWS,
    *desk_staff.ROWS,
    *posting.ROWS,
    *desk_today.ROWS,
    *connecting.ROWS,
    *desk_customers.ROWS,
    *quotes.ROWS,
    *desk_quotes.ROWS,
    *lists.ROWS,
    *store.ROWS,
    *account.ROWS,
    *account.LINK,
]
ROUTES = {route.name: route for route in list_pages()}
OPERATIONS = {operation.name: operation for operation in list_operations()}
OF_COMPANIES = [route for route in ROUTES.values() if route.is_company_page]
OUTSIDE = ("desk", "other")
AGAIN = connection.vendor == "postgresql"
"""Whether this is the second database: everybody's answer is proved on the first (ADR 30)."""
ASKING = frozenset(
    {"audit_check", "check_budgets", "check_rules", "simulate_plan"}
    | {"notices_read", "read_all_notices", "read_notice", "cart_seen"}
    | {"quote_figures", "quote_template_use"}
    | {"preview_reduction", "preview_acceptance", "decide_steps"}
)
"""Their body is a question, or they say what was looked at: nothing happens to anybody."""


def _columns(row: Row) -> list[tuple[str, str]]:
    """All columns; on the second database the first person for each of the row's answers."""
    columns = list(row.answers.items())
    if not AGAIN:
        return columns
    return list({answer: (column, answer) for column, answer in reversed(columns)}.values())


def test_every_page_has_its_row() -> None:
    assert {row.route for row in PAGES} == set(ROUTES)


def test_every_operation_has_its_row() -> None:
    rows = sorted((row.method, row.route) for row in operations.ROWS)
    assert rows == sorted((one.method, one.name) for one in OPERATIONS.values())


def test_the_api_has_no_address_outside_its_description() -> None:
    described = {f"/api/v1/{operation.path}" for operation in OPERATIONS.values()}
    public = {"openapi.json", "explorer/", "explorer/{key}/", "^"}
    public |= {"explorer/guides/{key}.md", "explorer/problems/"}
    assert list_api_addresses() == described | {f"/api/v1/{address}" for address in public}


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_page(row: Row, tried: Ground) -> None:
    route = ROUTES[row.route]
    for column, expected in _columns(row):
        assert try_page(tried, route, row.method, column) == set(expected.split("+")), column


@pytest.mark.parametrize("row", operations.ROWS, ids=str)
def test_operation(row: Row, tried: Ground) -> None:
    operation = OPERATIONS[row.route]
    for column, expected in _columns(row):
        assert try_operation(tried, operation, column) == set(expected.split("+")), column


@pytest.mark.parametrize("row", [*PAGES, *operations.ROWS], ids=str)
def test_a_write_succeeds_for_somebody_and_never_for_the_deactivated(row: Row) -> None:
    """A row in which nobody succeeds would prove nothing: its body is not valid."""
    if row.method == "GET" or row in account.ROWS:
        return
    good = "back" if row.route in ASKING else "4"
    won = {
        column
        for column, answer in row.answers.items()
        if answer == good or (answer.isdigit() and answer < "400")
    }
    assert won
    assert not won & {"deactivated", "suspended", "anonymous"}


@pytest.mark.parametrize("route", OF_COMPANIES, ids=lambda route: route.name)
def test_no_stranger_enters_by_the_companys_own_address(route: Route, tried: Ground) -> None:
    """With ``/c/meridian/`` in the address, members of other companies find nothing at all."""
    for row in PAGES:
        for column in OUTSIDE[: 1 if AGAIN else None]:
            if row.route == route.name:
                got = try_page(tried, route, row.method, column, company="meridian")
                assert got == {"404"}, (column, row.method)


@pytest.mark.parametrize("route", OF_COMPANIES, ids=lambda route: route.name)
def test_methods_without_a_row_do_nothing(route: Route, tried: Ground) -> None:
    listed = {row.method for row in PAGES if row.route == route.name}
    for method in set(METHODS) - listed:
        for column in ("owner",) if AGAIN else ("owner", "anonymous"):
            got = try_page(tried, route, method, column)
            assert got == {"405"}, (column, method)


def test_everybody_of_the_tables_is_somebody_of_the_cast() -> None:
    assert set(PEOPLE_OF_COLUMNS.values()) <= set(COMPANY_OF)

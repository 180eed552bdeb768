"""What the merchant's other roles get wherever its manager or owner gets anything.

Tomas is given one role after another in place of the order desk's; a role holds a part of what the
owner holds, so where neither manager nor owner gets in, nobody else does (``test_rights_matrix``).
``scoped`` is a rep whose only customer is Kowalski: all the things are Meridian's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from placet.companies.models import CustomerRep, Member, Role, RoleGrant
from tests.web.rights import operations, staff
from tests.web.rights.table import Row
from tests.web.rights.trying import Ground, try_operation, try_page
from tests.web.test_rights_matrix import AGAIN, OPERATIONS, PAGES, ROUTES

ROLES = {"sales": "sales_rep", "keeper": "catalog_keeper", "scoped": "sales_rep"}
SEAT = "desk"
"""The column whose person is given the roles."""


def _is_of_staff(row: Row) -> bool:
    return any(row.answers.get(column, "404")[0] in "23b" for column in ("store", "boss"))


OF_STAFF = {str(row): row for row in (*PAGES, *operations.ROWS) if _is_of_staff(row)}
SAID = {str(row): row for row in (*staff.PAGES, *staff.OPERATIONS)}


@contextmanager
def _seated(column: str) -> Iterator[None]:
    """Within, Tomas has the role of the column and no other; after it, the order desk's again."""
    with transaction.atomic():
        tomas = Member.objects.get(user__email="tomas@norden.example")
        held = RoleGrant.objects.filter(member=tomas)
        role = Role.objects.get(company=tomas.company, key=ROLES[column])
        held.update(role=role)
        if column == "scoped":
            Member.objects.filter(pk=tomas.pk).update(sees_all_customers=False)
            customer = Member.objects.get(user__email="ola@kowalski.example").company
            CustomerRep.objects.create(member=tomas, company=customer, created_at=tomas.created_at)
        yield
        transaction.set_rollback(True)


def test_every_address_of_the_staff_has_its_row() -> None:
    assert sorted(SAID) == sorted(OF_STAFF)


@pytest.mark.skipif(AGAIN, reason="everybody's answer is proved on the first database (ADR 30)")
@pytest.mark.parametrize("row", SAID.values(), ids=str)
def test_role(row: Row, tried: Ground) -> None:
    for column in ROLES:
        with _seated(column):
            if row.route in ROUTES:
                got = try_page(tried, ROUTES[row.route], row.method, SEAT)
            else:
                got = try_operation(tried, OPERATIONS[row.route], SEAT)
        assert got == set(row.answers[column].split("+")), column

"""``placet verify REQ-1``: the proof of one purchase, in every state, and what tampering does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from placet.core.append_only import install_append_only
from placet.jobs.verify import verify
from placet.jobs.verify.promise import check_order
from placet.jobs.verify.proof import prove_requisition
from placet.orders.content import read_content, write_content
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, withdraw_requisition
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.road import (
    DRESSING,
    GLOVES,
    INFUSION_SET,
    answer,
    fill_cart,
    submit,
)
from tests.requisitions.test_place_order import AFTER_THE_HOLD, approved_after, run_short, set_price

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


def nothing_to_approve(cast: Cast) -> Requisition:
    return submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)


def pending(cast: Cast) -> Requisition:
    return submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)


def held(cast: Cast) -> Requisition:
    requisition = pending(cast)
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    return requisition


def rejected(cast: Cast) -> Requisition:
    requisition = pending(cast)
    answer(requisition, "reject", reason="No.", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    return requisition


def returned(cast: Cast) -> Requisition:
    requisition = pending(cast)
    answer(requisition, "request_changes", reason="Fewer.", actor=cast.rashid, now=cast.now)
    apply_due_decisions(now=cast.now + LATER)
    return requisition


def withdrawn(cast: Cast) -> Requisition:
    return withdraw_requisition(held(cast), actor=cast.lena, now=cast.now)


def failed(cast: Cast) -> Requisition:
    return approved_after(cast, run_short)


def ordered(cast: Cast) -> Requisition:
    return approved_after(cast, lambda: None)


def carried(cast: Cast) -> Requisition:
    """Ordered from its second revision, at a lower price than was approved."""
    return approved_after(cast, lambda: set_price(DRESSING, 1_500, cast), wait=AFTER_THE_HOLD)


STATES: dict[str, tuple[Callable[[Cast], Requisition], str]] = {
    "nothing to approve": (nothing_to_approve, "Nothing had to be approved."),
    "pending": (pending, "somebody who can decide it is asked."),
    "held": (held, "may still be undone"),
    "rejected": (rejected, "What it drew from budgets is free again"),
    "returned": (returned, "Rashid Haddad answered about"),
    "withdrawn": (withdrawn, "There is no order of it."),
    "failed": (failed, "the order waits (out_of_stock)"),
    "ordered": (ordered, "ORD-1 left with exactly the bytes of revision 1."),
    "carried": (carried, "carried over: compared again, nothing that its reasons read got worse."),
}


def proof(requisition: Requisition) -> tuple[str, list[str]]:
    """The whole text, and the sentences that do not hold."""
    fresh = Requisition.objects.get(pk=requisition.pk)
    found = list(prove_requisition(fresh))
    return "\n".join(one.sentence for one in found), [s.sentence for s in found if not s.holds]


@pytest.mark.parametrize("state", STATES)
def test_it_is_proved_in_every_state(cast: Cast, state: str) -> None:
    make, sentence = STATES[state]
    text, wrong = proof(make(cast))
    assert wrong == []
    assert sentence in text
    assert verify() == []


TAMPERED = {
    "the bytes of the revision": "UPDATE requisitions_revision SET content_hash = repeat_0",
    "the plan": "UPDATE requisitions_revision SET plan_hash = repeat_0",
    "the authors": "UPDATE requisitions_revision SET authors = '[]'",
    "the hash of a decision": "UPDATE requisitions_decision SET content_hash = repeat_0",
    "what became of it": "DELETE FROM requisitions_decisionoutcome",
    "the sum": "UPDATE orders_order SET total_minor = total_minor + 1",
    "the order": "DELETE FROM orders_orderline; DELETE FROM orders_order",
    "the budget": "UPDATE budgets_reservation SET status = 'released'",
    "an event": "UPDATE events_event SET type = 'cart.created' WHERE type = 'decision.applied'",
    "who was asked": "DELETE FROM requisitions_stepassignment",
    "the steps": "UPDATE requisitions_step SET quorum = 2",
    "the number of a revision": "UPDATE requisitions_revision SET number = 7",
    "the text of the rules": "UPDATE rulebooks_rulebookversion SET document = '{}'",
}


def tamper(statements: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
        for statement in statements.replace("repeat_0", f"'{'0' * 64}'").split(";"):
            cursor.execute(statement)
        if connection.vendor != "sqlite":
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    install_append_only()


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_tampered_with_is_said(cast: Cast, what: str) -> None:
    requisition = ordered(cast)
    tamper(TAMPERED[what])
    _text, wrong = proof(requisition)
    assert wrong


def test_the_command_prints_it_and_answers_with_its_exit_code(cast: Cast) -> None:
    requisition = ordered(cast)
    out = StringIO()
    call_command("verify", requisition.number, "--company", "meridian", stdout=out)
    assert "Rashid Haddad approved exactly" in out.getvalue()
    assert "computed again from the rows, and holds" in out.getvalue()
    tamper(TAMPERED["the plan"])
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", requisition.pk, stdout=out, stderr=StringIO())
    assert ended.value.code == 1
    assert "!!   its plan was changed after it was confirmed." in out.getvalue()


def test_a_number_that_several_have_needs_its_company(cast: Cast) -> None:
    mine = pending(cast)
    with pytest.raises(CommandError, match="no requisition REQ-77"):
        call_command("verify", "REQ-77")
    with pytest.raises(CommandError, match="of kowalski"):
        call_command("verify", mine.number, "--company", "kowalski")
    with pytest.raises(CommandError, match="Name a requisition"):
        call_command("verify", "--company", "kowalski")
    other = Requisition.objects.get(pk=mine.pk)
    other.pk, other.company_id, other.cart_id = "req_other", cast.company["kowalski"], ""
    other.save(force_insert=True)
    with pytest.raises(CommandError, match="kowalski, meridian"):
        call_command("verify", mine.number)


def test_an_order_whose_parts_are_not_its_whole_is_found(cast: Cast) -> None:
    order = Order.objects.get(requisition_id=ordered(cast).pk)
    read = read_content(order.content)
    assert list(check_order(order)) == []
    order.total_minor = read.total_minor + 1
    order.content, order.content_hash = write_content(read._replace(total_minor=order.total_minor))
    found = {finding.code for finding in check_order(order)}
    assert found == {"order_differs", "order_does_not_add_up"}

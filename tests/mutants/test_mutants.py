"""Mutants: we make a mistake of others on purpose, and a story must notice it.

Each patches one function of the road in this process and tells a story that otherwise holds. A
mutant that survives says that the story proves less than it claims.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from placet.carts.models import Cart
from placet.jobs.verify import verify
from placet.orders.content import read_content, write_content
from placet.requisitions.models import StepAssignment
from placet.rulebooks.models import RulebookVersion
from tests.journeys import (
    test_budgets,
    test_golden_path,
    test_limits_and_names,
    test_links,
    test_other_answers,
    test_people,
)

ACTIONS = "placet.requisitions.actions"


class Mutant(NamedTuple):
    """The mistake: which function is replaced by what; and the story that must not hold then."""

    mistake: str
    place: str
    name: str
    instead: Callable[[Any], Any]
    story: Callable[..., None]


def nothing(_original: Any) -> Any:
    """A check that checks nothing."""
    return lambda *args, **kwargs: None


def never(_original: Any) -> Any:
    """A question that is always answered with no."""
    return lambda *args, **kwargs: ""


def anybody_decides(_original: Any) -> Any:
    """Whoever reaches the step decides it, the requester too."""

    def assignment(_requisition: Any, step: Any, *_args: Any) -> StepAssignment:
        return StepAssignment.objects.filter(step=step).earliest("id")

    return assignment


def a_dearer_order(original: Any) -> Any:
    """The order leaves with another total than was approved."""

    def create(*, content: bytes, **values: Any) -> Any:
        read = read_content(content)
        dearer = read._replace(total_minor=read.total_minor + 1, tax_minor=read.tax_minor + 1)
        written, content_hash = write_content(dearer)
        return original(content=written, **{**values, "content_hash": content_hash})

    return create


def a_default_ship_to(original: Any) -> Any:
    """The order goes to another place than was approved."""

    def create(*, content: bytes, **values: Any) -> Any:
        read = read_content(content)
        moved = read._replace(ship_tos=(read.ship_tos[0]._replace(street="Elsewhere 1"),))
        written, content_hash = write_content(moved)
        return original(content=written, **{**values, "content_hash": content_hash})

    return create


def nothing_reserved(_original: Any) -> Any:
    return lambda *args, **kwargs: []


def submitted_again(_original: Any) -> Any:
    """A cart that was submitted can be submitted again."""

    def locked(cart: Cart, *, actor: Any) -> Cart:
        Cart.objects.filter(pk=cart.pk).update(status=Cart.Status.OPEN)
        return Cart.objects.select_related(
            "company", "unit", "owner__user", "ship_to", "bill_to", "cost_center"
        ).get(pk=cart.pk)

    return locked


def told_at_once(original: Any) -> Any:
    """An answer on a page takes effect at once."""

    def decide(*args: Any, actor: Any, **kwargs: Any) -> Any:
        return original(*args, actor=replace(actor, channel="mail"), **kwargs)

    return decide


class Approved:
    """The progress of a requisition of which nothing is asked any more."""

    outcome = "approved"

    def __init__(self, found: Any) -> None:
        self._found = found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found, name)


def rules_of_today(original: Any) -> Any:
    """What is running follows the rules that are published now: nobody else is asked."""

    def progress(requisition: Any) -> Any:
        found = original(requisition)
        published = RulebookVersion.objects.filter(
            rulebook__company_id=requisition.company_id
        ).latest("number")
        return Approved(found) if published.number > 1 else found

    return progress


MUTANTS = (
    Mutant(
        "the content that was seen is not compared",
        "placet.requisitions.gate", "_require_current", nothing,
        test_other_answers.test_another_content_than_the_one_that_was_seen_is_refused_and_shown,
    ),
    Mutant(
        "the plan that was seen is not compared",
        "placet.requisitions.first_revision", "_require_same_plan", nothing,
        test_other_answers
        .test_the_plan_changes_between_looking_and_submitting_and_lena_sees_the_new_one,
    ),
    Mutant(
        "a purchase that is blocked is blocked by the page only",
        "placet.requisitions.first_revision", "_require_same_plan", nothing,
        test_limits_and_names.test_a_limit_of_zero_is_no_permission_to_spend_without_limit,
    ),
    Mutant(
        "the requester approves their own order",
        "placet.requisitions.gate", "_assignment", anybody_decides,
        test_people.test_lena_never_approves_her_own_order_through_a_delegation,
    ),
    Mutant(
        "the answer of somebody who left still counts",
        f"{ACTIONS}.apply_decision", "_why_it_lapses", never,
        test_people.test_the_answer_of_somebody_who_left_meanwhile_lapses_and_the_next_decides,
    ),
    Mutant(
        "a suspended company still orders",
        f"{ACTIONS}.apply_decision", "read_held", nothing_reserved,
        test_people.test_an_answer_that_waits_does_not_make_an_order_for_a_suspended_company,
    ),
    Mutant(
        "the order leaves at another total",
        f"{ACTIONS}.place_order", "create_order", a_dearer_order,
        test_golden_path.test_rashid_is_never_asked_twice_and_the_worker_may_sleep_for_an_hour,
    ),
    Mutant(
        "the order goes to another ship-to",
        f"{ACTIONS}.place_order", "create_order", a_default_ship_to,
        test_golden_path.test_rashid_is_never_asked_twice_and_the_worker_may_sleep_for_an_hour,
    ),
    Mutant(
        "the budget ignores what waits",
        "placet.requisitions.first_revision", "reserve_budgets", nothing_reserved,
        test_budgets.test_what_waits_is_reserved_so_the_second_purchase_finds_less,
    ),
    Mutant(
        "a rejected purchase keeps its reservation",
        f"{ACTIONS}.end_requisition", "release_reservations", nothing,
        test_other_answers.test_rashid_rejects_with_a_reason_and_the_budget_is_free,
    ),
    Mutant(
        "a cart is submitted twice",
        f"{ACTIONS}.submit_cart", "lock_cart", submitted_again,
        test_golden_path.test_what_is_submitted_twice_leaves_once,
    ),
    Mutant(
        "an answer on a page cannot be taken back",
        "placet.web.inbox.views", "decide_step", told_at_once,
        test_other_answers.test_rashid_takes_his_answer_back_before_anybody_is_told,
    ),
    Mutant(
        "rules that are published change what is running",
        f"{ACTIONS}.advance_requisition", "read_progress", rules_of_today,
        test_limits_and_names
        .test_rules_that_are_published_meanwhile_do_not_change_what_is_running,
    ),
    Mutant(
        "a scanner that sends the form decides",
        "placet.web.confirm.page", "_refused_unseen", nothing,
        test_links.test_a_scanner_that_sends_the_form_as_well_is_nobody,
    ),
    Mutant(
        "a forwarded mail shows and decides",
        "placet.web.confirm.page", "_refused_unseen", nothing,
        test_links.test_strangers_and_forwarded_mails_learn_nothing,
    ),
    Mutant(
        "a link never expires",
        "placet.web.confirm.page", "_refused_unseen", nothing,
        test_links.test_an_expired_link_shows_nothing_and_decides_nothing,
    ),
    Mutant(
        "a signature of a link is not checked",
        "placet.requisitions.links", "_signature", lambda _original: lambda link_id: "x" * 32,
        test_links.test_a_token_of_another_link_or_a_changed_one_is_not_ours,
    ),
)  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.mistake)
def test_the_story_notices(
    mutant: Mutant, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    names = inspect.signature(mutant.story).parameters
    told = {name: request.getfixturevalue(name) for name in names}
    module: ModuleType = importlib.import_module(mutant.place)
    monkeypatch.setattr(module, mutant.name, mutant.instead(getattr(module, mutant.name)))

    def tell() -> None:
        mutant.story(**told)
        assert verify() == []

    with pytest.raises(AssertionError) as noticed:
        tell()
    assert "not_applied" not in str(noticed.value), "the mutant broke instead of doing wrong"

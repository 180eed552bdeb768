"""Running purchases keep their rules, until an admin asks for those of today."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.jobs.verify import verify
from placet.requisitions.actions import replan_requisition
from placet.requisitions.actions.replan_requisition import preview_replan
from placet.requisitions.errors import PlanChanged
from placet.requisitions.models import CarryOver, Requisition, RevisionOrigin
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, submit
from tests.requisitions.test_revise_requisition import revise

pytestmark = pytest.mark.django_db


def at_once(actor: Actor) -> Actor:
    return replace(actor, channel="api")


def publish(cast: Cast, *, without: str = "", finance_over: int = 5_000_00) -> None:
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"])
    document = copy.deepcopy(MERIDIAN)
    document["rules"] = [rule for rule in document["rules"] if rule["id"] != without]
    for rule in document["rules"]:
        if rule["id"] == "finance":
            rule["when"]["value"]["amount_minor"] = finance_over
    publish_rulebook(rulebook, document=document, actor=system_of(rulebook.company), now=cast.now)


def pending(cast: Cast) -> Requisition:
    return submit(fill_cart(cast, (INFUSION_SET, 10)), actor=cast.lena, now=cast.now)


def keys(requisition: Requisition) -> list[str]:
    requisition.refresh_from_db()
    assert requisition.revision is not None
    return [str(step.label) for step in requisition.revision.steps.order_by("position")]


def test_a_revision_keeps_the_rules_of_the_first_submission(cast: Cast) -> None:
    requisition = pending(cast)
    before = keys(requisition)
    publish(cast, finance_over=1_00)
    revise(requisition, cast, {INFUSION_SET: 9})
    assert keys(requisition) == before


def test_an_admin_plans_it_again_by_the_rules_of_today(cast: Cast) -> None:
    requisition = pending(cast)
    before = len(keys(requisition))
    assert requisition.revision is not None
    content = bytes(requisition.revision.content)
    publish(cast, finance_over=1_00)
    revision = replan_requisition(
        requisition, reason="Finance looks at everything now.", actor=cast.ines, now=cast.now
    )
    assert len(keys(requisition)) == before + 1
    assert (bytes(revision.content), revision.number) == (content, 2)
    assert RevisionOrigin.objects.get(revision=revision).cause == RevisionOrigin.Cause.REPLANNED
    assert cast.user["ines"] not in revision.authors
    assert not verify()


def test_an_approval_by_a_rule_of_another_version_does_not_count_any_more(cast: Cast) -> None:
    requisition = pending(cast)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    publish(cast, finance_over=1_00)
    shown = preview_replan(requisition, actor=cast.ines, now=cast.now)
    assert [one.code for one in shown.carried.reset] == ["rule_changed"]
    replan_requisition(
        requisition,
        reason="New rules.",
        plan_hash=shown.planned.hash,
        actor=cast.ines,
        now=cast.now,
    )
    assert not CarryOver.objects.exists()


def test_under_the_same_rules_every_approval_is_kept(cast: Cast) -> None:
    requisition = pending(cast)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    replan_requisition(requisition, reason="To be sure.", actor=cast.ines, now=cast.now)
    assert CarryOver.objects.count() == 1
    assert not verify()


def test_another_plan_than_the_one_shown_is_refused(cast: Cast) -> None:
    requisition = pending(cast)
    shown = preview_replan(requisition, actor=cast.ines, now=cast.now).planned.hash
    publish(cast, finance_over=1_00)
    with pytest.raises(PlanChanged):
        replan_requisition(
            requisition, reason="So be it.", plan_hash=shown, actor=cast.ines, now=cast.now
        )


def test_only_admins_with_a_reason_and_only_what_waits(cast: Cast) -> None:
    requisition = pending(cast)
    for stranger in (cast.lena, cast.rashid, cast.ola, cast.tomas):
        with pytest.raises(Forbidden):
            replan_requisition(requisition, reason="Please.", actor=stranger, now=cast.now)
    with pytest.raises(InvalidInput):
        replan_requisition(requisition, reason="  ", actor=cast.ines, now=cast.now)
    answer(requisition, "reject", actor=at_once(cast.rashid), reason="No.", now=cast.now)
    with pytest.raises(Conflict):
        replan_requisition(requisition, reason="Again.", actor=cast.ines, now=cast.now)


def test_with_rules_that_ask_nobody_it_is_ordered_at_once(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    publish(cast, without="icu-over-500")
    replan_requisition(requisition, reason="ICU buys freely now.", actor=cast.ines, now=cast.now)
    requisition.refresh_from_db()
    assert requisition.status == Requisition.Status.ORDERED
    assert not verify()

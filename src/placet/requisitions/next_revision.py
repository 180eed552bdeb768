"""What the next revision of a requisition would be: shown before it is written, and then written.

The page, the API and the transaction all ask here, so that kept, reset and new are shown exactly as
it then happens. Nothing is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from copy import copy
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.orders.content import Content, read_content, write_content
from placet.plans.besides import Besides, load_besides
from placet.plans.confirmation import HALF
from placet.plans.frozen import day_of
from placet.plans.planner import CartPlan, plan_cart
from placet.plans.restaffing import load_restaffing
from placet.policy.codec import from_json
from placet.policy.plan import Plan, PlanStep
from placet.policy.restaffing import Restaffing
from placet.policy.staffing import Nobody
from placet.requisitions.carrying import Carried, carry_over
from placet.requisitions.changing import find_changed
from placet.requisitions.envelopes import with_envelope
from placet.requisitions.errors import NobodyLeft
from placet.requisitions.freeze import freeze_cart
from placet.requisitions.models import Requisition, Revision, RevisionOrigin, Step, StepAssignment
from placet.requisitions.progress import plan_of
from placet.requisitions.referring import list_handed_on, without
from placet.requisitions.seats import StepToWrite

Cause = RevisionOrigin.Cause
AUTHORED = frozenset({Cause.EDITED, Cause.SUGGESTED})
"""Causes by which whoever acts becomes an author of the content."""


class NextRevision(NamedTuple):
    """The revision that would be written. ``planned.hash`` is what resubmitting names.

    It binds the plan, the content, the revision that it takes the place of, and what is kept, reset
    and new. ``written`` are the canonical bytes of ``content``.
    """

    planned: CartPlan
    content: Content
    written: bytes
    content_hash: str
    steps: tuple[StepToWrite, ...]
    carried: Carried

    @property
    def plan(self) -> Plan:
        """The plan with all steps as they would be asked, also those that an approver added."""
        return self.planned.plan._replace(steps=tuple(one.step for one in self.steps))


def plan_revision(
    requisition: Requisition,
    *,
    cart: Cart,
    priced: PricedCart,
    cause: str,
    counted: Mapping[str, Counted] | None = None,
    actor: Actor,
    now: datetime,
) -> NextRevision:
    """Plan the full new content besides what the requisition itself holds.

    ``cart`` says what stands above the lines and may be one that is never saved. ``counted`` are
    the requester's counters without it, once it has been counted again. Raises
    ``CannotBePlanned``, and ``NobodyLeft`` where an added step could be taken by nobody.
    """
    former = current_revision(requisition)
    before = read_content(former.content)
    cart = _of_requester(cart, requisition)
    planned = plan_cart(
        cart,
        priced,
        actor=actor,
        now=now,
        counted=counted,
        besides=_besides(requisition, former, before, cause),
        is_authored=cause in AUTHORED,
    )
    content, written, content_hash = _freeze(
        requisition, cart, planned, former, before, cause=cause, now=now
    )
    steps = _steps(requisition, former, planned, content, now)
    plan = planned.plan._replace(steps=tuple(one.step for one in steps))
    carried = carry_over(requisition, plan, content, authors=planned.authors)
    bound = _bound(planned.plan, former, carried) + planned.hash[HALF:]
    return NextRevision(
        planned._replace(hash=bound), content, written, content_hash, steps, carried
    )


def current_revision(requisition: Requisition) -> Revision:
    """The revision that is decided about now."""
    revision: Revision | None = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    return revision


def _of_requester(cart: Cart, requisition: Requisition) -> Cart:
    """The cart as the requester's, who stays the same for good.

    Whoever took the cart over when the requester left is an author of an edit, and no more.
    """
    if cart.owner_id == requisition.requester_id:
        return cart
    own = copy(cart)
    own.owner = requisition.requester
    return own


def _besides(requisition: Requisition, former: Revision, before: Content, cause: str) -> Besides:
    """What planning leaves out, and keeps: the rules of its plan, unless an admin asks for others.

    Editing a rulebook never changes what runs already.
    """
    return load_besides(
        requisition.pk,
        submitted_at=requisition.submitted_at,
        source=before.source,
        authors=frozenset(former.authors),
        rulebooks=None if cause == Cause.REPLANNED else plan_of(former).rulebooks,
        is_ordered=find_changed(requisition) is not None,
    )


def _freeze(
    requisition: Requisition,
    cart: Cart,
    planned: CartPlan,
    former: Revision,
    before: Content,
    *,
    cause: str,
    now: datetime,
) -> tuple[Content, bytes, str]:
    """The content, its bytes and their hash; planned again, it is the same content byte by byte."""
    if cause == Cause.REPLANNED:
        return before, bytes(former.content), former.content_hash
    content = freeze_cart(
        cart,
        planned.priced,
        requisition_id=requisition.pk,
        number=requisition.number,
        source=before.source,
        last_paid=planned.last_paid,
        hold_days=planned.hold_days,
        now=now,
    )
    if _holds_prices(before, content, now):
        # A hold is not renewed by revising: new prices are held no longer than the old ones.
        content = content._replace(prices_held_until=before.prices_held_until)
    content = with_envelope(content, before.envelope)
    written, content_hash = write_content(content)
    return read_content(written), written, content_hash


def _holds_prices(before: Content, after: Content, now: datetime) -> bool:
    """Whether a line still has the price that is held for it."""
    until = day_of(before.prices_held_until)
    if until is None or get_merchant_day(now) > until:
        return False
    held = {(line.product, line.quantity, line.unit_price_minor) for line in before.lines}
    return any((line.product, line.quantity, line.unit_price_minor) in held for line in after.lines)


def _steps(
    requisition: Requisition,
    former: Revision,
    planned: CartPlan,
    content: Content,
    now: datetime,
) -> tuple[StepToWrite, ...]:
    """The steps of the plan with the seats that were handed on, and those that were added."""
    plan = planned.plan
    rows = list(former.steps.order_by("position"))
    added = [row for row in rows if row.added_by_id and row.status != Step.Status.REJECTED]
    given = _given_by_key(former)
    if plan.outcome == "blocked" or not (added or given):
        return tuple(StepToWrite(step) for step in plan.steps)
    more = [from_json(PlanStep, row.restaffed) for row in added]
    restaffing = load_restaffing(
        content,
        plan,
        steps=(*plan.steps, *more),
        authors=planned.authors,
        voted=(),
        given={member for members in given.values() for member in members},
        rates_moment=requisition.submitted_at,
        now=now,
    )
    gone = list_handed_on(requisition)
    found = [
        _with_given(step, restaffing, given.get(step.key, ()), gone.get(step.key, ()))
        for step in plan.steps
    ]
    for row, step in zip(added, more, strict=True):
        seats = given.get(row.key, ())
        staffed = _staffed_added(requisition, row, step, restaffing, seats)
        found.append(StepToWrite(staffed, True, frozenset(seats), row.added_by_id or ""))
    # Python's sort is stable: an added step comes behind those of its rank.
    return tuple(sorted(found, key=lambda one: (one.step.side != "buyer", one.step.rank)))


def _given_by_key(former: Revision) -> dict[str, tuple[str, ...]]:
    """By step, the members to whom somebody handed a seat."""
    rows = StepAssignment.objects.filter(step__revision=former, is_given=True).order_by("id")
    found: dict[str, tuple[str, ...]] = {}
    for key, member_id in rows.values_list("step__key", "member_id"):
        found[key] = (*found.get(key, ()), member_id)
    return found


def _with_given(
    step: PlanStep, restaffing: Restaffing, given: tuple[str, ...], gone: Collection[str]
) -> StepToWrite:
    if not given:
        return StepToWrite(step)
    try:
        staffed = restaffing.step(step, step.quorum.needed, given)
    except Nobody:
        return StepToWrite(step)
    return StepToWrite(without(staffed, gone, step.quorum.needed), True, frozenset(given))


def _staffed_added(
    requisition: Requisition,
    row: Step,
    step: PlanStep,
    restaffing: Restaffing,
    given: tuple[str, ...],
) -> PlanStep:
    others = restaffing.besides(row.added_by_id) if row.added_by_id else restaffing
    try:
        return others.step(step, row.quorum, given)
    except Nobody as error:
        raise NobodyLeft(
            _("Nobody could take the step that was added to %(number)s. Ask somebody else first.")
            % {"number": requisition.number},
            steps=[row.pk],
        ) from error


def _bound(plan: Plan, former: Revision, carried: Carried) -> str:
    """The half of the hash that names the plan, here with everything that is shown beside it."""
    shown = [
        plan.hash,
        former.pk,
        [[one.decision.pk, one.step] for one in carried.kept],
        [[one.decision.pk, one.step.key, one.code] for one in carried.reset],
        carried.waiting,
        carried.new,
    ]
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HALF]

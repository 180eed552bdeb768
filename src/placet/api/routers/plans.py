"""The plan of a purchase that does not exist: what would it need?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from ninja import Router

from placet.api.call import ApiRequest
from placet.api.rate import spend
from placet.api.schemas.purchase import PlanWish, SimulatedPlan
from placet.api.simulations import show_simulation
from placet.carts.queries import get_cart
from placet.companies.queries import get_member
from placet.core.errors import InvalidInput
from placet.plans.simulate import Simulation, simulate
from placet.rulebooks.documents import read_text
from placet.rulebooks.models import Rulebook
from placet.rulebooks.queries import get_draft, get_rulebook

router = Router(tags=["plans"])
PERMITS = 4
"""A plan of something that does not exist costs as much as five calls."""


@router.post("/plans", response=SimulatedPlan)
def simulate_plan(request: ApiRequest, body: PlanWish) -> SimulatedPlan:
    """Plan a purchase that does not exist, as if the member submitted it now; stores nothing.

    Everybody plans for themselves; for others, and with a draft, one must manage rules. Those who
    do are told every rule, true or false, with the values that make it so.
    """
    spend(request.key.id, PERMITS)
    member_id = body.member or request.actor.member_id
    if not member_id:
        raise InvalidInput("member", "missing", _("Name the member whose purchase it would be."))
    found = _simulated(request, body, member_id)
    member = get_member(request.actor, member_id)
    return show_simulation(found, member, actor=request.actor, now=request.now)


def _simulated(request: ApiRequest, body: PlanWish, member_id: str) -> Simulation:
    actor = request.actor
    says_lines = body.lines is not None or body.amount is not None
    if (body.cart is not None) == says_lines:
        raise InvalidInput("lines", "missing", _("A cart, or lines, or an amount: one of them."))
    rulebook, document = _text_of(request, body)
    try:
        return simulate(
            actor,
            member_id=member_id,
            cart=get_cart(actor, body.cart) if body.cart else None,
            purchase=None if body.cart else body.purchase(actor.currency),
            rulebook=rulebook,
            document=document,
            now=request.now,
        )
    except InvalidInput as error:
        error.path = error.path.removesuffix("_id")
        raise


def _text_of(
    request: ApiRequest, body: PlanWish
) -> tuple[Rulebook | None, dict[str, object] | None]:
    """The rulebook whose text is tried, and the text: what was sent, else its draft."""
    if body.rulebook is None:
        if body.document is not None:
            raise InvalidInput("rulebook", "missing", _("Say whose document it is."))
        return None, None
    if body.document is not None:
        return get_rulebook(request.actor, body.rulebook), body.document
    draft = get_draft(request.actor, body.rulebook)
    return draft.rulebook, read_text(draft.document)

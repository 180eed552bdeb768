"""What a purchase in the supplier's own shop would need, for the member who is about to send it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placet.companies.permissions import BUDGET_VIEW
from placet.companies.queries import get_merchant
from placet.plans.describe import describe_plan
from placet.requisitions.posting.showing import read_plan
from placet.web.budgets.page import state_of_effect
from placet.web.shell import PageRequest, company_page
from placet.web.timeline import rows_of_plan


@require_safe
@company_page
def shop_plan(request: PageRequest, token: str) -> HttpResponse:
    """Who decides about it, why, and what is left of the budgets; nothing can be done here."""
    actor, now = request.actor, request.now
    found = read_plan(token, actor=actor, now=now)
    company, priced = found.made.cart.company, found.made.priced
    plan = describe_plan(
        found.planned.plan,
        company_id=company.pk,
        language=actor.language,
        time_zone=company.time_zone,
        now=now,
    )
    effects = plan.budgets if actor.holds_anywhere(BUDGET_VIEW) else ()
    context = {
        "cart": found.made.cart,
        "priced": priced,
        "plan": plan,
        "steps": rows_of_plan(plan),
        "budgets": [state_of_effect(effect) for effect in effects],
        "amount_minor": priced.goods_minor + priced.shipping_minor,
        "supplier": get_merchant().name,
        "back": found.back,
        "back_host": found.back_host,
    }
    answer = render(request, "web/requisitions/shop_plan.html", context)
    # The address holds the purchase: it is told to nobody else.
    answer["Referrer-Policy"] = "no-referrer"
    return answer

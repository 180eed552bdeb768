"""The simulator as its page shows it: what can be chosen, and the answer to what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.carts.models import Cart
from placet.carts.queries import get_cart, list_carts
from placet.catalog.models import Category
from placet.catalog.queries import list_categories
from placet.companies.models import Address, CostCenter, Member
from placet.companies.permissions import BUDGET_VIEW, RULE_MANAGE
from placet.companies.queries import list_addresses, list_cost_centers, list_members
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, PlacetError
from placet.plans.describe import PlanDescription, describe_plan
from placet.plans.planner import CannotBePlanned
from placet.plans.rule_results import RuleResult
from placet.plans.rule_words import SOURCES
from placet.plans.simulate import Simulation, simulate
from placet.policy.plan import NearMiss
from placet.rulebooks.documents import read_text
from placet.rulebooks.models import Rulebook, RulebookDraft
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import get_draft, list_rulebooks
from placet.web.budgets.page import BudgetState, state_of_effect
from placet.web.carts.panel import Unneeded
from placet.web.simulator.wish import (
    AMOUNT,
    CART,
    MOST_AMOUNTS,
    PRODUCTS,
    AmountRow,
    Wish,
    find_requester,
    read_purchase,
    with_usual,
)
from placet.web.timeline import StepRow, rows_of_plan

MOST_PEOPLE: Final = 500
MOST_CARTS: Final = 100
MOST_UNNEEDED: Final = 4
KINDS: Final[tuple[tuple[str, str | Promise], ...]] = (
    (AMOUNT, gettext_lazy("An amount")),
    (PRODUCTS, gettext_lazy("Products")),
    (CART, gettext_lazy("A cart")),
)


class Choices(NamedTuple):
    """What the form offers; people and drafts only to those who manage rules."""

    kinds: tuple[tuple[str, str | Promise], ...]
    people: list[Member]
    carts: list[Cart]
    categories: list[tuple[str, str]]
    cost_centers: list[CostCenter]
    ship_tos: list[Address]
    sources: list[tuple[str, str | Promise]]
    drafts: list[RulebookDraft]
    amounts: list[AmountRow]
    draft_of: str


class BookResults(NamedTuple):
    """The rules of one rulebook: those that hold, and how many there are."""

    rulebook: Rulebook | None
    version: int
    rules: list[RuleResult]
    holding: int
    is_draft: bool
    may_keep: bool
    draft_version: int | None


class Answer(NamedTuple):
    """What the purchase would need. ``rules`` is empty for those who do not manage rules."""

    simulation: Simulation
    plan: PlanDescription
    steps: list[StepRow]
    unneeded: list[Unneeded]
    budgets: list[BudgetState]
    rules: list[BookResults]
    requester: Member
    amount_minor: int
    currency: str
    draft: RulebookDraft | None


class SimulatorPage(NamedTuple):
    """The page; ``answer`` is missing while nothing was asked, or it could not be answered."""

    wish: Wish
    choices: Choices
    requester: Member | None
    may_see_rules: bool
    answer: Answer | None
    error: PlacetError | None
    field: str

    @property
    def says_more(self) -> bool:
        """Whether the address says what is folded away at first."""
        named = ("po_number", "requested_on", "justification")
        other_source = self.wish.text("source") not in ("", "cart")
        return other_source or any(self.wish.text(name) for name in named)


def read_simulator(actor: Actor, wish: Wish, *, now: datetime) -> SimulatorPage:
    """The form and the answer; what cannot be simulated comes back with its field."""
    may_see_rules = actor.holds_anywhere(RULE_MANAGE)
    choices = _choices(actor, wish, may_see_rules)
    requester, answer, error = None, None, None
    try:
        requester = find_requester(actor, wish)
        wish = with_usual(wish, requester, choices.ship_tos, choices.cost_centers)
        if requester is not None and not wish.is_empty:
            answer = read_answer(actor, wish, requester, now=now)
    except (InvalidInput, CannotBePlanned) as refused:
        error = refused
    return SimulatorPage(
        wish=wish,
        choices=choices,
        requester=requester,
        may_see_rules=may_see_rules,
        answer=answer,
        error=error,
        field=_field_of(error, wish),
    )


def read_answer(actor: Actor, wish: Wish, requester: Member, *, now: datetime) -> Answer:
    """Simulate what the address says; raises ``InvalidInput``, ``NotFound``, ``Forbidden``."""
    draft = get_draft(actor, wish.draft_of) if wish.draft_of else None
    cart = get_cart(actor, wish.text("cart")) if wish.what == CART else None
    found = simulate(
        actor,
        member_id=requester.pk,
        cart=cart,
        purchase=None if cart else read_purchase(wish, actor.currency),
        rulebook=draft.rulebook if draft else None,
        document=read_text(draft.document) if draft else None,
        now=now,
    )
    plan = describe_plan(
        found.plan,
        found.near_misses,
        ways=found.ways,
        company_id=requester.company_id,
        language=actor.language,
        time_zone=requester.company.time_zone,
        now=now,
    )
    purchase = found.facts.purchase
    effects = found.plan.budgets if actor.holds_anywhere(BUDGET_VIEW) else ()
    return Answer(
        simulation=found,
        plan=plan,
        steps=rows_of_plan(plan),
        unneeded=_unneeded(plan, found.near_misses),
        budgets=[state_of_effect(effect) for effect in effects],
        rules=_by_rulebook(actor, found.rules, draft),
        requester=requester,
        amount_minor=purchase.goods_minor + purchase.shipping_minor,
        currency=purchase.currency,
        draft=draft,
    )


def _unneeded(plan: PlanDescription, raw: Sequence[NearMiss]) -> list[Unneeded]:
    """The approvals that are not needed, the nearest first; one order more is no distance."""
    told = [
        Unneeded(near.who[:1].upper() + near.who[1:], near.sentence, near.gap)
        for miss, near in zip(
            (miss for miss in raw if miss.side == "buyer"), plan.near_misses, strict=True
        )
        if miss.effect == "require" and miss.gap > 0
    ]
    return told[:MOST_UNNEEDED]


def _by_rulebook(
    actor: Actor, rules: Sequence[RuleResult], draft: RulebookDraft | None
) -> list[BookResults]:
    """The results under their rulebooks, in the order in which these hold."""
    if not rules:
        return []
    known = {rulebook.pk: rulebook for rulebook in list_rulebooks(actor)}
    versions = dict(
        RulebookDraft.objects.filter(rulebook__in=known).values_list("rulebook_id", "version")
    )
    grouped: dict[tuple[str, int], list[RuleResult]] = {}
    for result in rules:
        grouped.setdefault((result.rulebook, result.version), []).append(result)
    return [
        BookResults(
            known.get(rulebook),
            version,
            found,
            sum(1 for result in found if result.holds),
            draft is not None and draft.rulebook_id == rulebook,
            rulebook in known and can_manage_rulebook(actor, known[rulebook]) is None,
            versions.get(rulebook),
        )
        for (rulebook, version), found in grouped.items()
    ]


def _choices(actor: Actor, wish: Wish, may_see_rules: bool) -> Choices:
    is_household = actor.company_kind == "household"
    filled = list(wish.amounts) or [AmountRow("", "")]
    return Choices(
        kinds=KINDS,
        people=list(list_members(actor)[:MOST_PEOPLE]) if may_see_rules else [],
        carts=list(list_carts(actor)[:MOST_CARTS]),
        categories=[(category.path, _indented(category)) for category in list_categories()],
        cost_centers=[] if is_household else list(list_cost_centers(actor)),
        ship_tos=[] if is_household else list(list_addresses(actor, Address.Kind.SHIP_TO)),
        sources=[] if is_household else list(SOURCES.items()),
        drafts=_drafts(actor) if may_see_rules else [],
        amounts=filled + [AmountRow("", "")] * (MOST_AMOUNTS - len(filled)),
        draft_of=wish.draft_of,
    )


def _indented(category: Category) -> str:
    return "\N{NO-BREAK SPACE}" * 3 * (category.path.count("/") - 1) + category.name


def _drafts(actor: Actor) -> list[RulebookDraft]:
    """The open drafts that the actor keeps, so that they can be tried before they hold."""
    drafts = RulebookDraft.objects.filter(rulebook__company_id=actor.company_id)
    found = drafts.select_related("rulebook__unit").order_by("rulebook__name", "pk")
    return [draft for draft in found if can_manage_rulebook(actor, draft.rulebook) is None]


def _field_of(error: PlacetError | None, wish: Wish) -> str:
    """The control where a refusal stands; the engine's paths name lines, the form has fields."""
    if error is None:
        return ""
    path = error.path if isinstance(error, InvalidInput) else ""
    if path.startswith("lines"):
        return wish.what
    return {"cost_center_id": "cost_center", "ship_to_id": "ship_to", "member": "who"}.get(
        path, path
    )


def sentence_of(error: PlacetError) -> str:
    """What is wrong, with the row that it is about."""
    path = error.path.split("/") if isinstance(error, InvalidInput) else []
    if len(path) > 1 and path[1].isdecimal():
        row = {"number": int(path[1]) + 1, "detail": error.detail}
        return _("Row %(number)d: %(detail)s") % row
    return error.detail


def context_of(page: SimulatorPage) -> dict[str, Any]:
    """What the template draws."""
    said = sentence_of(page.error) if page.error else ""
    return {"page": page, "answer": page.answer, "wish": page.wish, "said": said}

"""What is asked of the simulator, read from the address: who, which purchase, which rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.carts.paste import TooMuchText, read_rows
from placet.companies.models import Address, CostCenter, Member, Unit
from placet.companies.queries import list_members
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.plans.typed_purchase import MOST_LINES, TypedLine, TypedPurchase
from placet.web.typed_numbers import read_amount

AMOUNT: Final = "amount"
PRODUCTS: Final = "products"
CART: Final = "cart"
KINDS: Final = (AMOUNT, PRODUCTS, CART)
LONGEST: Final = 5_000
MOST_AMOUNTS: Final = 5
SINGLE: Final = (
    *("who", "member", "what", "currency", "products", "cart", "cost_center", "ship_to"),
    *("po_number", "justification", "requested_on", "source", "use", "rulebook"),
)
SEVERAL: Final = ("amount", "category")
NONE: Final = "-"
"""Chosen: no ship-to, no cost centre. What is left out instead is what is usual for the unit."""


class AmountRow(NamedTuple):
    """An amount as it was typed, and the path of its category."""

    amount: str
    category: str


class Wish(NamedTuple):
    """The address as it was typed; nothing of it is trusted yet."""

    texts: dict[str, str]
    amounts: tuple[AmountRow, ...]

    def text(self, name: str) -> str:
        """One value; empty where the address has none."""
        return self.texts.get(name, "")

    @property
    def what(self) -> str:
        """Which kind of purchase: what was chosen, else what the address has."""
        if self.text("what") in KINDS:
            return self.text("what")
        return next((kind for kind in (CART, PRODUCTS) if self.text(kind)), AMOUNT)

    @property
    def is_empty(self) -> bool:
        """Whether no purchase is named yet, so that nothing can be answered."""
        if self.what == AMOUNT:
            return not any(row.amount for row in self.amounts)
        return not self.text(self.what).strip()

    @property
    def draft_of(self) -> str:
        """The rulebook whose draft is tried: ``use=draft&rulebook=…``, or ``use=…`` its id."""
        use = self.text("use")
        if use == "draft":
            return self.text("rulebook")
        return use if use not in ("", "published") else ""

    def address(self) -> str:
        """The shortest query that asks the same: it can be sent to a colleague."""
        query = QueryDict(mutable=True)
        for name in SINGLE:
            is_default = name == "what" and self.what == AMOUNT
            if self.text(name) and not is_default:
                query[name] = self.text(name)
        shown = self.amounts if self.what == AMOUNT else ()
        query.setlist("amount", [row.amount for row in shown])
        if any(row.category for row in shown):
            query.setlist("category", [row.category for row in shown])
        return query.urlencode()


def read_wish(sent: QueryDict) -> Wish:
    """The values of the address, bounded in length and number."""
    texts = {name: sent.get(name, "").strip()[:LONGEST] for name in SINGLE}
    amounts, categories = (sent.getlist(name)[:MOST_AMOUNTS] for name in SEVERAL)
    categories += [""] * (len(amounts) - len(categories))
    rows = (
        AmountRow(amount.strip()[:60], category.strip()[:400])
        for amount, category in zip(amounts, categories, strict=False)
    )
    return Wish(texts, tuple(row for row in rows if row.amount or row.category))


def with_usual(
    wish: Wish,
    requester: Member | None,
    ship_tos: Sequence[Address],
    cost_centers: Sequence[CostCenter],
) -> Wish:
    """The wish with the ship-to and the cost centre of the requester's unit where it says none.

    Without a ship-to most companies' rules would block whatever amount is typed.
    """
    if requester is None or wish.what == CART:
        return wish
    path = requester.unit.path
    usual: dict[str, str] = {}
    if not wish.text("ship_to") and ship_tos:
        nearest = min(ship_tos, key=lambda place: _distance(place.unit, path))
        usual["ship_to"] = nearest.pk
    if not wish.text("cost_center") and cost_centers:
        center = min(cost_centers, key=lambda one: _distance(one.unit, path))
        if center.unit and path.startswith(center.unit.path):
            usual["cost_center"] = center.pk
    return wish._replace(texts={**wish.texts, **usual})


def _distance(unit: Unit | None, path: str) -> int:
    """How far above the requester's unit something belongs; what is elsewhere comes last."""
    above = unit.path if unit else ""
    return len(path) - len(above) if path.startswith(above) else len(path) + 1


def find_requester(actor: Actor, wish: Wish) -> Member | None:
    """Whose purchase it is: by name or mail, else by id, else the actor; ``None`` for no member.

    Raises ``InvalidInput`` where nobody, or more than one, is called so.
    """
    named = wish.text("who")
    people = list_members(actor)
    if not named:
        wanted = wish.text("member") or actor.member_id
        found = people.filter(pk=wanted).first()
        if found is None and wish.text("member"):
            raise InvalidInput("who", "unknown", _("There is no such member in your company."))
        return found
    exact = list(people.filter(Q(user__name__iexact=named) | Q(user__email__iexact=named))[:2])
    matching = exact or list(people.filter(user__name__icontains=named)[:6])
    if len(matching) == 1:
        return matching[0]
    raise InvalidInput("who", "unknown" if not matching else "several", _who(matching))


def _who(found: Sequence[Member]) -> str:
    if not found:
        return _("Nobody here is called that. Choose a name from the list.")
    names = ", ".join(f"{member.user.name} ({member.user.email})" for member in found)
    several = ngettext("%(n)d person is called that", "%(n)d people are called that", len(found))
    return f"{several % {'n': len(found)}}: {names}"


def read_purchase(wish: Wish, currency: str) -> TypedPurchase:
    """The purchase that was typed; raises ``InvalidInput`` with the field where it stands."""
    currency = wish.text("currency") or currency
    lines = _products(wish) if wish.what == PRODUCTS else _amounts(wish, currency)
    return TypedPurchase(
        currency=currency,
        lines=lines,
        cost_center_id=wish.text("cost_center").removeprefix(NONE),
        ship_to_id=wish.text("ship_to").removeprefix(NONE),
        po_number=wish.text("po_number"),
        justification=wish.text("justification"),
        requested_on=_day(wish.text("requested_on")),
        source=wish.text("source") or "cart",
    )


def _amounts(wish: Wish, currency: str) -> tuple[TypedLine, ...]:
    lines = []
    for row in wish.amounts:
        try:
            amount = read_amount(row.amount, currency)
        except ValueError:
            said = _("“%(text)s” is no amount in %(currency)s.")
            text = {"text": row.amount, "currency": currency}
            raise InvalidInput("amount", "not_an_amount", said % text) from None
        lines.append(TypedLine(amount_minor=amount, category=row.category))
    return tuple(lines)


def _products(wish: Wish) -> tuple[TypedLine, ...]:
    try:
        rows = read_rows(wish.text("products"))
    except TooMuchText:
        rows = []
    if not 0 < len(rows) <= MOST_LINES:
        raise InvalidInput("products", "out_of_range", _("A purchase has 1 to 200 lines."))
    for row in rows:
        if not row.sku or row.quantity < 1:
            said = _("Row %(number)d: write a SKU and how many, such as “GLV-M 20”.")
            raise InvalidInput("products", "not_a_row", said % {"number": row.number})
    return tuple(TypedLine(sku=row.sku, quantity=row.quantity) for row in rows)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("requested_on", "not_a_date", _("This is no date.")) from None

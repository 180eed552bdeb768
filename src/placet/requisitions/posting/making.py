"""From what was posted to a cart that is never saved: its places, its fields, its parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.carts.models import Cart
from placet.carts.naming import checked_name
from placet.carts.pricing import PricedCart, Split
from placet.carts.usual_places import only_places
from placet.companies.models import Address, CostCenter, Member, Unit
from placet.companies.queries import list_addresses, list_cost_centers, list_reference_fields
from placet.companies.terms import refuse_terms
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.policy.money import is_currency
from placet.requisitions.posting.ordering import price_by_catalog
from placet.requisitions.posting.stating import price_as_stated
from placet.requisitions.posting.values import PostedLine, PostedPurchase

MOST_LINES = 500
LARGEST_QUANTITY = 1_000_000


class Made(NamedTuple):
    """An unsaved cart, and what it costs."""

    cart: Cart
    priced: PricedCart


def make_purchase(
    posted: PostedPurchase,
    *,
    member: Member,
    unit: Unit | None = None,
    is_from_shop: bool,
    actor: Actor,
    now: datetime,
) -> Made:
    """The cart of a member with its prices; ``actor`` acts as the member.

    Where the member has only one place to choose, it need not be named. Raises ``InvalidInput``
    with the path of what does not fit; a fixed number of queries.
    """
    places = _Places(actor)
    cart = _cart(posted, member, unit or member.unit, places, now)
    wanted = [_splits(at, line, cart, places) for at, line in enumerate(posted.lines)]
    _check_lines(posted)
    if is_from_shop:
        shipping = [
            one._replace(ship_to=places.ship_to(one.ship_to, f"shipping/{at}/ship_to"))
            for at, one in enumerate(posted.shipping)
        ]
        priced = price_as_stated(posted, wanted, shipping, added_by_id=member.pk)
    else:
        priced = price_by_catalog(posted, wanted, cart=cart, now=now)
    _compare_total(posted, priced)
    return Made(cart, priced)


class _Places:
    """The ship-tos, bill-tos and cost centres in the member's reach, by whatever they are called.

    Each is loaded once, when the first one is named.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._known: dict[str, dict[str, set[str]]] = {}

    def ship_to(self, named: str, path: str) -> str:
        """The id of a ship-to; nothing where nothing is named."""
        return self._find("ship_to", named, path, self._addresses(Address.Kind.SHIP_TO))

    def bill_to(self, named: str, path: str) -> str:
        """The id of a bill-to."""
        return self._find("bill_to", named, path, self._addresses(Address.Kind.BILL_TO))

    def cost_center(self, named: str, path: str) -> str:
        """The id of a cost centre, which may be named by its code, too."""
        return self._find("cost_center", named, path, lambda: list_cost_centers(self._actor))

    def _addresses(self, kind: str) -> Callable[[], QuerySet[Address]]:
        return lambda: list_addresses(self._actor, kind)

    def _find(
        self,
        kind: str,
        named: str,
        path: str,
        rows: Callable[[], QuerySet[Address] | QuerySet[CostCenter]],
    ) -> str:
        if not named:
            return ""
        if kind not in self._known:
            self._known[kind] = _names_of(rows())
        found = self._known[kind].get(named, set())
        if not found:
            said = _("There is no such place or cost centre in reach of the buyer.")
            raise InvalidInput(path, "unknown", said)
        if len(found) > 1:
            said = _("More than one of the buyer’s is called “%(name)s”: name it by its id.")
            raise InvalidInput(path, "ambiguous", said % {"name": named})
        return next(iter(found))


def _names_of(rows: QuerySet[Any]) -> dict[str, set[str]]:
    """What is called so by its code or external id; an id is nothing else's name."""
    found = list(rows)
    names: dict[str, set[str]] = {}
    for row in found:
        for name in (row.external_id, row.code if isinstance(row, CostCenter) else ""):
            names.setdefault(name, set()).add(row.pk)
    return names | {row.pk: {row.pk} for row in found}


def _cart(
    posted: PostedPurchase, member: Member, unit: Unit, places: _Places, now: datetime
) -> Cart:
    if not is_currency(posted.currency):
        raise InvalidInput("currency", "unknown", _("A currency has three letters, such as EUR."))
    refuse_terms(member.company, posted.terms)
    usual = only_places(places._actor)
    ship_to = places.ship_to(posted.ship_to, "ship_to") or _id_of(usual.ship_to)
    return Cart(
        created_at=now,
        changed_at=now,
        company=member.company,
        unit=unit,
        owner=member,
        name=checked_name(posted.name or _("Purchase")),
        currency=posted.currency,
        terms=posted.terms,
        po_number=posted.po_number.strip(),
        references=_references(posted, member.company_id),
        justification=posted.justification,
        requested_on=posted.requested_on,
        ship_to_id=ship_to or _first_ship_to(posted, places) or None,
        bill_to_id=places.bill_to(posted.bill_to, "bill_to") or _id_of(usual.bill_to) or None,
        cost_center_id=places.cost_center(posted.cost_center, "cost_center")
        or _id_of(usual.cost_center)
        or None,
    )


def _id_of(row: Address | CostCenter | None) -> str:
    return row.pk if row is not None else ""


def _first_ship_to(posted: PostedPurchase, places: _Places) -> str:
    """Where lines alone say where they go, the first of those stands above them."""
    for at, line in enumerate(posted.lines):
        for named, path in (
            (line.ship_to, f"lines/{at}/ship_to"),
            *((part.ship_to, f"lines/{at}/parts/{n}/ship_to") for n, part in enumerate(line.parts)),
        ):
            if named:
                return places.ship_to(named, path)
    return ""


def _references(posted: PostedPurchase, company_id: str) -> dict[str, str]:
    """The company's own fields; what it does not ask is refused, so that nothing is lost."""
    fields = list(list_reference_fields(company_id))
    of_purchase = {field.key for field in fields if not field.is_per_line}
    of_lines = {field.key for field in fields if field.is_per_line}
    _refuse_unknown(posted.references, of_purchase, "references")
    for at, line in enumerate(posted.lines):
        _refuse_unknown(line.references, of_lines, f"lines/{at}/references")
    return dict(posted.references)


def _refuse_unknown(given: Any, known: set[str], path: str) -> None:
    for key in given:
        if key not in known:
            said = _("The buyer’s company has no reference field “%(key)s” here.")
            raise InvalidInput(f"{path}/{key}", "unknown", said % {"key": key})


def _splits(at: int, line: PostedLine, cart: Cart, places: _Places) -> tuple[Split, ...]:
    path = f"lines/{at}"
    ship_to = places.ship_to(line.ship_to, f"{path}/ship_to") or cart.ship_to_id or ""
    cost_center = places.cost_center(line.cost_center, f"{path}/cost_center")
    cost_center = cost_center or cart.cost_center_id or ""
    if not line.parts:
        return (Split(line.quantity, ship_to, cost_center, line.need_by_on),)
    if sum(part.quantity for part in line.parts) != line.quantity:
        said = _("The parts of a line add up to its quantity.")
        raise InvalidInput(f"{path}/parts", "parts_differ", said)
    return tuple(
        Split(
            part.quantity,
            places.ship_to(part.ship_to, f"{path}/parts/{n}/ship_to") or ship_to,
            places.cost_center(part.cost_center, f"{path}/parts/{n}/cost_center") or cost_center,
            part.need_by_on or line.need_by_on,
        )
        for n, part in enumerate(line.parts)
    )


def _check_lines(posted: PostedPurchase) -> None:
    if not 0 < len(posted.lines) <= MOST_LINES:
        raise InvalidInput("lines", "out_of_range", _("A purchase has 1 to 500 lines."))
    seen: dict[str, int] = {}
    for at, line in enumerate(posted.lines):
        for quantity in (line.quantity, *(part.quantity for part in line.parts)):
            if not 0 < quantity <= LARGEST_QUANTITY:
                said = _("A quantity is 1 to 1,000,000.")
                raise InvalidInput(f"lines/{at}/quantity", "out_of_range", said)
        if not line.sku.strip():
            raise InvalidInput(f"lines/{at}/sku", "required", _("Say which product."))
        if line.sku in seen:
            said = _("%(sku)s is line %(n)d already: one line, with parts for several places.")
            where = {"sku": line.sku, "n": seen[line.sku] + 1}
            raise InvalidInput(f"lines/{at}/sku", "twice", said % where)
        seen[line.sku] = at


def _compare_total(posted: PostedPurchase, priced: PricedCart) -> None:
    """What the other system showed its buyer is what is approved here, to the cent."""
    if posted.total_minor is None or posted.total_minor == priced.total_minor:
        return
    said = _(
        "The total is %(ours)d: goods %(goods)d, shipping %(shipping)d and tax %(tax)d, in minor "
        "units. %(theirs)d was stated."
    )
    raise InvalidInput(
        "total_minor",
        "totals_differ",
        said
        % {
            "ours": priced.total_minor,
            "goods": priced.goods_minor,
            "shipping": priced.shipping_minor,
            "tax": priced.tax_minor,
            "theirs": posted.total_minor,
        },
        total_minor=priced.total_minor,
    )

"""A line with its parts, and a cart spread over places, as their forms show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.db.models import QuerySet

from placet.carts.actions import AllocationValues
from placet.carts.models import Cart, CartAllocation, CartLine
from placet.companies.models import Address, CostCenter
from placet.companies.queries import list_addresses, list_cost_centers
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, PlacetError
from placet.web.splitting.forms import MOST_ROWS, TypedPart

LINES_A_PAGE: Final = 40
MOST_PLACES: Final = 8


class PartField(NamedTuple):
    """A row of the form; ``error`` is about its quantity or its day."""

    number: int
    typed: TypedPart
    error: str


class LineForm(NamedTuple):
    """A line, its parts as they are or were typed, and what can be chosen."""

    cart: Cart
    line: CartLine
    rows: list[PartField]
    ship_tos: list[Address]
    cost_centers: list[CostCenter]
    is_family: bool
    error: PlacetError | None

    @property
    def missing(self) -> int:
        """How many pieces no row has yet; less than none where there are too many."""
        counts = [row.typed.quantity for row in self.rows]
        return self.line.quantity - sum(int(one) for one in counts if one.isdigit())


class Cell(NamedTuple):
    """How many of a line go to one place, as it is or was typed."""

    place: Address
    quantity: str


class MatrixRow(NamedTuple):
    """A line over the places; ``elsewhere`` goes to places that are not shown."""

    line: CartLine
    cells: list[Cell]
    elsewhere: int
    error: str


class Matrix(NamedTuple):
    """Lines by places: one page of the lines, and those places that were chosen."""

    cart: Cart
    places: list[Address]
    ship_tos: list[Address]
    rows: list[MatrixRow]
    page: int
    pages: int
    error: PlacetError | None

    @property
    def before(self) -> int:
        """The page before this one."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page behind this one."""
        return self.page + 1


def parts_of(line: CartLine) -> list[AllocationValues]:
    """The parts of a line as they are stored; a line that is whole has none."""
    return [
        AllocationValues(
            row.quantity, row.ship_to_id or "", row.cost_center_id or "", row.need_by_on
        )
        for row in sorted(line.allocations.all(), key=lambda row: row.position)
    ]


def read_line_form(
    actor: Actor,
    cart: Cart,
    line: CartLine,
    *,
    typed: Sequence[TypedPart] | None = None,
    more: int = 0,
    error: PlacetError | None = None,
) -> LineForm:
    """The form of a line: what was typed, else its parts with room for one more."""
    rows = list(typed) if typed is not None else _typed(cart, parts_of(line), line.quantity)
    rows += [TypedPart()] * max(more, 2 - len(rows))
    rows = rows[:MOST_ROWS]
    chosen_places = {row.ship_to for row in rows} | {cart.ship_to_id or ""}
    chosen_centers = {row.cost_center for row in rows} | {cart.cost_center_id or ""}
    ship_tos = list_places(actor, chosen_places)
    centers = _centers(actor, chosen_centers)
    is_family = actor.company_kind == "household"
    return LineForm(
        cart,
        line,
        [PartField(place, row, _error_of(error, place)) for place, row in enumerate(rows)],
        ship_tos,
        [] if is_family else centers,
        is_family,
        error,
    )


def list_places(actor: Actor, chosen: set[str]) -> list[Address]:
    """Where the actor may send to, and what somebody with a longer reach chose."""
    found = list(list_addresses(actor, Address.Kind.SHIP_TO))
    missing = sorted(chosen - {place.pk for place in found} - {""})
    others = Address.objects.filter(company_id=actor.company_id, pk__in=missing)
    return [*found, *others.order_by("name", "id")] if missing else found


def read_matrix(
    actor: Actor,
    cart: Cart,
    places: Sequence[str],
    *,
    page: int,
    typed: Mapping[str, Mapping[str, str]] | None = None,
    error: PlacetError | None = None,
) -> Matrix:
    """A page of the cart's lines over these places; without any, over those in use."""
    used = used_places(cart)
    ship_tos = list_places(actor, used)
    wanted = {place for place in places if place} or used
    shown = [place for place in ship_tos if place.pk in wanted][:MOST_PLACES]
    lines = list_lines(cart)
    pages = max(-(-lines.count() // LINES_A_PAGE), 1)
    page = min(max(page, 1), pages)
    rows = [
        _matrix_row(cart, line, shown, typed, error)
        for line in lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE]
    ]
    return Matrix(cart, shown, ship_tos, rows, page, pages, error)


def used_places(cart: Cart) -> set[str]:
    """The ship-tos that the cart and its parts name."""
    rows = CartAllocation.objects.filter(line__cart=cart).exclude(ship_to=None)
    own = {cart.ship_to_id} if cart.ship_to_id else set()
    return own | set(rows.values_list("ship_to", flat=True))


def list_lines(cart: Cart) -> QuerySet[CartLine]:
    """The lines of the cart in their order, with products and parts."""
    lines = CartLine.objects.filter(cart=cart).select_related("product")
    return lines.prefetch_related("allocations").order_by("position", "id")


def pieces_by_place(cart: Cart, line: CartLine) -> dict[str, int]:
    """How many of a line go where; the empty place is not chosen yet."""
    own = cart.ship_to_id or ""
    found: dict[str, int] = {}
    for part in parts_of(line) or [AllocationValues(line.quantity)]:
        place = part.ship_to_id or own
        found[place] = found.get(place, 0) + part.quantity
    return found


def _matrix_row(
    cart: Cart,
    line: CartLine,
    places: Sequence[Address],
    typed: Mapping[str, Mapping[str, str]] | None,
    error: PlacetError | None,
) -> MatrixRow:
    pieces = pieces_by_place(cart, line)
    written = (typed or {}).get(line.pk)
    cells = [
        Cell(place, written.get(place.pk, "") if written else str(pieces.get(place.pk, "")))
        for place in places
    ]
    shown = {"", *(place.pk for place in places)}
    elsewhere = sum(count for place, count in pieces.items() if place not in shown)
    return MatrixRow(line, cells, elsewhere, _error_at(error, f"lines/{line.pk}"))


def _centers(actor: Actor, chosen: set[str]) -> list[CostCenter]:
    found = list(list_cost_centers(actor))
    missing = sorted(chosen - {center.pk for center in found} - {""})
    others = CostCenter.objects.filter(company_id=actor.company_id, pk__in=missing)
    return [*found, *others.order_by("code")] if missing else found


def _typed(cart: Cart, parts: Sequence[AllocationValues], quantity: int) -> list[TypedPart]:
    """The parts as a form says them; the first row of a whole line has all of it."""
    return [
        TypedPart(
            str(part.quantity),
            part.ship_to_id or cart.ship_to_id or "",
            part.cost_center_id or cart.cost_center_id or "",
            part.need_by_on.isoformat() if part.need_by_on else "",
        )
        for part in parts or [AllocationValues(quantity)]
    ]


def _error_of(error: PlacetError | None, row: int) -> str:
    return _error_at(error, f"rows/{row}") or _error_at(error, f"allocations/{row}")


def _error_at(error: PlacetError | None, start: str) -> str:
    is_there = isinstance(error, InvalidInput) and f"{error.path}/".startswith(f"{start}/")
    return error.detail if is_there and error else ""

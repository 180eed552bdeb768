"""A quick order before it is added, as its page shows it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placet.carts.models import Cart, LineImport
from placet.core.actor import Actor
from placet.imports.columns import checked_columns, guess_columns
from placet.imports.models import ImportFile
from placet.imports.quick_order.adding import find_added, find_target, find_twin
from placet.imports.quick_order.judging import Judged
from placet.imports.quick_order.reading import COLUMNS, WishedRow, digest_of, wished_rows
from placet.imports.quick_order.work import AT_ONCE_ON_THE_PAGE, judge_for
from placet.web.quick_order.forms import OrderForm
from placet.web.shell import PageRequest


class ColumnChoice(NamedTuple):
    """One of our columns, and those of the file among which it stands."""

    key: str
    label: str | Promise
    is_required: bool
    chosen: int | None
    places: list[tuple[int, str]]


class OrderPage(NamedTuple):
    """The rows of a file, and what they would do; ``judged`` is empty where a run has to say.

    ``twin`` is what put the same rows into the same cart, ``added`` what this file added last.
    """

    file: ImportFile
    form: OrderForm
    cart: Cart | None
    columns: dict[str, int]
    choices: list[ColumnChoice]
    rows: list[WishedRow]
    judged: Judged | None
    twin: LineImport | None
    added: LineImport | None

    @property
    def is_long(self) -> bool:
        """Whether there are more rows than a page looks at."""
        return len(self.rows) > AT_ONCE_ON_THE_PAGE

    @property
    def cart_name(self) -> str:
        """What the cart is called, or will be."""
        named = self.cart.name if self.cart else self.form.target.name
        return named or _("Quick order")

    @property
    def digest(self) -> str:
        """What names the rows."""
        return digest_of(self.rows)


def read_order(
    request: PageRequest, file: ImportFile, form: OrderForm, *, most: int = AT_ONCE_ON_THE_PAGE
) -> OrderPage:
    """The page of a file, judged up to ``most`` rows; ``InvalidInput`` for columns it has not."""
    form.is_valid()
    chosen = form.columns or guess_columns(COLUMNS, file.header)
    columns = checked_columns(COLUMNS, chosen, len(file.header)) if "sku" in chosen else {}
    cart = find_target(request.actor, form.target)
    rows = wished_rows(columns, file.rows) if columns else []
    judged = None
    if rows and len(rows) <= most:
        judged = judge_for(rows, form.target, actor=request.actor, now=request.now)
    twin = find_twin(cart, digest_of(rows), now=request.now) if cart and rows else None
    choices, added = _choices(file, chosen), find_added(file.pk)
    return OrderPage(file, form, cart, columns, choices, rows, judged, twin, added)


def _choices(file: ImportFile, chosen: dict[str, int]) -> list[ColumnChoice]:
    places = [
        (place, name or _("Column %(n)d") % {"n": place + 1})
        for place, name in enumerate(file.header)
    ]
    return [
        ColumnChoice(one.key, one.label, one.is_required, chosen.get(one.key), places)
        for one in COLUMNS
    ]


def refused_rows(page: OrderPage, actor: Actor) -> list[list[str]]:
    """The rows of which nothing would be added, as they were sent and with the reason."""
    table = [[*page.file.header, _("Why")]]
    judged = page.judged.refused if page.judged else []
    for one in judged:
        why = " ".join([*one.sentences, *(f"→ {sku}?" for sku in one.nearest)])
        table.append([*page.file.rows[one.row.number - 1], why])
    return table

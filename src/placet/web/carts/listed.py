"""The list of carts: whose, in which state, in which order; all of it in the address."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.carts.models import Cart
from placet.carts.queries import Whose, list_carts
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.web.paging import Page, page_sorted

Tab = Literal["", "mine", "shared", "unit", "archived"]
TABS: Final[tuple[tuple[Tab, str | Promise], ...]] = (
    ("", _("All open")),
    ("mine", _("Mine")),
    ("shared", _("Shared with me")),
    ("unit", _("Of my unit")),
    ("archived", _("Put away")),
)
COLUMNS: Final = {
    "name": "name",
    "owner": "owner__user__name",
    "lines": "line_count",
    "changed": "changed_at",
}
USUAL: Final = "-changed"
MOST_TEXT = 80


class CartList(NamedTuple):
    """A page of carts, and what was chosen."""

    page: Page[Cart]
    tabs: list[tuple[Tab, str | Promise]]
    tab: Tab
    text: str
    sort: str

    @property
    def is_filtered(self) -> bool:
        """Whether words hide some of the tab's carts."""
        return bool(self.text)


def read_list(actor: Actor, query: QueryDict) -> CartList:
    """The carts that the address asks for; what it does not know it does not ask for."""
    tab = next((key for key, _label in TABS if key == query.get("show")), TABS[0][0])
    text = query.get("q", "").strip()[:MOST_TEXT]
    wanted = query.get("sort", USUAL)
    sort = wanted if wanted.removeprefix("-") in COLUMNS else USUAL
    whose: Whose = "" if tab == "archived" else tab
    status = Cart.Status.ARCHIVED if tab == "archived" else Cart.Status.OPEN
    carts = list_carts(actor, status=status, whose=whose, text=text)
    page = page_sorted(
        carts.order_by(), COLUMNS[sort.removeprefix("-")], query, is_falling=sort.startswith("-")
    )
    is_family = actor.company_kind == Company.Kind.HOUSEHOLD
    tabs = [(key, label) for key, label in TABS if not (is_family and key == "unit")]
    return CartList(page, tabs, tab, text, sort)

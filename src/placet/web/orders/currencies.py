"""The currencies that orders can be looked at in: amounts of different ones are not compared."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from placet.catalog.models import PriceList
from placet.companies.queries import list_companies
from placet.core.actor import Actor
from placet.orders.queries import list_orders
from placet.web.paging import MOST_COUNTED


def list_order_currencies(actor: Actor, named: str = "") -> list[str]:
    """Those of the orders within reach, the reader's own first; ``named`` is always among them.

    The supplier has many orders and few price lists, so it is told what it sells in; everybody
    else what their latest orders, as many as lists count to, are in.
    """
    found = {named} if named else set()
    if actor.is_merchant:
        found.update(PriceList.objects.order_by().values_list("currency", flat=True).distinct())
        found.update(list_companies(actor).order_by().values_list("currency", flat=True).distinct())
    else:
        found.update(list_orders(actor).values_list("currency", flat=True)[:MOST_COUNTED])
    return [actor.currency, *sorted(found - {actor.currency})]


def select_currency(currencies: Sequence[str]) -> forms.Select:
    """All of them, unless one is chosen; it says in which one amounts are compared meanwhile."""
    every = _("All, amounts in %(currency)s") % {"currency": currencies[0]}
    choices = [("", every), *((one, one) for one in currencies)]
    return forms.Select(choices=choices, attrs={"class": "select"})

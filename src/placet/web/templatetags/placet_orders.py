"""Tags of the parts of an order's page that read what they need themselves."""

from __future__ import annotations

from django import template
from django.template.context import Context

from placet.orders.models import Order
from placet.web.orders.acts import OrderActs, read_order_acts

register = template.Library()


@register.simple_tag(takes_context=True)
def order_acts(context: Context, order: Order) -> OrderActs:
    """What the reader may do about the order, what was asked, and how it changed."""
    shell = context["ui"]
    return read_order_acts(shell.actor, order, now=context["now"])

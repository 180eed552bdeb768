"""Tags and filters of the templates: icons, amounts, instants, people, addresses, budget bars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from placet.web import formats
from placet.web.bars import BarLayout, lay_out_bar
from placet.web.icons import draw_icon

register = template.Library()


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon as inline SVG, hidden from screen readers: the word beside it is what they hear."""
    return draw_icon(name + "", f"i {classes}".strip())


@register.filter
def money(amount_minor: int | None, currency: str) -> str:
    """`{{ line.total_minor|money:"EUR" }}` is "3,240.00"; nothing for None."""
    return "" if amount_minor is None else formats.money(amount_minor, currency)


@register.filter
def money_currency(amount_minor: int | None, currency: str) -> str:
    """`{{ total_minor|money_currency:"EUR" }}` is "3,240.00 EUR"; nothing for None."""
    return "" if amount_minor is None else formats.money_currency(amount_minor, currency)


@register.filter
def money_signed(amount_minor: int | None, currency: str) -> str:
    """`{{ difference_minor|money_signed:"EUR" }}` is "+34.60" or "−125.00"."""
    return "" if amount_minor is None else formats.money_signed(amount_minor, currency)


@register.filter
def number(value: int | Decimal) -> str:
    """A count, grouped by the language: "1,644"."""
    return formats.number(value)


@register.filter
def capped(count: int, most: int = 1000) -> str:
    """`{{ count|capped }}` is "7", and "1,000+" beyond the most that lists count to."""
    return formats.number(count) if count <= most else f"{formats.number(most)}+"


@register.filter
def percent(share: float | Decimal, places: int = 0) -> str:
    """A share of one: 0.947 is "95 %"."""
    return formats.percent(share, places)


@register.filter
def initials(name: object) -> str:
    """ "Lena Vogt" is "LV"."""
    return formats.initials(str(name))


@register.filter
def avatar_color(name: object) -> int:
    """0 to 4, the same for the same name."""
    return formats.avatar_color(str(name))


def _zone(context: Context, zone: str) -> tzinfo:
    """The zone asked for, else the acting member's, else Django's current one."""
    actor = getattr(context.get("ui"), "actor", None)
    name = zone or getattr(actor, "time_zone", "")
    return ZoneInfo(name) if name else timezone.get_current_timezone()


def _now(context: Context, now: datetime | None) -> datetime:
    moment = now or context.get("now")
    if not isinstance(moment, datetime):
        raise template.TemplateSyntaxError("there is no `now` in the context, and none was passed")
    return moment


@register.simple_tag(takes_context=True)
def when(
    context: Context, instant: datetime | None, now: datetime | None = None, zone: str = ""
) -> str:
    """`{% when step.due_at %}`: "today 09:10", "Wed 26 Nov, 12:00", in the member's time zone."""
    if instant is None:
        return ""
    return formats.when(instant, now=_now(context, now), zone=_zone(context, zone))


@register.simple_tag(takes_context=True)
def since(
    context: Context, instant: datetime | None, now: datetime | None = None, zone: str = ""
) -> str:
    """`{% since decision.decided_at %}`: "20 s ago", "3 min ago", then as `when`."""
    if instant is None:
        return ""
    return formats.since(instant, now=_now(context, now), zone=_zone(context, zone))


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | None, now: datetime | None = None, zone: str = "") -> str:
    """`{% day prices_held_until_on %}`: "Fri 28 Nov"."""
    if on is None:
        return ""
    here = _zone(context, zone)
    local = on.astimezone(here).date() if isinstance(on, datetime) else on
    return formats.day(local, today=_now(context, now).astimezone(here).date())


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The current address with other GET parameters: `{% query sort="total" after=None %}`.

    None and the empty string take a parameter away.
    """
    request = context.get("request")
    address = request.GET.copy() if isinstance(request, HttpRequest) else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            address.pop(name, None)
        else:
            address[name] = str(value)
    encoded = address.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.inclusion_tag("web/components/sort_heading.html", takes_context=True)
def sort_heading(
    context: Context, key: str, label: str, classes: str = "", default: str = ""
) -> Mapping[str, Any]:
    """A column head that sorts: `{% sort_heading "total" _("Total, EUR") "num" %}`.

    The order is `?sort=total`, and `?sort=-total` for largest first; `default` is the list's order
    while the address names none. Another order starts at the first page.
    """
    request = context.get("request")
    current = request.GET.get("sort", default) if isinstance(request, HttpRequest) else default
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    following = f"-{key}" if direction == "ascending" else key
    return {
        "label": label,
        "classes": classes,
        "direction": direction,
        "url": query(context, sort=following, after=None, before=None),
    }


@register.simple_tag
def budget_bar(
    amount_minor: int, committed_minor: int, reserved_minor: int, this_minor: int = 0
) -> BarLayout:
    """`{% budget_bar amount committed reserved this as bar %}`: parts of the bar, left and over."""
    return lay_out_bar(amount_minor, committed_minor, reserved_minor, this_minor)

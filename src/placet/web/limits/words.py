"""A limit as sentences: what it means for the person whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placet.catalog.models import Category
from placet.companies.models import Address, Company, Limit, Member
from placet.web.formats import money_currency, percent

Mode, Use = Limit.Mode, Limit.Use

MODES: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    Mode.UNRESTRICTED: (
        gettext_lazy("No limit of their own"),
        gettext_lazy("The company's rules alone say what needs an approval."),
    ),
    Mode.OVER: (
        gettext_lazy("Ask beyond the limit"),
        gettext_lazy("Within it nobody is asked because of it; beyond it somebody approves."),
    ),
    Mode.HARD: (
        gettext_lazy("Stop at the limit"),
        gettext_lazy("What goes beyond it cannot be submitted, and nobody can approve it."),
    ),
    Mode.ALWAYS: (
        gettext_lazy("Ask every time"),
        gettext_lazy("Every order is approved; the limit says how far up it goes."),
    ),
}
PERIODS: Final[Mapping[str, str | Promise]] = {
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "quarter": gettext_lazy("a quarter"),
    "year": gettext_lazy("a year"),
}


class LimitWords(NamedTuple):
    """One of a member's two limits; ``limit`` is None where none is set."""

    use: str
    title: str
    meaning: str
    bounds: list[str]
    limit: Limit | None


def describe_limits(member: Member) -> list[LimitWords]:
    """What the member may spend, and what they may release: four queries at most."""
    rows = {row.use: row for row in Limit.objects.filter(member=member)}
    names = _names(rows.values())
    # Nobody of the merchant's staff orders for themselves.
    is_staff = member.company.kind == Company.Kind.MERCHANT
    uses = (Use.AUTHORITY,) if is_staff else (Use.SPENDING, Use.AUTHORITY)
    return [_describe(use, rows.get(use), names, member.user.name, is_staff) for use in uses]


def _describe(
    use: str, limit: Limit | None, names: Mapping[str, str], who: str, is_staff: bool
) -> LimitWords:
    bounds = [] if limit is None else list(_bounds(limit, names))
    if is_staff:
        return LimitWords(use, _("May offer and release"), _offering(limit, who), bounds, limit)
    if use == Use.SPENDING:
        return LimitWords(use, _("May order"), _spending(limit, who), bounds, limit)
    return LimitWords(use, _("May release"), _authority(limit, who, bounds), bounds, limit)


def _offering(limit: Limit | None, who: str) -> str:
    if limit is None:
        return _(
            "%(who)s has no authority of their own: where the rules for offers or purchases ask"
            " for it, somebody else releases them."
        ) % {"who": who}
    return _(
        "Offers and purchases within this are covered by the authority of %(who)s, where the"
        " rules ask for it. What goes beyond is released by somebody else."
    ) % {"who": who}


def _spending(limit: Limit | None, who: str) -> str:
    if limit is None or limit.mode == Mode.UNRESTRICTED:
        return _(
            "%(who)s has no limit of their own: the company's rules say what needs an approval."
        ) % {"who": who}
    if limit.mode == Mode.HARD:
        return _("%(who)s cannot submit what goes beyond this; nobody can approve it.") % {
            "who": who
        }
    if limit.mode == Mode.ALWAYS:
        return _("Every order of %(who)s needs an approval.") % {"who": who}
    return _("%(who)s orders within this without asking; beyond it somebody approves.") % {
        "who": who
    }


def _authority(limit: Limit | None, who: str, bounds: list[str]) -> str:
    if limit is None:
        return _(
            "%(who)s decides what rules ask of them by name or role. Where a rule climbs until"
            " somebody's authority is enough, theirs never is."
        ) % {"who": who}
    if limit.is_unlimited and not bounds:
        return _("The authority of %(who)s is enough for every purchase.") % {"who": who}
    if limit.is_unlimited:
        return _("The authority of %(who)s is enough for everything within this.") % {"who": who}
    return _(
        "The authority of %(who)s is enough for purchases within this, where a rule climbs until"
        " it is. What is not named is not covered."
    ) % {"who": who}


def _bounds(limit: Limit, names: Mapping[str, str]) -> Iterable[str]:
    def said(amount_minor: int) -> str:
        return money_currency(amount_minor, limit.currency)

    if limit.order_minimum_minor:
        yield _("From %(amount)s an order") % {"amount": said(limit.order_minimum_minor)}
    if limit.order_maximum_minor is not None:
        yield _("Up to %(amount)s an order") % {"amount": said(limit.order_maximum_minor)}
    if limit.discount_basis_points is not None:
        yield _("Discounts of up to %(share)s") % {"share": _share(limit.discount_basis_points)}
    if limit.margin_basis_points is not None:
        yield _("A margin of %(share)s or more") % {"share": _share(limit.margin_basis_points)}
    period = PERIODS[limit.period]
    if limit.period_spend_minor is not None:
        yield _("Up to %(amount)s %(period)s") % {
            "amount": said(limit.period_spend_minor),
            "period": period,
        }
    if limit.period_orders is not None:
        orders = ngettext("%(n)d order", "%(n)d orders", limit.period_orders)
        yield _("At most %(orders)s %(period)s") % {
            "orders": orders % {"n": limit.period_orders},
            "period": period,
        }
    if limit.categories is not None:
        yield _("Only from %(categories)s") % {"categories": _listed(limit.categories, names)}
    if limit.ship_tos is not None:
        yield _("Only to %(places)s") % {"places": _listed(limit.ship_tos, names)}


def _share(basis_points: int) -> str:
    return percent(Decimal(basis_points) / 10_000, 0 if basis_points % 100 == 0 else 2)


def _listed(keys: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(key, key) for key in keys) or _("nothing")


def _names(limits: Iterable[Limit]) -> dict[str, str]:
    paths = {path for limit in limits for path in limit.categories or ()}
    places = {place for limit in limits for place in limit.ship_tos or ()}
    found: dict[str, str] = {}
    if paths:
        found |= dict(Category.objects.filter(path__in=paths).values_list("path", "name"))
    if places:
        found |= dict(Address.objects.filter(pk__in=places).values_list("pk", "name"))
    return found

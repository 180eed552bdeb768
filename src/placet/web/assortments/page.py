"""Assortments as rows, and what one member may have of the catalog because of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from placet.catalog.assortments import allowed_products
from placet.catalog.models import Assortment, Category, Price, Product
from placet.catalog.prices import price_lists_of
from placet.companies.models import Member
from placet.core.actor import Actor

MOST_NAMED = 3


class AssortmentRow(NamedTuple):
    """An assortment in the list; ``named`` are the first things in it, ``more`` counts the rest."""

    assortment: Assortment
    for_whom: str
    named: list[str]
    more: int


class Share(NamedTuple):
    """How many of the products on sale in a department somebody may see."""

    name: str
    allowed: int
    products: int


class Sight(NamedTuple):
    """What a member may see, by department; ``product`` is one that was asked about."""

    member: Member
    shares: list[Share]
    allowed: int
    products: int
    product: Product | None
    is_allowed: bool


def rows_of(assortments: Iterable[Assortment]) -> list[AssortmentRow]:
    """Rows of assortments whose entries are loaded."""
    return [_row(one) for one in assortments]


def for_whom(assortment: Assortment) -> str:
    """Whom it holds for, as people say it."""
    if assortment.unit:
        return _("%(unit)s and below") % {"unit": assortment.unit.name}
    if assortment.role:
        return _("Holders of the role %(role)s") % {"role": _(assortment.role.name)}
    if assortment.member:
        name: str = assortment.member.user.name
        return name
    return _("Everybody")


def sight_of(actor: Actor, member: Member, sku: str, *, now: datetime) -> Sight:
    """What the member may have of what the company can buy, and whether of one product.

    What the merchant holds back is not counted: to the company there is no such thing.
    """
    allowed = allowed_products(actor.company_id, member.pk)
    lists = price_lists_of(actor.company_id, actor.currency, now)
    priced = Price.objects.filter(price_list_id__in=lists, product=OuterRef("pk"))
    on_sale = Product.objects.filter(
        Exists(priced), allowed.merchant.condition(), status=Product.Status.ACTIVE
    )
    counted = dict(
        on_sale.values_list("category_id").annotate(n=Count("id")).values_list("category_id", "n")
    )
    reached = dict(
        on_sale.filter(allowed.condition())
        .values_list("category_id")
        .annotate(n=Count("id"))
        .values_list("category_id", "n")
    )
    roots = Category.objects.filter(Q(parent=None) | Q(pk__in=counted)).order_by("position", "path")
    tree = list(roots)
    shares = [
        Share(
            root.name,
            sum(reached.get(one.pk, 0) for one in tree if one.path.startswith(root.path)),
            sum(counted.get(one.pk, 0) for one in tree if one.path.startswith(root.path)),
        )
        for root in tree
        if root.parent_id is None
    ]
    product = on_sale.filter(sku=sku).first() if sku else None
    return Sight(
        member,
        [share for share in shares if share.products],
        sum(reached.values()),
        sum(counted.values()),
        product,
        product is not None and allowed.permits(product),
    )


def _row(assortment: Assortment) -> AssortmentRow:
    names = [
        one.category.name if one.category else one.product.sku for one in assortment.entries.all()
    ]
    return AssortmentRow(
        assortment, for_whom(assortment), names[:MOST_NAMED], max(0, len(names) - MOST_NAMED)
    )

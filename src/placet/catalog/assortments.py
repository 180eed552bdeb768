"""Who may see and order what: the one place that reads assortments.

Catalog pages, search, carts, quick order, lists, links, schedules and the API ask here:

    allowed = allowed_products(company_id, member_id)
    products.filter(allowed.condition())           # in a query, or
    lines.filter(allowed.condition("product__"))
    allowed.permits(product)                       # for a product that was read

For a purchase the requester counts, who is the cart's owner, whoever fills the cart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from placet.catalog.models import Assortment, Category, Product
from placet.companies.models import Member, RoleGrant


class Named(NamedTuple):
    """What assortments name: ids of categories, those below them included, and of products."""

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()

    def has(self, product: Product) -> bool:
        """Whether the product is named, by itself or by a category that it lies in."""
        return product.pk in self.products or product.category_id in self.categories

    def condition(self, prefix: str = "") -> Q:
        """The same as a condition on products, behind a path such as ``product__``."""
        return Q(**{f"{prefix}category_id__in": sorted(self.categories)}) | Q(
            **{f"{prefix}id__in": sorted(self.products)}
        )


class Allowed(NamedTuple):
    """What somebody may see and order: whatever all of ``allows`` name and ``denied`` does not.

    ``allows`` has one entry for each side that allows anything; without any, everything is allowed.
    """

    allows: tuple[Named, ...] = ()
    denied: Named = Named()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is held back, so that no condition is needed."""
        return not self.allows and self.denied == Named()

    def permits(self, product: Product) -> bool:
        """Whether a product may be seen and ordered; its category need not be loaded."""
        return all(named.has(product) for named in self.allows) and not self.denied.has(product)

    def condition(self, prefix: str = "") -> Q:
        """The same as a condition on products, behind a path such as ``product__``."""
        found = Q()
        for named in self.allows:
            found &= named.condition(prefix)
        return found if self.denied == Named() else found & ~self.denied.condition(prefix)


class _Row(NamedTuple):
    """An open assortment beside one of its entries; one without entries has a row of its own."""

    side: str
    effect: str
    path: str | None
    product: str | None


def allowed_products(company_id: str, member_id: str) -> Allowed:
    """What this member may see and order, from the assortments of both sides.

    Without a member (the company's own key) only what holds for the whole company counts. One
    query, and a second where categories are named; however many assortments there are.
    """
    rows = [
        _Row(*row)
        for row in Assortment.objects.filter(
            _for_member(member_id), company_id=company_id, closed_at=None
        ).values_list("side", "effect", "entries__category__path", "entries__product_id")
    ]
    named_paths = {row.path for row in rows if row.path}
    tree = list(Category.objects.values_list("id", "path")) if named_paths else []
    sides = sorted({row.side for row in rows if row.effect == Assortment.Effect.ALLOW})
    return Allowed(
        tuple(
            _named((r for r in rows if r.effect == "allow" and r.side == side), tree)
            for side in sides
        ),
        _named((r for r in rows if r.effect == Assortment.Effect.DENY), tree),
    )


def _for_member(member_id: str) -> Q:
    """Assortments for everybody, for the member, a unit that they are in, or a role they hold."""
    everybody = Q(unit=None, role=None, member=None)
    if not member_id:
        return everybody
    inside = Member.objects.filter(pk=member_id, unit__path__startswith=OuterRef("unit__path"))
    holder = RoleGrant.objects.filter(member_id=member_id, role_id=OuterRef("role_id"))
    return everybody | Q(member_id=member_id) | Q(Exists(inside)) | Q(Exists(holder))


def _named(rows: Iterable[_Row], tree: Collection[tuple[str, str]]) -> Named:
    found = list(rows)
    paths = tuple(row.path for row in found if row.path)
    return Named(
        frozenset(_below(paths, tree)), frozenset(row.product for row in found if row.product)
    )


def _below(paths: tuple[str, ...], tree: Collection[tuple[str, str]]) -> Iterator[str]:
    return (category_id for category_id, path in tree if paths and path.startswith(paths))

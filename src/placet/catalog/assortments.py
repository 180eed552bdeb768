"""Who may see and order what: the one place that reads assortments.

Catalog pages, search, carts, quick order, lists, links, schedules and the API ask here:

    allowed = allowed_products(company_id, member_id)
    products.filter(allowed.condition())           # in a query, or
    lines.filter(allowed.condition("product__"))
    allowed.permits(product)                       # for a product that was read

For a purchase the requester counts, who is the cart's owner, whoever fills the cart.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from placet.catalog.models import Assortment, Category, Product
from placet.companies.models import Member, RoleGrant
from placet.companies.permissions import COMPANY_MANAGE


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


class SideAllowed(NamedTuple):
    """What one side lets somebody have: what ``named`` names, or all without it, not ``denied``."""

    named: Named | None = None
    denied: Named = Named()

    def permits(self, product: Product) -> bool:
        """Whether this side lets them have the product."""
        is_named = self.named is None or self.named.has(product)
        return is_named and not self.denied.has(product)

    def condition(self, prefix: str = "") -> Q:
        """The same as a condition on products."""
        found = Q() if self.named is None else self.named.condition(prefix)
        return found if self.denied == Named() else found & ~self.denied.condition(prefix)


class Allowed(NamedTuple):
    """What somebody may see and order: only what the merchant and their own company let them have.

    What the merchant holds back is not for sale to them; what the company holds back they can ask
    somebody for.
    """

    merchant: SideAllowed = SideAllowed()
    company: SideAllowed = SideAllowed()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is held back, so that no condition is needed."""
        return self == Allowed()

    def permits(self, product: Product) -> bool:
        """Whether a product may be seen and ordered; its category need not be loaded."""
        return self.merchant.permits(product) and self.company.permits(product)

    def condition(self, prefix: str = "") -> Q:
        """The same as a condition on products, behind a path such as ``product__``."""
        return self.merchant.condition(prefix) & self.company.condition(prefix)


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
    tree = list(Category.objects.values_list("id", "path")) if any(r.path for r in rows) else []
    return Allowed(
        merchant=_side([row for row in rows if row.side == Assortment.Side.MERCHANT], tree),
        company=_side([row for row in rows if row.side == Assortment.Side.BUYER], tree),
    )


def list_who_allow(company_id: str) -> list[str]:
    """The names of those whom to ask for what the company holds back: at most three of them."""
    active = Member.objects.filter(
        company_id=company_id, status=Member.Status.ACTIVE, user__is_active=True
    )
    grants = RoleGrant.objects.filter(member__in=active, unit=None).order_by("member__user__name")
    found = [
        name
        for name, permissions in grants.values_list("member__user__name", "role__permissions")
        if COMPANY_MANAGE in permissions
    ]
    return list(dict.fromkeys(found))[:3]


def _for_member(member_id: str) -> Q:
    """Assortments for everybody, for the member, a unit that they are in, or a role they hold."""
    everybody = Q(unit=None, role=None, member=None)
    if not member_id:
        return everybody
    inside = Member.objects.filter(pk=member_id, unit__path__startswith=OuterRef("unit__path"))
    holder = RoleGrant.objects.filter(member_id=member_id, role_id=OuterRef("role_id"))
    return everybody | Q(member_id=member_id) | Q(Exists(inside)) | Q(Exists(holder))


def _side(rows: Collection[_Row], tree: Collection[tuple[str, str]]) -> SideAllowed:
    allows = [row for row in rows if row.effect == Assortment.Effect.ALLOW]
    denies = [row for row in rows if row.effect == Assortment.Effect.DENY]
    return SideAllowed(_named(allows, tree) if allows else None, _named(denies, tree))


def _named(rows: Collection[_Row], tree: Collection[tuple[str, str]]) -> Named:
    paths = tuple(row.path for row in rows if row.path)
    below = (category for category, path in tree if paths and path.startswith(paths))
    return Named(frozenset(below), frozenset(row.product for row in rows if row.product))

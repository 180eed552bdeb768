"""What a share link shows: one fixed view of a cart or a list, with no parameters.

Everything that anybody outside ever sees of a company through a link is a field here. Two switches
of the link fill some of them: without prices there is no amount at all, without names nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from placet.carts.links import name_of_thing
from placet.carts.models import PurchaseListLine, ShareLink
from placet.carts.pricing import price_cart
from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.policy.totals import line_total
from placet.threads.models import Comment
from placet.threads.queries import list_outside_comments


class OutsideLine(NamedTuple):
    """A product and how many; the price is for ``price_quantity`` pieces, or not told.

    Nor is there one for what is not for sale to the company any more.
    """

    sku: str
    name: str
    pack: str
    picture: str
    quantity: int
    unit_price_minor: int | None
    price_quantity: int
    total_minor: int | None


class OutsideFile(NamedTuple):
    """A file that somebody of the company put into the conversation of the link."""

    id: str
    name: str
    size: int


class OutsideComment(NamedTuple):
    """What was said through the link; ``who`` is empty for people whose names are not told."""

    who: str
    is_guest: bool
    at: datetime
    text: str
    files: tuple[OutsideFile, ...]


class Outside(NamedTuple):
    """A cart or a list as the link shows it; ``total_minor`` is goods only, before tax."""

    name: str
    is_list: bool
    company: str
    person: str
    currency: str
    lines: tuple[OutsideLine, ...]
    total_minor: int | None
    comments: tuple[OutsideComment, ...]
    may_comment: bool
    expires_at: datetime


def read_outside(link: ShareLink, *, now: datetime) -> Outside:
    """The view of a link: the number of queries does not depend on its lines."""
    lines, total = _cart_lines(link, now) if link.cart else _list_lines(link, now)
    comments = list_outside_comments(link.thread_id) if link.thread_id else []
    return Outside(
        name=name_of_thing(link),
        is_list=link.cart is None,
        company=link.company.name if link.shows_names else "",
        person=link.created_by.user.name if link.shows_names else "",
        currency=link.cart.currency if link.cart else link.company.currency,
        lines=tuple(lines),
        total_minor=total if link.shows_prices else None,
        comments=tuple(_comment(one, link) for one in comments),
        may_comment=link.may_comment,
        expires_at=link.expires_at,
    )


def _cart_lines(link: ShareLink, now: datetime) -> tuple[list[OutsideLine], int]:
    priced = price_cart(link.cart, now=now)
    lines = []
    for line in priced.lines:
        has_price = line.unit_price_minor or line.product.sku not in priced.unsellable
        unit, goods = (line.unit_price_minor, line.total_minor) if has_price else (None, None)
        lines.append(_line(link, line.product, line.quantity, unit, goods))
    return lines, priced.goods_minor


def _list_lines(link: ShareLink, now: datetime) -> tuple[list[OutsideLine], int]:
    rows: Iterable[PurchaseListLine] = link.purchase_list.lines.select_related(
        "product__category"
    ).order_by("position", "id")
    rows = list(rows)
    products = [row.product_id for row in rows]
    prices = list_prices_for(link.company_id, link.company.currency, products, now)
    lines, total = [], 0
    for row in rows:
        tiers = prices.get(row.product_id)
        if tiers is None:
            lines.append(_line(link, row.product, row.quantity, None, None))
            continue
        unit = tiers.at(row.quantity)
        goods = line_total(unit, row.quantity, row.product.price_quantity)
        lines.append(_line(link, row.product, row.quantity, unit, goods))
        total += goods
    return lines, total


def _line(
    link: ShareLink,
    product: Product,
    quantity: int,
    unit_price_minor: int | None,
    total_minor: int | None,
) -> OutsideLine:
    return OutsideLine(
        sku=product.sku,
        name=product.name,
        pack=product.pack,
        picture=product.pictogram,
        quantity=quantity,
        unit_price_minor=unit_price_minor if link.shows_prices else None,
        price_quantity=product.price_quantity,
        total_minor=total_minor if link.shows_prices else None,
    )


def _comment(comment: Comment, link: ShareLink) -> OutsideComment:
    is_guest = comment.author is None
    name = comment.author.user.name if comment.author and link.shows_names else ""
    return OutsideComment(
        who=comment.guest_name if is_guest else name,
        is_guest=is_guest,
        at=comment.created_at,
        text=comment.text,
        files=tuple(OutsideFile(one.pk, one.name, one.size) for one in comment.attachments.all()),
    )

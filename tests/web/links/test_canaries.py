"""Whatever a company writes anywhere, a link shows the one fixed view of it and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Value
from django.db.models import functions as fn
from django.test import Client
from django.urls import reverse

from placet.carts.actions import add_line, comment_on_cart, comment_on_line, create_cart
from placet.carts.actions.outsiders import answer_outside
from placet.carts.actions.share_links import create_share_link
from placet.carts.models import Cart, PurchaseList, PurchaseListLine
from placet.carts.queries import get_cart
from placet.catalog.models import Product
from placet.companies.models import Member
from placet.threads.files import NewFile
from placet.threads.models import Comment
from tests.cast import Cast

# What the company writes is in these rooms; the catalogue is the merchant's and is shown.
ROOMS = frozenset({"companies", "carts", "threads", "budgets", "rulebooks", "requisitions"})
# Codes that other rows or the program read: they are no words of the company.
CODES = frozenset({"path", "language", "currency", "time_zone", "password", "permissions"})
CODES |= {"second_factor", "token_hash", "hint", "key", "content_hash", "secret_hash", "guest_name"}
SWITCHES = list(itertools.product((False, True), repeat=3))
SAID = "Words for everybody outside"
NAME, WISHES = "For the outside", "Wishes for outside"
PICTURE = NewFile("leaflet.txt", b"Two boxes.")


def texts_of(model: type[models.Model]) -> Iterator[models.CharField[str, str]]:
    """The columns of a table in which somebody writes."""
    for field in model._meta.get_fields():
        is_text = isinstance(field, models.CharField | models.TextField)
        if not is_text or field.primary_key or field.choices or field.name in CODES:
            continue
        # A country of two letters holds no word that could be recognised.
        if (field.max_length or 99) > 8:
            yield field


def plant() -> set[str]:
    """A word of its own in every text of every row; returns all the words."""
    planted: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or getattr(model, "APPEND_ONLY", False):
            continue
        rows = model._base_manager.all()
        for field in texts_of(model):
            about = f"{model._meta.model_name}{field.name}".replace("_", "")
            word = fn.Concat(
                Value("zq"), fn.Right(fn.Cast("pk", models.TextField()), 6), Value(about)
            )
            rows.update(**{field.name: fn.Left(word, field.max_length or 99)})
            planted |= set(rows.values_list(field.name, flat=True))
    return planted


@pytest.fixture
def things(db: None, cast: Cast) -> tuple[Cart, PurchaseList]:
    """A cart and a list with everything that a company writes about them."""
    cart = get_cart(cast.lena, create_cart(NAME, actor=cast.lena, now=cast.now).pk)
    line = add_line(cart, sku="GLV-M", quantity=12, actor=cast.lena, now=cast.now)
    comment_on_cart(cart, text="internal", files=[PICTURE], actor=cast.lena, now=cast.now)
    comment_on_line(line, text="internal @Pavel", actor=cast.lena, now=cast.now)
    lena = Member.objects.get(pk=cast.member["lena"])
    wishes = PurchaseList.objects.create(
        created_at=cast.now, changed_at=cast.now, company=lena.company, owner=lena, name=WISHES
    )
    PurchaseListLine.objects.create(
        created_at=cast.now,
        purchase_list=wishes,
        product=Product.objects.get(sku="GLV-M"),
        position=1,
        quantity=12,
        added_by=lena,
    )
    return cart, wishes


@pytest.mark.parametrize("switches", SWITCHES, ids=str)
@pytest.mark.parametrize("which", [0, 1], ids=["cart", "list"])
def test_no_word_of_the_company_goes_outside(
    things: tuple[Cart, PurchaseList], cast: Cast, which: int, switches: tuple[bool, bool, bool]
) -> None:
    shows_prices, shows_names, may_comment = switches
    made = create_share_link(
        things[which],
        expires_at=cast.now + timedelta(days=80),
        shows_prices=shows_prices,
        shows_names=shows_names,
        may_comment=may_comment,
        actor=cast.lena,
        now=cast.now,
    )
    if may_comment:
        answer_outside(made.link, text=SAID, actor=cast.lena, now=cast.now)
    planted = plant()
    # What the link is there to show.
    Cart.objects.filter(pk=things[0].pk).update(name=NAME)
    PurchaseList.objects.filter(pk=things[1].pk).update(name=WISHES)
    lena = Member.objects.select_related("user", "company").get(pk=cast.member["lena"])
    made.link.refresh_from_db()
    names = {lena.user.name, lena.company.name} if shows_names else set()
    allowed = {*names, *(said_outside(made.link.thread_id) if may_comment else ())}
    page = Client().get(reverse("shared", args=[made.token]))
    assert page.status_code == 200
    text = page.content.decode()
    assert not {word for word in planted if word in text} - allowed
    assert (NAME, WISHES)[which] in text
    assert "GLV-M" in text
    for ours in (*cast.member.values(), *cast.unit.values(), *cast.company.values(), things[0].pk):
        assert ours not in text
    assert all(name in text for name in names)
    assert ("EUR" in text) is shows_prices
    assert "/c/" not in text


def said_outside(thread_id: str | None) -> list[str]:
    return list(Comment.objects.filter(thread_id=thread_id).values_list("text", flat=True))


def test_the_planting_reaches_every_room(things: tuple[Cart, PurchaseList]) -> None:
    """A test that plants nothing would find nothing."""
    planted = " ".join(plant())
    for word in ("companyname", "username", "addressstreet", "costcentername", "budgetname"):
        assert word in planted
    for word in ("commenttext", "cartponumber", "cartjustification", "cartlinenote"):
        assert word in planted
    for word in ("rulebookname", "attachmentname", "unitname", "membertitle"):
        assert word in planted

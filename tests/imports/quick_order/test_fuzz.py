"""Generated files: whatever is sent, a reason or a report comes back, and never half an import."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from placet.carts.actions import Sent, take_back_lines
from placet.carts.models import Cart, CartLine, LineImport
from placet.core.cells import sheet_of
from placet.core.errors import InvalidInput
from placet.imports.columns import guess_columns
from placet.imports.quick_order.adding import Target, add_to_carts
from placet.imports.quick_order.reading import COLUMNS, digest_of, table_of_file, wished_rows
from placet.imports.quick_order.work import judge_for
from tests.cast import Cast
from tests.imports.test_bad_files import REFUSED
from tests.requisitions.road import fill_cart
from tests.web.pages import as_actor

START = "/c/meridian/quick-order/"
SKUS = [
    "GLV-M",
    "glv-l",
    "GLV-OLD",
    "BOX-50",
    "GONE-1",
    "NO-SUCH",
    "",
    "M 4711",
    "=1+1",
    "\u202eGLV",
    "ﬀ",
]
NUMBERS = [
    *("1", "10", "0", "-1", "0.5", "1.000", "1.234,50", "1,234.50", "NaN", "inf", "1e9", ""),
    *("9" * 19, "١٢", "10 000", "=2", "x", "1000000", "1000001", "\x00"),
]
HEADS = [["sku", "qty"], ["Indeks", "Ilość", "Uwagi"], ["a", "b"], ["sku", "SKU"], [""], []]
ENDS = ["\n", "\r\n", "\r"]
CODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1250"]


def table_of(dice: random.Random) -> list[list[str]]:
    width = dice.choice([1, 2, 2, 3])
    rows = [
        [dice.choice(SKUS), dice.choice(NUMBERS), "note " * dice.randrange(3)][:width]
        for _ in range(dice.randrange(12))
    ]
    if rows and dice.random() < 0.1:
        rows[-1] = rows[-1] * 3
    return [dice.choice(HEADS), *rows]


def as_csv(dice: random.Random) -> bytes:
    sign = dice.choice([",", ";", "\t"])
    text = dice.choice(ENDS).join(sign.join(row) for row in table_of(dice))
    return text.encode(dice.choice(CODINGS), "replace")


def as_sheet(dice: random.Random) -> bytes:
    rows = [[cell.replace("\x00", "") for cell in row] for row in table_of(dice)]
    return sheet_of(rows, "x")


def broken(dice: random.Random) -> bytes:
    content = bytearray(dice.choice([as_csv, as_sheet])(dice))
    for _ in range(dice.randrange(1, 20) if content else 0):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content[: dice.randrange(len(content) + 1)])


SMALL = [kind for kind in REFUSED if not kind.startswith(("a ", "an ", "too"))]
MAKERS: list[Callable[[random.Random], bytes]] = [
    as_csv,
    as_csv,
    as_sheet,
    broken,
    lambda dice: REFUSED[dice.choice(SMALL)](),
]


def sent(cast: Cast, seed: int) -> tuple[random.Random, Cart, bytes]:
    """The same file for a seed in every run, and the cart that it is meant for."""
    dice = random.Random(seed)
    cart = fill_cart(cast, name=f"Fuzz {seed}")
    return dice, cart, dice.choice(MAKERS)(dice)


def is_whole(cart: Cart) -> bool:
    """Whether the cart holds exactly what was said to be added."""
    added = LineImport.objects.filter(cart=cart)
    wanted = sum(quantity for one in added for _line, _sku, quantity, _version in one.added)
    return wanted == sum(CartLine.objects.filter(cart=cart).values_list("quantity", flat=True))


def try_one(cast: Cast, seed: int) -> str:
    """Read a file, judge and add it; returns how far it came."""
    dice, cart, content = sent(cast, seed)
    target, at = Target(cart.pk), {"actor": cast.lena, "now": cast.now}
    try:
        table = table_of_file(content)
    except InvalidInput:
        return "refused"
    columns = guess_columns(COLUMNS, table.header)
    rows = wished_rows(columns if "sku" in columns else {"sku": 0}, table.rows)
    judged = judge_for(rows, target, **at)
    taken = frozenset(one.row.number for one in judged.replaceable if dice.random() < 0.5)
    try:
        with transaction.atomic():
            found = add_to_carts(
                judged.lines(taken=taken), target=target, sent=Sent("f", digest_of(rows)), **at
            )
    except InvalidInput:
        assert not CartLine.objects.filter(cart=cart).exists(), seed
        return "nothing"
    assert is_whole(cart), seed
    take_back_lines(found[0], **at)
    assert not CartLine.objects.filter(cart=cart).exists(), seed
    return "added"


def try_page(cast: Cast, seed: int) -> int:
    """The same through the pages; returns the status of the upload."""
    dice, cart, content = sent(cast, seed)
    lena = as_actor(cast.lena)
    file = SimpleUploadedFile("fuzz.csv", content)
    answer = lena.post(START, {"cart": cart.pk, "file": file})
    if answer.status_code == 302:
        address = answer["Location"]
        assert lena.get(address).status_code == 200, seed
        assert lena.get(address + "&sku=0&quantity=1").status_code in (200, 302), seed
        add = address.partition("?")[0] + "add/"
        wish = {"cart": cart.pk, "substitutes": dice.choice(["", "on"])}
        assert lena.post(add, wish).status_code == 302, seed
    assert is_whole(cart), seed
    return answer.status_code


ENDINGS = {"refused", "nothing", "added"}


@pytest.mark.django_db
def test_two_hundred_files_end_in_a_reason_or_a_whole_import(cast: Cast) -> None:
    assert {try_one(cast, seed) for seed in range(200)} == ENDINGS


@pytest.mark.django_db
def test_the_pages_answer_every_file(cast: Cast) -> None:
    assert {try_page(cast, seed) for seed in range(10)} == {302, 422}


@pytest.mark.soak
@pytest.mark.django_db
def test_two_thousand_files_end_in_a_reason_or_a_whole_import(cast: Cast) -> None:
    assert {try_one(cast, seed) for seed in range(200, 2_200)} == ENDINGS


@pytest.mark.soak
@pytest.mark.django_db
def test_the_pages_answer_two_hundred_files(cast: Cast) -> None:
    assert {try_page(cast, seed) for seed in range(200)} == {302, 422}

"""Generated files: whatever is sent, a reason or a report comes back, and never half an import."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from placet.carts.models import CartLine, LineImport
from placet.core.cells import sheet_of
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


def try_one(cast: Cast, seed: int) -> str:
    """Send a file, look at its report, add it; returns how far it came."""
    dice = random.Random(seed)
    lena = as_actor(cast.lena)
    cart = fill_cart(cast, name=f"Fuzz {seed}")
    file = SimpleUploadedFile("fuzz.csv", dice.choice(MAKERS)(dice))
    sent = lena.post(START, {"cart": cart.pk, "file": file})
    assert sent.status_code in (302, 422), seed
    if sent.status_code == 422:
        assert not CartLine.objects.filter(cart=cart).exists(), seed
        return "refused"
    address = sent["Location"]
    assert lena.get(address).status_code == 200, seed
    assert lena.get(address + "&sku=0&quantity=1").status_code in (200, 302), seed
    add = address.partition("?")[0] + "add/"
    answer = lena.post(add, {"cart": cart.pk, "substitutes": dice.choice(["", "on"])})
    assert answer.status_code == 302, seed
    added = LineImport.objects.filter(cart=cart)
    wanted = sum(quantity for one in added for _line, _sku, quantity, _version in one.added)
    held = sum(CartLine.objects.filter(cart=cart).values_list("quantity", flat=True))
    assert wanted == held, seed
    return "added" if added else "nothing"


def run(cast: Cast, seeds: range) -> set[str]:
    return {try_one(cast, seed) for seed in seeds}


@pytest.mark.django_db
def test_two_hundred_files_end_in_a_reason_or_a_whole_import(cast: Cast) -> None:
    assert run(cast, range(200)) == {"refused", "nothing", "added"}


@pytest.mark.soak
@pytest.mark.django_db
def test_two_thousand_files_end_in_a_reason_or_a_whole_import(cast: Cast) -> None:
    assert run(cast, range(200, 2_200)) == {"refused", "nothing", "added"}

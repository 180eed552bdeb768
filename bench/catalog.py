"""The catalog with 1,000 and with 100,000 products: how much longer its pages take, and in how many
queries.

Search and category pages are asked for as a member of the cast on a PostgreSQL that is thrown away;
each page is the whole answer, with filters, counts, prices and what the rules say to each product.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

FEW: Final = 1_000
MANY: Final = 100_000
TURNS: Final = 7
SEED: Final = 20_261_123
INSIDE: Final = "PLACET_BENCH_INSIDE"
ADDRESSES: Final = {
    "a word that many have": "?q=nitrile",
    "two words": "?q=nitrile+glove",
    "a slip": "?q=nitirle",
    "a piece of a SKU": "?q=NS+000417",
    "the very SKU": "?q=NS-000417-B",
    "nothing": "?q=unicorn",
    "everything": "",
    "a department": "?category=bench-3/",
    "a leaf": "?category=bench-3/part-7/",
    "a brand in a department": "?category=bench-3/&brand=Brand+23",
    "an attribute of a leaf": "?category=bench-3/part-7/&attr=Size:M",
    "second page of a department": "?category=bench-3/&after=",
    "a department by price": "?category=bench-3/&sort=price",
}
NOUNS: Final = (
    *("glove", "mask", "gown", "syringe", "cannula", "dressing", "bandage", "swab", "pipette"),
    *("beaker", "flask", "filter", "tube", "rack", "label", "folder", "pen", "paper", "toner"),
    *("cable", "adapter", "monitor", "chair", "lamp", "bucket", "mop", "detergent", "towel"),
    *("screw", "washer", "bracket", "hinge", "drill", "goggles", "helmet", "vest", "boot"),
)
MATERIALS: Final = (
    *("nitrile", "latex", "vinyl", "cotton", "steel", "brass", "glass", "paper", "copper"),
    *("silicone", "rubber", "polyester", "polyethylene", "aluminium", "titanium", "oak"),
)
COLOURS: Final = ("blue", "white", "green", "black", "red", "grey", "yellow", "clear")
SIZES: Final = ("XS", "S", "M", "L", "XL")
SYLLABLES: Final = ("ba", "ko", "ri", "ten", "sol", "var", "mi", "lux", "per", "dan", "qua", "zor")
COLUMNS: Final = (
    *("id", "created_at", "version", "external_id", "metadata", "sku", "name", "description"),
    *("family", "variant", "brand", "supplier", "pack", "price_quantity", "minimum_quantity"),
    *("step_quantity", "stock", "sells_beyond_stock", "lead_time_days", "tax_basis_points"),
    *("is_restricted", "tags", "attributes", "pictogram", "status", "search_text", "folded_sku"),
    "category_id",
)


class Measured(NamedTuple):
    """The fastest of some turns, in seconds, and the queries of the last one."""

    seconds: float
    queries: int


def main() -> None:
    """Print both sizes side by side; asks for a PostgreSQL that is installed."""
    if INSIDE not in os.environ:
        root = Path(__file__).resolve().parents[1]
        command = [sys.executable, str(root / "tools/throwaway_postgres.py")]
        command += [sys.executable, "-m", "bench.catalog"]
        environment = {**os.environ, INSIDE: "1", "PYTHONPATH": f"{root}:{root / 'src'}"}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "placet.project.settings")
        subprocess.run(command, check=True, cwd=root, env=environment)
        return
    browser = lay_ground()
    fill(0, FEW)
    few = {name: measured(browser, address) for name, address in ADDRESSES.items()}
    fill(FEW, MANY)
    print(f"Catalog: {FEW:,} and {MANY:,} products, best of {TURNS} turns")
    for name, before in few.items():
        after = measured(browser, ADDRESSES[name])
        print(
            f"  {name:28} {before.seconds * 1000:6.1f} ms {after.seconds * 1000:6.1f} ms"
            f"  {after.seconds / before.seconds:4.2f} times,"
            f" {before.queries} and {after.queries} queries",
            flush=True,
        )


def lay_ground() -> Any:
    """A buyer's browser in the cast's company."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("migrate", verbosity=0, interactive=False)
    setup_test_environment()
    from tests.cast import load_cast, make_cast
    from tests.web.pages import as_actor

    make_cast()
    cast = load_cast()
    _make_categories(cast)
    return as_actor(cast.lena)


def _make_categories(cast: Any) -> None:
    from placet.catalog.actions import upsert_category

    for department in range(10):
        path = f"bench-{department}/"
        upsert_category(path, name=f"Department {department}", actor=cast.mira, now=cast.now)
        for part in range(20):
            below, name = f"{path}part-{part}/", f"Part {department}.{part}"
            upsert_category(below, name=name, actor=cast.mira, now=cast.now)


def fill(start: int, end: int) -> None:
    """Products from a number to another with their prices, by COPY; the same ones every time."""
    from django.db import connection

    from placet.catalog.models import Category, PriceList
    from placet.catalog.vocabulary import learn_words

    leaves = list(Category.objects.filter(path__contains="/part-").order_by("path"))
    default = PriceList.objects.get(is_default=True, currency="EUR")
    products = list(_products(start, end, [leaf.pk for leaf in leaves]))
    with connection.cursor() as cursor:
        columns = ", ".join(COLUMNS)
        with cursor.copy(f"COPY catalog_product ({columns}) FROM STDIN") as rows:
            for product in products:
                rows.write_row([product[column] for column in COLUMNS])
        prices = "price_list_id, product_id, from_quantity, unit_price_minor, piece"
        with cursor.copy(f"COPY catalog_price ({prices}) FROM STDIN") as rows:
            for number, product in enumerate(products, start):
                minor = 100 + number * 7919 % 90_000
                rows.write_row([default.pk, product["id"], 1, minor, float(minor)])
                if number % 3 == 0:
                    cheaper = 90 + number * 7919 % 80_000
                    rows.write_row([default.pk, product["id"], 10, cheaper, None])
        learn_words(product["search_text"] for product in products)
        cursor.execute("VACUUM ANALYZE")


def _products(start: int, end: int, leaves: list[str]) -> Iterator[dict[str, Any]]:
    from placet.catalog.search import compact, search_text_of

    for number in range(start, end):
        chance = random.Random(SEED + number)
        noun, material = chance.choice(NOUNS), chance.choice(MATERIALS)
        colour, size = chance.choice(COLOURS), chance.choice(SIZES)
        model = "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()
        name = f"{material.capitalize()} {noun} {model}, {colour}, {size}"
        sku = f"NS-{number:06}-{chance.choice('ABCD') if number != 417 else 'B'}"
        brand, supplier = f"Brand {number % 40}", f"Supplier {number % 25}"
        family = f"{material} {noun} {model}"
        words = (name, sku, compact(sku), brand, family, size, supplier)
        yield {
            "id": f"prd_{number:024}",
            "created_at": "2026-11-01T00:00:00Z",
            "version": 1,
            "external_id": "",
            "metadata": "{}",
            "sku": sku,
            "name": name,
            "description": "",
            "family": family,
            "variant": size,
            "brand": brand,
            "supplier": supplier,
            "pack": "box",
            "price_quantity": 1,
            "minimum_quantity": 1,
            "step_quantity": 1,
            "stock": number % 5,
            "sells_beyond_stock": True,
            "lead_time_days": 2,
            "tax_basis_points": 1900,
            "is_restricted": number % 50 == 0,
            "tags": "[]",
            "attributes": f'{{"Size": "{size}", "Colour": "{colour}", "Material": "{material}"}}',
            "pictogram": "p-box",
            "status": "active",
            "search_text": search_text_of(*words),
            "folded_sku": compact(sku),
            "category_id": leaves[number % len(leaves)],
        }


def measured(browser: Any, address: str) -> Measured:
    """The fastest of some turns of one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    path = f"/c/meridian/catalog/{address}"
    if address.endswith("after="):
        first = browser.get(path).content.decode()
        path += "prd_" + first.partition("after=prd_")[2].partition('"')[0]
    best, queries = float("inf"), 0
    for _turn in range(TURNS):
        started = time.perf_counter()
        assert browser.get(path).status_code == 200, path
        best = min(best, time.perf_counter() - started)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    queries = len(captured)
    return Measured(best, queries)


if __name__ == "__main__":
    main()

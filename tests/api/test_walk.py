"""The walk of docs/api/README.md, as printed there, against a live server with the cast."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections

from placet.catalog import actions
from placet.catalog.actions import PriceValues, ProductValues
from placet.catalog.models import PriceList
from placet.companies.models import Address, Company, Member
from placet.companies.queries import get_actor
from placet.demo.world import golden
from placet.demo.world.addresses import ADDRESSES
from placet.jobs.verify import verify
from placet.orders.models import Order
from tests.api.caller import Caller, key_of, own_key_of
from tests.cast import NOW, Cast
from tests.cast_people import system_of
from tests.ground import Ground
from tests.house.source import ROOT

ASKS_FOR_KEY = re.compile(r"The key of ([\w.@-]+):")
BLOCKS = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCK = "St. Anna Hospital, Dock B"


class QuietHandler(WSGIRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing."""


class Server(ThreadedWSGIServer):
    """Closes each thread's connection to the database when its client is gone."""

    daemon_threads = False

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """One client."""
        super().process_request_thread(request, client_address)
        connections.close_all()


@contextmanager
def live_server() -> Iterator[str]:
    """The address of a server in this process, with the tests' settings and clock."""
    server = Server(("127.0.0.1", 0), QuietHandler)
    server.set_app(WSGIHandler())
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sell_the_golden_products() -> None:
    """What Lena pastes, at its prices; line 6 is a medical device."""
    system = system_of(Company.objects.get(slug="norden"))
    skus = [*(line.sku for line in golden.LINES), golden.DISCONTINUED_SKU]
    products = [
        ProductValues(
            sku=sku,
            name=f"Product {sku}",
            category="medical-devices/" if sku.startswith("NS-44062") else "consumables/",
            pack="box",
            brand="Norden",
            supplier="Norden Supply",
            stock=500,
            is_discontinued=sku == golden.DISCONTINUED_SKU,
            substitute=golden.SUBSTITUTE_SKU if sku == golden.DISCONTINUED_SKU else "",
        )
        for sku in skus
    ]
    actions.upsert_products(products, actor=system, now=NOW)
    prices = [PriceValues(line.sku, line.unit_price_minor) for line in golden.LINES]
    actions.set_prices(PriceList.objects.get(key="list-eur"), prices=prices, actor=system, now=NOW)
    Address.objects.filter(name="ICU dock").update(name=DOCK)


def test_the_dock_is_that_of_the_demo() -> None:
    assert DOCK in {address.name for address in ADDRESSES}


@pytest.mark.soak
def test_the_walk_works_as_printed(committed_db: Ground, cast: Cast) -> None:
    sell_the_golden_products()
    blocks = BLOCKS.findall((ROOT / "docs/api/README.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 10
    callers = {
        "meridian": key_of("meridian"),
        "rules": key_of("meridian", "rule.manage", "budget.view"),
        "norden": key_of("norden"),
        "admin": key_of("meridian"),
        "store": key_of("norden"),
        "rashid": own_key_of(cast.rashid),
        "jonas": own_key_of(cast.jonas),
    }
    keys = {"keys": {name: caller.secret for name, caller in callers.items()}}
    with live_server() as address:
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-x", "-c", "".join(blocks)],
            cwd=ROOT,
            env={
                **os.environ,
                "PLACET_ADDRESS": address,
                "KEYS": json.dumps(keys),
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr[-3000:] + ended.stdout[-1000:]
    assert Order.objects.get().erp_number == "SO-4711"
    assert list(verify()) == []


def test_a_company_comes_from_nothing_to_an_order(committed_db: Ground, cast: Cast) -> None:
    """The walk stops where somebody makes a key; the test is that somebody."""
    sell_the_golden_products()
    blocks = BLOCKS.findall((ROOT / "docs/api/organisation.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 8
    with live_server() as address, walking("".join(blocks), address) as walk:
        assert walk.stdin is not None
        assert walk.stdout is not None
        said = []
        for line in walk.stdout:
            said.append(line)
            asked = ASKS_FOR_KEY.match(line)
            if asked:
                walk.stdin.write(made_for(asked.group(1)).secret + "\n")
                walk.stdin.flush()
        assert walk.wait(timeout=60) == 0, "".join(said[-40:])
    assert Order.objects.filter(company__name="Lund Dental").count() == 1
    assert list(verify()) == []


def made_for(who: str) -> Caller:
    """A key of a company (its slug), or one of somebody's own (their address)."""
    if "@" not in who:
        return key_of(who)
    member = Member.objects.select_related("company").get(user__email=who)
    slug = member.company.slug
    return own_key_of(get_actor(user_id=member.user_id, company_slug=slug, channel="web"))


@contextmanager
def walking(script: str, address: str) -> Iterator[subprocess.Popen[str]]:
    """A shell that runs this, with everything that it says in one stream; never left behind."""
    keys = {"keys": {"norden": key_of("norden").secret}}
    walk = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-x", "-c", script],
        cwd=ROOT,
        env={**os.environ, "PLACET_ADDRESS": address, "KEYS": json.dumps(keys)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield walk
    finally:
        walk.kill()
        walk.wait()
        for pipe in (walk.stdin, walk.stdout):
            if pipe is not None:
                pipe.close()

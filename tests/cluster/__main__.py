"""Two web servers and two workers on PostgreSQL and Redis, under load, while each is killed once.

    python -m tests.cluster [PURCHASES] [--old COMMIT]

With an older commit the second web server and the second worker are of that version.

Every purchase that was accepted is ordered once, handed over once and told once; `placet verify`
agrees.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from tests.cluster import load
from tests.cluster.caller import Program
from tests.cluster.mailbox import Mailbox, receiving
from tests.webhooks.receiver import Receiver, listening
from tools.throwaway_cluster import ROOT, Cluster, wait_for

PURCHASES = 24
UNDER_WAY = 6
"""How many purchases more than have to be taken over may begin before the next blow."""
MACHINES = ("web-1", "web-2", "work-1", "work-2")
LATER = """
import json
from datetime import timedelta
import django
django.setup()
from django.db.models import Count
from placet.core.clock import real_now
from placet.notices.models import Mail
from placet.notices.sending import send_mails
from placet.webhooks.delivery import send_webhooks
from placet.webhooks.models import Delivery
later = real_now() + timedelta(hours=1)
while send_mails(now=later) + send_webhooks(now=later, business_now=later):
    pass
count = lambda rows: dict(rows.values_list("status").annotate(Count("pk")).order_by())
print(json.dumps({"mails": count(Mail.objects.all()), "deliveries": count(Delivery.objects.all())}))
"""
"""An hour later, when what a dead worker had claimed is due again: what left, and what waits."""


def main(purchases: int, source: Path | None = None) -> int:
    """Play it all; 0 when nothing was lost and nothing happened twice."""
    folder = Path(tempfile.mkdtemp(prefix="placet-cluster-"))
    try:
        with listening() as receiver, receiving() as mailbox:
            environment = {
                "PLACET_SMTP_PORT": str(mailbox.port),
                "PLACET_WEBHOOK_PRIVATE_ADDRESSES": "1",
                "PLACET_SECRET": "only-for-this-cluster-and-this-minute",
            }
            with Cluster(folder, environment, *([source] if source else [])) as cluster:
                try:
                    return play(cluster, receiver, mailbox, purchases)
                except BaseException:
                    for name in MACHINES:
                        say(f"--- {name}\n{_tail(cluster, name)}")
                    raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def play(cluster: Cluster, receiver: Receiver, mailbox: Mailbox, purchases: int) -> int:
    """Fill, start, load, kill, wait, compare."""
    began = time.monotonic()
    cluster.run("-m", "django", "migrate", "--noinput", "--verbosity", "0")
    cluster.run("-m", "django", "createcachetable")
    keys = json.loads(cluster.run("-m", "tests.cluster.world", receiver.url))
    cluster.start(*MACHINES)
    say(f"the cluster stands after {time.monotonic() - began:.0f} s")
    ledger = load.Ledger()
    programs, threads = people(cluster, keys, purchases, ledger)
    for thread in threads:
        thread.start()
    for share, name, strike in strikes(cluster):
        wanted = int(purchases * share)
        ledger.gate = wanted + UNDER_WAY
        wait_for(lambda wanted=wanted: len(ledger.taken) >= wanted, f"{wanted} orders taken over")
        strike()
        say(f"{len(ledger.taken)} of {purchases} orders taken over: {name}")
    ledger.gate = purchases
    wait_for(lambda: len(ledger.taken) >= purchases, "every order to be taken over")
    wait_for(lambda: not _is_waiting(_later(cluster)), "everything to leave")
    ledger.done.set()
    for thread in threads:
        thread.join()
    faults = compare(cluster, receiver, mailbox, ledger, keys, purchases)
    sent = sum(program.repeated for program in programs)
    replayed = sum(program.replayed for program in programs)
    say(
        f"{purchases} purchases, {len(ledger.decisions)} decisions, {sent} calls sent again, "
        f"{replayed} answers replayed, {len(receiver.ids)} webhooks for {len(set(receiver.ids))} "
        f"events, {len(mailbox.ids)} mails: {time.monotonic() - began:.0f} s"
    )
    for fault in faults:
        say(f"FAULT {fault}")
    return 1 if faults else 0


def people(
    cluster: Cluster, keys: dict[str, Any], purchases: int, ledger: load.Ledger
) -> tuple[list[Program], list[Thread]]:
    """Four that buy, two deciders of whom one is there twice, an ERP that is there twice."""
    addresses = cluster.addresses()
    work: list[tuple[Program, Callable[[Program], None]]] = []
    for number in range(4):
        program = Program(addresses, keys["meridian"], keys[("lena", "pavel")[number % 2]])
        own = range(1 + number, purchases + 1, 4)
        work.append((program, lambda one, own=own: load.buy(one, keys, own, ledger)))
    for name in ("jonas", "jonas", "sofia"):
        program = Program(addresses, keys[name])
        work.append((program, lambda one, name=name: load.approve(one, name, ledger)))
    for _twice in range(2):
        program = Program(addresses, keys["norden"])
        work.append((program, lambda one: load.take_over(one, ledger)))
    threads = [Thread(target=act, args=(program,), daemon=True) for program, act in work]
    return [program for program, _act in work], threads


def strikes(cluster: Cluster) -> list[tuple[float, str, Callable[[], None]]]:
    """What happens once so many orders were taken over."""

    def recover() -> None:
        cluster.crash_postgres()
        cluster.start("postgres")

    return [
        (0.1, "web-1 is killed", lambda: cluster.kill("web-1")),
        (0.25, "web-1 is back", lambda: cluster.start("web-1")),
        (0.35, "work-1 is killed", lambda: cluster.kill("work-1")),
        (0.45, "work-1 is back", lambda: cluster.start("work-1")),
        (0.55, "Redis is killed", lambda: cluster.kill("redis")),
        (0.65, "Redis is back", lambda: cluster.start("redis")),
        (0.75, "PostgreSQL crashed and recovered", recover),
    ]


def told(receiver: Receiver) -> dict[str, set[str]]:
    """The webhook-ids of `order.created`, by order."""
    found: dict[str, set[str]] = defaultdict(set)
    for request in list(receiver.received):
        body = json.loads(request.body)
        if body["type"] == "order.created":
            found[body["data"]["id"]].add(request.headers["webhook-id"])
    return found


def compare(
    cluster: Cluster,
    receiver: Receiver,
    mailbox: Mailbox,
    ledger: load.Ledger,
    keys: dict[str, Any],
    purchases: int,
) -> list[str]:
    """What is not as it was promised."""
    faults = list(ledger.refused)
    merchant = Program(cluster.addresses(), keys["norden"])
    orders = merchant.get("/orders?limit=200")["data"]
    if sorted(order["requisition"] for order in orders) != sorted(ledger.accepted.values()):
        faults.append("orders and accepted purchases are not the same")
    if len(orders) != purchases:
        faults.append(f"{len(orders)} orders for {purchases} purchases")
    faults += [
        f"{order['id']} is {order['erp_number']} in the ERP"
        for order in orders
        if order["erp_number"] != f"SO-{order['id']}"
    ]
    heard = told(receiver)
    if set(heard) != {order["id"] for order in orders}:
        faults.append("the receiver heard of other orders than there are")
    faults += [
        f"{order} was told as {len(ids)} events" for order, ids in heard.items() if len(ids) > 1
    ]
    figures = _later(cluster)
    if set(figures["mails"]) - {"sent", "dropped"} or set(figures["deliveries"]) != {"delivered"}:
        faults.append(f"not everything left: {figures}")
    # A worker that is killed after sending leaves a mail that may be out of date at the next try.
    sent, dropped = (figures["mails"].get(status, 0) for status in ("sent", "dropped"))
    if not sent <= len(set(mailbox.ids)) <= sent + dropped:
        faults.append(f"{len(set(mailbox.ids))} different mails arrived: {figures['mails']}")
    faults += [
        f"{name} made a mistake: {line[:400]}"
        for name in MACHINES
        for line in cluster.log_of(name).splitlines()
        if " placet.api mistake " in line
    ]
    say(cluster.run("-m", "django", "verify").strip())
    return faults


def _later(cluster: Cluster) -> Any:
    return json.loads(cluster.run("-c", LATER))


def _is_waiting(figures: Any) -> bool:
    return any("waiting" in counts for counts in figures.values())


def _tail(cluster: Cluster, name: str) -> str:
    try:
        return cluster.log_of(name)[-1500:]
    except OSError:
        return "(nothing)"


def say(sentence: str) -> None:
    """One line of the story."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


@contextmanager
def older(commit: str) -> Iterator[Path]:
    """A folder with the sources of an older version, which is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="placet-older-"))
    try:
        archive = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, capture_output=True, check=True
        ).stdout
        subprocess.run(["tar", "--extract"], cwd=folder, input=archive, check=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read_options() -> argparse.Namespace:
    """How many purchases, and whether an older version works beside this one."""
    parser = argparse.ArgumentParser(prog="python -m tests.cluster")
    parser.add_argument("purchases", nargs="?", type=int, default=PURCHASES)
    parser.add_argument("--old", default="", help="a commit whose tables are part of today's")
    return parser.parse_args()


if __name__ == "__main__":
    options = read_options()
    if options.old:
        with older(options.old) as source:
            sys.exit(main(options.purchases, source))
    sys.exit(main(options.purchases))

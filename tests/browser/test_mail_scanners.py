"""Mail scanners follow every link, with scripts and without: nothing is decided by it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.browser.demo import ROOT

pytestmark = pytest.mark.browser

# Meridian asks for no sign-in up to 5,000.00: the link alone would suffice, if opening it decided.
MAKE = """
import django
django.setup()
from placet.core.clock import real_now
from placet.notices.addresses import decision_url
from placet.requisitions.links import make_link
from placet.requisitions.models import StepAssignment
rows = StepAssignment.objects.filter(
    is_open=True,
    principal=None,
    requisition__company__slug="meridian",
    step__revision__total_minor__lte=5_000_00,
).select_related("step")
for row in rows.order_by("id"):
    print(decision_url(make_link(row.step, row.member_id, None, now=real_now())))
"""
COUNT = """
import sys
import django
django.setup()
from placet.events.models import Event
from placet.requisitions.models import Decision, DecisionLink, DecisionPending
print(Decision.objects.count(), DecisionPending.objects.count())
print(Event.objects.filter(type__startswith="decision.").count())
print(sorted(DecisionLink.objects.filter(pk__in=sys.argv[1:]).values_list("id", "expires_at")))
"""


@pytest.mark.parametrize("links", [100, pytest.param(1_000, marks=pytest.mark.soak)])
def test_so_many_links_are_opened_and_nothing_is_decided(
    visit: Callable[..., Visitor], demo_state: Path, links: int
) -> None:
    made = asked(MAKE, demo_state).split()
    assert len(made) >= 10
    ids = [address.rpartition("/d/")[2].partition(".")[0] for address in made]
    before = asked(COUNT, demo_state, *ids)
    assert all(one in before for one in ids)
    visitor = visit()
    paths = [address.partition("/d/")[2] for address in made]
    addresses = [f"{visitor.address}/d/{path}" for path in paths]
    # Every link many times over, until so many were opened with scripts running.
    for number in range(links):
        address = addresses[number % len(addresses)]
        if number < len(addresses):
            assert visitor.context.request.head(address).status == 200
            assert visitor.context.request.get(address).status == 200
        answer = visitor.page.goto(address, wait_until="load")
        assert answer is not None
        assert answer.status == 200
        if number < len(addresses):
            assert visitor.page.locator("form.verdict button[value=approve]").count() == 1
    assert asked(COUNT, demo_state, *ids) == before


def asked(program: str, state: Path, *arguments: str) -> str:
    """What a program says that looks into the demo's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLACET_")}
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={
            **kept,
            "PLACET_STATE": str(state),
            "PLACET_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "placet.project.settings",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout

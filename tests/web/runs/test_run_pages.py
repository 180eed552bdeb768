"""The page of a run: how far it is, stopping it, and what is left when it ends."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from placet.plans.back_test import start_back_test
from placet.policy.starters import no_rules
from placet.runs.models import Run
from placet.runs.work import KILLED
from tests.cast import Cast
from tests.plans.back_test_world import back_tested, rules_of
from tests.web.pages import as_actor, page
from tests.web.rules.keepers import send, text_of

pytestmark = pytest.mark.django_db


def started(cast: Cast) -> Run:
    return start_back_test(rules_of(cast), document=no_rules(), actor=cast.ines, now=cast.now)


def polled(cast: Cast, run: Run) -> HttpResponse:
    """What the waiting page gets when it asks again by itself."""
    address = f"/c/meridian/runs/{run.pk}/"
    return as_actor(cast.ines).get(address, headers={"HX-Request": "true"})


def test_a_page_that_waits_asks_for_its_state_alone(cast: Cast) -> None:
    run = started(cast)
    whole = page(cast.ines, f"runs/{run.pk}/")
    assert f'hx-get="/c/meridian/runs/{run.pk}/"' in whole
    assert "Look again" in whole
    Run.objects.filter(pk=run.pk).update(
        status=Run.Status.RUNNING, heartbeat_at=cast.now, done=1500, total=6000
    )
    answer = polled(cast, run)
    assert "<html" not in text_of(answer)
    assert "1,500 of 6,000 past purchases." in text_of(answer)
    assert 'max="6000" value="1500"' in text_of(answer)
    assert "HX-Refresh" not in answer


def test_when_it_ends_the_waiting_page_becomes_its_result(cast: Cast) -> None:
    run = back_tested(cast, no_rules())
    answer = polled(cast, run)
    assert answer["HX-Refresh"] == "true"
    assert "hx-get" not in text_of(answer)
    assert "There was nothing to try it on" in page(cast.ines, f"runs/{run.pk}/")


def test_it_is_cancelled_once_and_the_second_press_says_so(cast: Cast) -> None:
    run = started(cast)
    first = text_of(send(cast.ines, f"runs/{run.pk}/cancel/"))
    assert "Cancelled. Nothing of it was kept." in first
    assert "It was cancelled" in first
    assert "Try it again" in first
    assert "This has ended already." in text_of(send(cast.ines, f"runs/{run.pk}/cancel/"))
    run.refresh_from_db()
    assert run.status == Run.Status.CANCELLED


def test_a_failed_run_says_why(cast: Cast) -> None:
    run = started(cast)
    Run.objects.filter(pk=run.pk).update(status=Run.Status.FAILED, error=KILLED)
    shown = page(cast.ines, f"runs/{run.pk}/")
    assert "It ended without a result" in shown
    assert "The worker was stopped twice" in shown
    assert "The worker was stopped twice" in page(cast.ines, "runs/")


def test_admins_see_everybodys_runs_and_others_their_own(cast: Cast) -> None:
    run = started(cast)
    assert f"/runs/{run.pk}/" in page(cast.ines, "runs/")
    assert "Back-test: " in page(cast.ines, "runs/")
    for stranger in (cast.lena, cast.aron, cast.odd):
        assert "Nothing was started yet" in page(stranger, "runs/")
        page(stranger, f"runs/{run.pk}/", 404)
        assert send(stranger, f"runs/{run.pk}/cancel/").status_code == 404
    run.refresh_from_db()
    assert run.status == Run.Status.WAITING


def test_a_run_that_a_key_started_names_no_person(cast: Cast) -> None:
    run = started(cast)
    Run.objects.filter(pk=run.pk).update(started_by="")
    assert "A key of the company started it" in page(cast.ines, f"runs/{run.pk}/")

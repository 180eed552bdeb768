"""Who started a run that took a while is told by mail what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.jobs.timetable import RUNNERS
from placet.plans.back_test import start_back_test
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.cast import NOW, Cast
from tests.cast_rules import MERIDIAN
from tests.notices.conftest import PostOffice, html_of
from tests.plans.back_test_world import buys, changed_rules, rules_of
from tests.requisitions.road import INFUSION_SET

pytestmark = pytest.mark.django_db


def tried(cast: Cast, *, seconds: int) -> Run:
    """A back-test of Ines that took so long."""
    document = changed_rules(medical_devices=None)
    run = start_back_test(rules_of(cast), document=document, actor=cast.ines, now=NOW)
    moments = iter([NOW, NOW])
    work_run(RUNNERS, now=NOW, read_real=lambda: next(moments, NOW + timedelta(seconds=seconds)))
    return run


def test_a_mail_says_what_would_change(cast: Cast, post: PostOffice) -> None:
    buys(cast, (INFUSION_SET, 10))
    post.work()
    run = tried(cast, seconds=21)
    (message,) = post.work()
    assert message.to == ["ines@meridian.example"]
    assert message.subject == "Your back-test of Meridian's rules is done"
    assert "would change 1 of 1 purchases" in message.body
    assert "Approvals more: 0, fewer: 1; newly blocked: 0." in html_of(message)
    assert f"/c/meridian/runs/{run.pk}/" in message.body


def test_whoever_still_looks_at_it_gets_no_mail(cast: Cast, post: PostOffice) -> None:
    tried(cast, seconds=20)
    assert post.work() == []


def test_one_that_failed_is_told_however_short(cast: Cast, post: PostOffice) -> None:
    run = start_back_test(rules_of(cast), document=MERIDIAN, actor=cast.ines, now=NOW)
    work_run({}, now=NOW, read_real=lambda: NOW)
    run.refresh_from_db()
    assert run.status == "failed"
    (message,) = post.work()
    assert message.subject == "Meridian's rules: not tested"
    assert "Something is wrong on our side." in message.body


def test_nobody_is_told_what_they_may_not_see_any_more(cast: Cast, post: PostOffice) -> None:
    run = tried(cast, seconds=60)
    Run.objects.filter(pk=run.pk).update(company_id=cast.company["kowalski"])
    assert post.work() == []

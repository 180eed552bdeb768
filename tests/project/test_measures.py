"""Figures for whoever has the token: what was asked, what waits; no company and no person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from placet.notices.models import Mail
from placet.requisitions.models import Requisition
from tests.cast import NOW, Cast
from tests.requisitions.road import DRESSING, fill_cart, submit

TOKEN = "t0ken-of-the-monitor"


@pytest.fixture
def monitor(settings: Any) -> dict[str, str]:
    settings.PLACET_METRICS_TOKEN = TOKEN
    return {"Authorization": f"Bearer {TOKEN}"}


def figures(client: Client, headers: dict[str, str]) -> dict[str, float]:
    """Every figure by its name with its labels."""
    answer = client.get("/metrics/", headers=headers)
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    rows = (line.rpartition(" ") for line in lines if line and not line.startswith("#"))
    return {name: float(value) for name, _space, value in rows}


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_page(client: Client, settings: Any) -> None:
    settings.PLACET_METRICS_TOKEN = ""
    assert client.get("/metrics/").status_code == 404
    assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer ł"])
def test_another_token_sees_nothing(client: Client, monitor: dict[str, str], sent: str) -> None:
    answer = client.get("/metrics/", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert b"placet_" not in answer.content


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_view(
    client: Client, monitor: dict[str, str]
) -> None:
    name = 'placet_requests_total{method="GET",status="200",view="live"}'
    before = figures(client, monitor).get(name, 0)
    client.get("/livez/")
    client.get("/livez/?company=meridian")
    assert figures(client, monitor)[name] == before + 2


@pytest.mark.django_db
def test_an_address_that_is_not_there_makes_no_label(
    client: Client, monitor: dict[str, str]
) -> None:
    client.get("/c/CANARY-address/nowhere/")
    client.generic("CANARY", "/livez/")
    found = figures(client, monitor)
    assert not [name for name in found if "CANARY" in name]


@pytest.mark.django_db
def test_what_waits_shows_with_its_age(cast: Cast, client: Client, monitor: dict[str, str]) -> None:
    submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert figures(client, monitor)['placet_requisitions{state="pending"}'] == 1
    assert figures(client, monitor)['placet_waiting{what="events"}'] > 0
    Mail.objects.create(
        created_at=NOW,
        company_id="cmp_1",
        member_id="mem_1",
        address="lena@example.org",
        kind="decide",
        subject_ref="req_1",
        event_id="evt_1",
        next_attempt_at=NOW - timedelta(days=3650),
    )
    found = figures(client, monitor)
    assert found['placet_waiting{what="mails"}'] == 1
    assert found['placet_waiting_seconds{what="mails"}'] > 86_400


@pytest.mark.django_db
def test_the_queries_stay_the_same_however_much_there_is(
    cast: Cast,
    client: Client,
    monitor: dict[str, str],
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(9):
        client.get("/metrics/", headers=monitor)
    for _time in range(3):
        submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    assert Requisition.objects.count() == 3
    with django_assert_num_queries(9):
        client.get("/metrics/", headers=monitor)

"""An installation that is no demo has none of its doors."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADDRESSES = ("/demo/mail/", "/demo/erp/", "/demo/keys.json", "/demo/clock/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_demo_its_addresses_do_not_exist(method: str, cast: Cast) -> None:
    assert not django_settings.PLACET_DEMO
    client = Client()
    for address in (*ADDRESSES, f"/demo/as/{cast.lena.member_id}/"):
        assert getattr(client, method)(address).status_code == 404
    assert "_auth_user_id" not in client.session


def test_even_where_the_addresses_are_included_the_setting_decides(
    cast: Cast, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"
    client = Client()
    assert client.post(f"/demo/as/{cast.lena.member_id}/").status_code == 404
    assert client.get("/demo/mail/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_production_refuses_to_start_with_it(settings: Any) -> None:
    settings.PLACET_PRODUCTION = True
    settings.PLACET_DEMO = True
    assert "placet.E004" in {found.id for found in run_checks(tags=["security"])}

"""An import that waits acts with what its starter still has: their membership, and their key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from placet.companies.acting import act_for
from placet.companies.actions import create_api_key, create_personal_key, revoke_api_key
from placet.companies.models import ApiKey, Company, Member, Unit
from placet.companies.queries import get_actor_of_key
from placet.core.actor import Actor
from placet.imports.actions import keep_import_file, start_import
from placet.imports.columns import guess_columns
from placet.imports.kinds import get_kind
from placet.imports.reading import read_csv
from placet.runs.models import Run
from tests.cast import Cast
from tests.imports.files import did, work

pytestmark = pytest.mark.django_db
Starter = Callable[[Cast], tuple[ApiKey, Actor]]


def personal(cast: Cast) -> tuple[ApiKey, Actor]:
    key, secret = create_personal_key(
        "Laptop", scopes=["unit.manage"], actor=cast.ines, now=cast.now
    )
    return key, get_actor_of_key(secret, now=cast.now)[0]


def of_the_company(cast: Cast) -> tuple[ApiKey, Actor]:
    company = Company.objects.get(slug="meridian")
    scopes = ["unit.manage", "act_for"]
    key, secret = create_api_key(company, name="ERP", scopes=scopes, actor=cast.ines, now=cast.now)
    return key, get_actor_of_key(secret, now=cast.now)[0]


def for_ines(cast: Cast) -> tuple[ApiKey, Actor]:
    key, program = of_the_company(cast)
    return key, act_for(program, cast.ines.member_id)


def waiting(actor: Actor, now: datetime) -> Run:
    kind = get_kind("units")
    parent = Unit.objects.get(company__slug="meridian", parent=None)
    table = read_csv(f"code,name,parent\nnight,Night shift,{parent.code}\n")
    file = keep_import_file(table, kind=kind, name="units.csv", actor=actor, now=now)
    columns = guess_columns(kind.columns, file.header)
    return start_import(file, columns=columns, is_dry_run=False, actor=actor, now=now)


def is_there() -> bool:
    return Unit.objects.filter(company__slug="meridian", code="night").exists()


@pytest.mark.parametrize("starter", [personal, of_the_company, for_ines])
def test_a_run_of_a_valid_key_is_written(cast: Cast, starter: Starter) -> None:
    _key, actor = starter(cast)
    assert did(work(waiting(actor, cast.now))) == (1, 0, 0, 0)
    assert is_there()


@pytest.mark.parametrize("starter", [personal, of_the_company, for_ines])
def test_a_run_ends_with_the_key_that_started_it(cast: Cast, starter: Starter) -> None:
    key, actor = starter(cast)
    run = waiting(actor, cast.now)
    revoke_api_key(key, actor=cast.ines, now=cast.now)
    assert work(run).status == Run.Status.FAILED
    assert not is_there()


def test_a_run_ends_when_its_key_expires(cast: Cast) -> None:
    key, actor = personal(cast)
    run = waiting(actor, cast.now)
    ApiKey.objects.filter(pk=key.pk).update(expires_at=cast.now - timedelta(seconds=1))
    assert work(run).status == Run.Status.FAILED
    assert not is_there()


def test_a_run_of_somebody_who_left_is_not_written(cast: Cast) -> None:
    run = waiting(cast.ines, cast.now)
    Member.objects.filter(pk=cast.ines.member_id).update(status=Member.Status.DEACTIVATED)
    assert work(run).status == Run.Status.FAILED
    assert not is_there()

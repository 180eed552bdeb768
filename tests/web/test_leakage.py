"""No page and no answer of the API tells a member anything of another company.

Every text that a company wrote carries a mark of that company, and every id is one by itself. Then
everybody asks for everything: each address of the rights matrix, with Meridian's things in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from placet.companies.models import Company, Member, User
from tests.web.rights.routes import Operation, Route, list_operations, list_pages
from tests.web.rights.trying import COMPANY_OF, PEOPLE_OF_COLUMNS, Ground

ASKING = ("owner", "other", "parent")
"""A member of each buying company: Meridian's own, another business, a household."""
BEARERS = ("/d/", "/s/", "/no-daily-mail/")
"""Whoever holds such a link is shown what it is for; the tests of links say how much."""
IDS = re.compile(rb"\b[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}\b")
WRITTEN = ("name", "title", "note", "justification", "label", "street", "delivery_note", "text")


def mark_of(slug: str) -> str:
    """What no page of anybody else may hold."""
    return f" zq7{slug[:4]}"


@pytest.fixture
def marked(tried: Ground) -> Iterator[Mapping[str, frozenset[bytes]]]:
    """Every company's texts carry its mark; gives back the ids of its rows, by its slug."""
    with transaction.atomic():
        yield {company.slug: _mark(company) for company in Company.objects.all()}
        transaction.set_rollback(True)


@pytest.mark.parametrize("column", ASKING)
def test_nothing_of_another_company_is_told(
    column: str, tried: Ground, marked: Mapping[str, frozenset[bytes]]
) -> None:
    person = PEOPLE_OF_COLUMNS[column]
    others = _others(COMPANY_OF[person])
    foreign = frozenset().union(*(marked[slug] for slug in others))
    marks = [mark_of(slug).strip().encode() for slug in others]
    told = []
    for address, answer in itertools.chain(_pages(tried, person), _answers(tried, person)):
        asked_for = set(IDS.findall(address.encode()))
        leaked = (set(IDS.findall(answer)) & foreign) - asked_for
        leaked |= {mark for mark in marks if mark in answer}
        if leaked:
            told.append((address, sorted(leaked)))
    assert told == []


def test_the_marks_are_seen_by_their_own_people(
    tried: Ground, marked: Mapping[str, frozenset[bytes]]
) -> None:
    """Otherwise the test above would prove nothing."""
    own = mark_of("meridian").strip().encode()
    pages = dict(_pages(tried, "lena"))
    assert sum(own in page for page in pages.values()) > 30
    answers = dict(_answers(tried, "lena"))
    assert sum(bool(set(IDS.findall(one)) & marked["meridian"]) for one in answers.values()) > 20


def _others(slug: str) -> list[str]:
    """Every company but this one; what the merchant says is not kept from its customers."""
    found = Company.objects.exclude(slug=slug).exclude(kind=Company.Kind.MERCHANT)
    return list(found.values_list("slug", flat=True))


def _mark(company: Company) -> frozenset[bytes]:
    ids: set[str] = set()
    for model in apps.get_models():
        column = next((f for f in model._meta.fields if f.attname == "company_id"), None)
        if column is not None:
            rows = model._default_manager.filter(company_id=company.pk)
            ids |= {str(pk) for pk in rows.values_list("pk", flat=True)}
            _write_marks(rows, mark_of(company.slug))
    only_here = User.objects.filter(pk__in=_users_of(company))
    ids |= set(only_here.values_list("pk", flat=True))
    _write_marks(only_here, mark_of(company.slug))
    _write_marks(Company.objects.filter(pk=company.pk), mark_of(company.slug))
    return frozenset(one.encode() for one in {*ids, company.pk} if IDS.fullmatch(one.encode()))


def _users_of(company: Company) -> set[str]:
    """Those who belong to this company alone."""
    mine = set(Member.objects.filter(company=company).values_list("user_id", flat=True))
    return mine - set(Member.objects.exclude(company=company).values_list("user_id", flat=True))


def _write_marks(rows: models.QuerySet[Any], mark: str) -> None:
    fields = {field.name for field in rows.model._meta.fields} & set(WRITTEN)
    for name in sorted(fields):
        try:
            with transaction.atomic():
                rows.update(**{name: Concat(name, Value(mark), output_field=models.TextField())})
        except DatabaseError:
            continue  # What is written for ever is known by its id.


def _pages(ground: Ground, person: str) -> Iterator[tuple[str, bytes]]:
    browser = Client()
    browser.cookies["sessionid"] = ground.sessions[person]
    for route in list_pages():
        for address in _addresses(ground, route, COMPANY_OF[person]):
            if address.startswith(BEARERS):
                continue
            with transaction.atomic():
                answer = browser.get(address)
                content = answer.getvalue()
                transaction.set_rollback(True)
            yield address, content


def _addresses(ground: Ground, route: Route, slug: str) -> Iterator[str]:
    names = [name for name in route.parameters if name != "company"]
    for filled in _things(ground, route.name, names):
        if route.is_company_page:
            filled["company"] = slug
        yield reverse(route.name, kwargs=filled)


def _answers(ground: Ground, person: str) -> Iterator[tuple[str, bytes]]:
    caller = ground.callers[person]
    for operation in list_operations():
        if operation.method == "GET":
            for address in _paths(ground, operation):
                with transaction.atomic():
                    answer = caller.send("GET", address)
                    transaction.set_rollback(True)
                    yield address, answer.content


def _paths(ground: Ground, operation: Operation) -> Iterator[str]:
    for filled in _things(ground, operation.name, operation.parameters):
        yield "/" + operation.path.format(**filled)


def _things(ground: Ground, name: str, parameters: list[str]) -> Iterator[dict[str, str]]:
    """All spellings; an address whose things nobody named fails in the matrix of rights."""
    known = ground.world.values
    if all(f"{name}.{one}" in known or one in known for one in parameters):
        spellings = (ground.world.named(name, one) for one in parameters)
        for values in itertools.product(*spellings):
            yield dict(zip(parameters, values, strict=True))

"""Neither side is told the other's secrets: a mark in every column, every address asked.

The merchant's: credit, costs, its rules, rosters, roles, assortments, views, templates. The
customer's: budgets, cost centres, units, rules, roles, carts, lists, own fields, what its people
say to each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import pytest
from django.db import transaction

from placet.budgets.models import Budget, LedgerEntry
from placet.carts.models import Cart, CartLine, PurchaseList
from placet.catalog.models import Assortment, PartNumber, Product
from placet.companies.models import (
    Company,
    CostCenter,
    Limit,
    Member,
    ReferenceField,
    Role,
    SavedView,
    Unit,
)
from placet.quotes.models import OfferRelease, QuoteTemplate, ReleaseDecision
from placet.rulebooks.models import Rulebook
from placet.threads.models import Comment, Thread
from tests.cast import Cast, load_cast
from tests.web.rights.trying import Ground
from tests.web.test_leakage import _answers, _pages, _write_marks
from tests.web.test_staff_sight import STAFF, with_staff

OURS, THEIRS = " zq7ours", " zq7theirs"
NUMBER = 73_951_973
"""An amount that stands nowhere by chance, in any way of writing it."""
SPELLINGS = (b"73951973", b"739,519.73", b"739\xc2\xa0519,73", b"739519.73")
SHARE, SHARES = 9_371, (b"9371", b"93.71", b"93,71")
BUYERS = ("lena", "ines")
DESK = ("tomas", "odd", "siri")
"""Whoever else there is holds a part of what these hold."""


@pytest.fixture
def cast(tried: Ground) -> Cast:
    return load_cast()


@pytest.fixture
def undone(tried: Ground) -> Iterator[Ground]:
    with transaction.atomic():
        yield tried
        transaction.set_rollback(True)


def mark_the_merchants() -> None:
    norden = Company.objects.get(slug="norden")
    for rows in (
        Role.objects.filter(company=norden),
        Unit.objects.filter(company=norden),
        Member.objects.filter(company=norden),
        Rulebook.objects.filter(company=norden),
        Assortment.objects.filter(side=Assortment.Side.MERCHANT),
        SavedView.objects.filter(member__company=norden),
    ):
        _write_marks(rows, OURS)
    mark_the_desk()
    Budget.objects.filter(account=Budget.Account.CREDIT).update(
        amount_minor=NUMBER, overdue_minor=NUMBER
    )
    Product.objects.update(cost_minor=NUMBER, cost_currency="EUR")
    Limit.objects.filter(member__company=norden).update(
        order_maximum_minor=NUMBER, discount_basis_points=SHARE, margin_basis_points=SHARE
    )


def mark_the_desk() -> None:
    """What the merchant alone has of its offers: templates, and what waits to be released."""
    assert QuoteTemplate.objects.exists()
    for template in QuoteTemplate.objects.all():
        template.name += OURS
        template.lines = [{**line, "note": OURS.strip()} for line in template.lines]
        template.save(update_fields=["name", "lines"])
    releases = list(OfferRelease.objects.all())
    assert releases
    for release in releases:
        # A plan is read by its own people's pages: it keeps its shape.
        marked = {**json.loads(release.plan), "mark": OURS.strip()}
        OfferRelease.objects.filter(pk=release.pk).update(plan=json.dumps(marked))
        # What somebody said of it never changes, so it is said with the mark.
        ReleaseDecision.objects.create(
            created_at=release.created_at,
            release=release,
            position=0,
            member_id=release.author_id,
            verdict=ReleaseDecision.Verdict.DECLINE,
            reason=OURS.strip(),
            content_hash=release.content_hash,
        )


def mark_the_customers() -> None:
    meridian = Company.objects.get(slug="meridian")
    for rows in (
        Role.objects.filter(company=meridian),
        Unit.objects.filter(company=meridian),
        Rulebook.objects.filter(company=meridian),
        CostCenter.objects.filter(company=meridian),
        Budget.objects.filter(company=meridian, account=Budget.Account.BUDGET),
        Cart.objects.filter(company=meridian, staff=None),
        CartLine.objects.filter(cart__company=meridian, cart__staff=None),
        PurchaseList.objects.filter(company=meridian),
        Assortment.objects.filter(company=meridian, side=Assortment.Side.BUYER),
        ReferenceField.objects.filter(company=meridian, is_for_supplier=False),
        PartNumber.objects.filter(company=meridian),
        Comment.objects.filter(thread__company=meridian).exclude(
            thread__audience=Thread.Audience.SUPPLIER
        ),
        LedgerEntry.objects.none(),
    ):
        _write_marks(rows, THEIRS)
    Limit.objects.filter(member__company=meridian).update(order_maximum_minor=NUMBER)
    Budget.objects.filter(company=meridian, account=Budget.Account.BUDGET).update(
        amount_minor=NUMBER
    )


def told(ground: Ground, person: str, marks: Iterable[bytes]) -> list[tuple[str, bytes]]:
    pages = [*_pages(ground, person), *_answers(ground, person)]
    sought = {mark: _alone(mark) for mark in marks}
    return [
        (address, mark)
        for address, answer in pages
        for mark, pattern in sought.items()
        if pattern.search(answer)
    ]


def _alone(mark: bytes) -> re.Pattern[bytes]:
    """The mark as it is; digits only where they are a number of their own, not part of a hash."""
    written = re.escape(mark)
    if mark[:1].isdigit():
        written = rb"(?<![0-9A-Za-z_])" + written + rb"(?![0-9A-Za-z_])"
    return re.compile(written)


@pytest.mark.parametrize("person", BUYERS)
def test_no_buyer_is_told_a_secret_of_the_merchant(person: str, undone: Ground) -> None:
    mark_the_merchants()
    assert told(undone, person, (OURS.strip().encode(), *SPELLINGS, *SHARES)) == []


@pytest.mark.parametrize("person", DESK)
def test_nobody_of_the_merchant_is_told_a_secret_of_a_customer(
    person: str, cast: Cast, undone: Ground
) -> None:
    ground = with_staff(cast, undone) if person in STAFF else undone
    mark_the_customers()
    assert told(ground, person, (THEIRS.strip().encode(), *SPELLINGS)) == []


def test_the_marks_are_seen_by_their_own_people(undone: Ground) -> None:
    """Otherwise the tests above would prove nothing."""
    mark_the_merchants()
    assert len(told(undone, "odd", (OURS.strip().encode(),))) > 3
    assert len(told(undone, "mira", SPELLINGS)) >= 1
    mark_the_customers()
    assert len(told(undone, "ines", (THEIRS.strip().encode(),))) > 20

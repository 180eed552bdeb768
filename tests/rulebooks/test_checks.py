"""The checks in a real organisation: sentences, ways out, and the demo's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placet.companies.actions import add_member, grant_role
from placet.companies.models import Company, Limit, Member, Role, Unit
from placet.demo.world.rules.everything import RULEBOOKS
from placet.demo.world.rules.shapes import document as demo_document
from placet.plans.checks import FindingDescription, check_document, describe_findings
from placet.plans.ground import load_ground
from placet.policy.checking.overlaps import check_overlaps
from placet.policy.checking.witnesses import sketches_for
from placet.policy.rulebook import compile_rulebook
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import book, meridian, over, rule

pytestmark = pytest.mark.django_db

CHAIN: dict[str, Any] = {"effect": "require", "management_chain": {}}


def described(
    cast: Cast, document: dict[str, Any], examples: Sequence[dict[str, Any]] = ()
) -> list[FindingDescription]:
    """What Ines reads."""
    found = check_document(meridian(cast), document, examples, now=cast.now)
    return describe_findings(found, document, actor=cast.ines)


def test_the_rules_of_the_cast_only_warn(cast: Cast) -> None:
    """Sofia is Finance and orders herself: then the head above her is asked."""
    found = described(cast, MERIDIAN)
    assert [(each.severity, each.rule) for each in found if each.severity == "block"] == []
    assert [each.code for each in found if each.rule == "finance"] == ["only_requester"]
    sofia = next(each for each in found if each.rule == "finance")
    assert sofia.rule_name == "Finance"
    assert sofia.sentence == (
        "Only Sofia Lindqvist could take this step of their own order: "
        "Helena Brandt would be asked."
    )
    assert sofia.way_out.startswith("Name a second person")
    assert sofia.purchase is not None
    assert sofia.purchase["requester.member"] == cast.member["sofia"]
    assert sofia.purchase_in_words == "5,000.01\u00a0EUR"


def test_a_member_of_the_merchant_is_no_approver_of_the_company(cast: Cast) -> None:
    staff = {"select": "members", "members": [cast.member["mira"]]}
    found = described(cast, book(rule("odd", over(5), staff)))
    assert ("unknown_member", "block") in [(each.code, each.severity) for each in found]


def test_authority_is_that_of_the_company(cast: Cast) -> None:
    """Rashid may release 1,000 and Helena 5,000: beyond it nobody may."""
    for who, maximum in (("rashid", 1_000_00), ("helena", 5_000_00)):
        Limit.objects.create(
            created_at=cast.now,
            member_id=cast.member[who],
            use=Limit.Use.AUTHORITY,
            currency="EUR",
            order_maximum_minor=maximum,
        )
    found = described(cast, book({"id": "large", "when": over(5), "then": CHAIN}))
    gap = next(each for each in found if each.code == "authority_gap")
    assert "from 5,000.01\u00a0EUR on" in gap.sentence


def test_the_number_of_queries_does_not_depend_on_the_people(cast: Cast) -> None:
    company = Company.objects.get(slug="meridian")
    role = Role.objects.get(company=company, key="buyer")
    unit = Unit.objects.get(code="icu-4")
    with CaptureQueriesContext(connection) as few:
        load_ground(company.id, now=cast.now)
    for number in range(5):
        member: Member = add_member(
            company,
            email=f"b{number}@meridian.example",
            name=f"Buyer {number}",
            unit=unit,
            actor=cast.ines,
            now=cast.now,
        )
        grant_role(member, role=role, unit=None, actor=cast.ines, now=cast.now)
    with CaptureQueriesContext(connection) as many:
        ground = load_ground(company.id, now=cast.now)
    assert len(few) == len(many)
    assert len([name for name in ground.names.values() if name.startswith("Buyer")]) == 5


def test_another_companys_people_are_not_in_it(cast: Cast) -> None:
    ground = load_ground(cast.company["meridian"], now=cast.now)
    assert cast.member["jan"] not in ground.people
    assert cast.member["gone"] not in ground.people
    assert ground.names[cast.member["gone"]] == "Gregor Holt"
    assert cast.member["odd"] in ground.merchant_owners


def test_of_the_demos_rules_one_never_counts_and_all_can_match(cast: Cast) -> None:
    """The world says itself which: a delivery elsewhere is blocked before anybody is told."""
    ground = load_ground(cast.company["meridian"], now=cast.now)
    said: list[tuple[str, str, object]] = []
    for rulebook in RULEBOOKS:
        compiled = compile_rulebook(demo_document(rulebook))
        found = check_overlaps(compiled, ground)
        said += [(each.code, each.rule, each.value("other")) for each in found]
        for each in compiled.content.rules:
            assert next(sketches_for(each.when, compiled, ground), None), each.id
    assert said == [("never_counts", "new-address", "our-ship-tos")]

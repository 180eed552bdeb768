"""Rules that the merchant keeps for a company, and the merchant's own."""

from __future__ import annotations

import json

import pytest

from placet.companies.models import Unit
from placet.policy.starters import no_rules
from placet.rulebooks.actions import change_rulebook, create_rulebook, publish_rulebook
from placet.rulebooks.models import Rulebook, RulebookDraft
from tests.cast import Cast
from tests.rulebooks.rules import meridian
from tests.web.pages import page, queries_of
from tests.web.rules.keepers import draft_of, send, text_of

pytestmark = pytest.mark.django_db


def hand_over(cast: Cast, kept_by: str = "merchant") -> Rulebook:
    """Meridian lets Norden Supply keep its rules, alone or with it."""
    rulebook = meridian(cast)
    change_rulebook(
        rulebook, version=rulebook.version, kept_by=kept_by, actor=cast.ines, now=cast.now
    )
    return meridian(cast)


def customers_rules(cast: Cast) -> str:
    """The page of Meridian's rules in Norden's own company."""
    return f"customers/{cast.company['meridian']}/rules/"


def test_from_the_customer_to_what_is_kept_for_it(cast: Cast) -> None:
    assert customers_rules(cast) in page(cast.odd, f"customers/{cast.company['meridian']}/")
    shown = page(cast.odd, customers_rules(cast))
    assert "They keep their rules themselves" in shown
    assert "A company admin of theirs can let you keep them" in shown
    assert "4410" not in shown
    hand_over(cast)
    shown = page(cast.odd, customers_rules(cast))
    assert "adds up to more than <b>500.00" in shown
    assert "Edit the rules" in shown


def test_the_owner_of_the_store_writes_and_publishes_for_the_customer(cast: Cast) -> None:
    rulebook = hand_over(cast)
    path = f"rules/{rulebook.pk}/draft/"
    crumbs = page(cast.odd, path).split("</nav>")
    assert any("Rules of Meridian Health Group" in part for part in crumbs)
    send(cast.odd, path + "rules/", seen=rulebook, do="remove", rule="finance")
    assert json.loads(draft_of(rulebook).document)["rules"][-1]["id"] == "medical-devices"
    answer = send(cast.odd, path + "publish/", seen=draft_of(rulebook), note="As agreed")
    assert "Version 2 holds from now on." in text_of(answer)


def test_the_companys_admin_sees_who_kept_it_and_writes_nothing_meanwhile(cast: Cast) -> None:
    rulebook = hand_over(cast)
    publish_rulebook(rulebook, document=no_rules(), actor=cast.odd, now=cast.now)
    shown = page(cast.ines, "rules/")
    assert "Odd Nilsen, Norden Supply" in shown
    assert "Kept by the supplier" in shown
    assert "The supplier keeps these rules for your company." in shown
    assert "Edit the rules" not in shown
    page(cast.ines, f"rules/{rulebook.pk}/draft/", status=403)
    page(cast.ines, f"rules/{rulebook.pk}/keeping/")


def test_kept_by_both_both_write_in_the_one_draft(cast: Cast) -> None:
    rulebook = hand_over(cast, "both")
    path = f"rules/{rulebook.pk}/draft/rules/"
    send(cast.odd, path, seen=rulebook, do="up", rule="finance")
    assert "Draft by Odd Nilsen, 1 change" in page(cast.ines, "rules/")
    slower = send(cast.ines, path, seen=rulebook, do="up", rule="finance")
    assert "Odd Nilsen changed this draft since you opened it." in text_of(slower)
    send(cast.ines, path, seen=draft_of(rulebook), do="duplicate", rule="finance")
    assert draft_of(rulebook).version == 2


def test_the_customers_people_are_no_choice_of_the_merchants(cast: Cast) -> None:
    rulebook = hand_over(cast)
    shown = page(cast.odd, f"rules/{rulebook.pk}/draft/examples/")
    assert "Ordered by" not in shown
    assert "Lena Vogt" not in shown
    page(cast.odd, f"rules/{rulebook.pk}/keeping/", status=403)


def test_who_may_not_keep_rules_reads_none_of_a_customer(cast: Cast) -> None:
    rulebook = hand_over(cast)
    for staff in (cast.tomas, cast.mira):
        page(staff, customers_rules(cast), status=403)
        page(staff, f"rules/{rulebook.pk}/", status=403)
        assert "customers/" + cast.company["meridian"] + "/rules/" not in page(
            staff, f"customers/{cast.company['meridian']}/"
        )
    for outsider in (cast.ines, cast.jan, cast.lena):
        page(outsider, customers_rules(cast), status=404)
    page(cast.jan, f"rules/{rulebook.pk}/", status=404)
    page(cast.odd, f"customers/{cast.company['norden']}/rules/", status=404)


def test_the_merchants_own_rules_stand_under_its_approval_rules(cast: Cast) -> None:
    hand_over(cast)
    answer = send(cast.odd, "rules/new/", name="Exceptions", place="")
    assert answer.status_code == 200
    own = Rulebook.objects.get(name="Exceptions")
    assert (own.side, own.company_id) == ("merchant", cast.company["norden"])
    shown = page(cast.odd, "rules/")
    assert "Exceptions" in shown
    assert "Asks the supplier’s staff" in shown
    assert meridian(cast).name not in shown
    page(cast.ines, f"rules/{own.pk}/", status=404)
    text = "format: 1\nside: merchant\ndefault: free\nrules: []"
    send(cast.odd, f"rules/{own.pk}/import/", seen=own, text=text)
    assert RulebookDraft.objects.get(rulebook=own).version == 1


def test_another_rulebook_that_is_kept_costs_no_more_queries(cast: Cast) -> None:
    hand_over(cast)
    before = queries_of(cast.odd, customers_rules(cast))
    for code in ("icu", "biomed"):
        made = create_rulebook(
            name=code, unit=Unit.objects.get(pk=cast.unit[code]), actor=cast.ines, now=cast.now
        )
        publish_rulebook(made, document=no_rules(), actor=cast.ines, now=cast.now)
        Rulebook.objects.filter(pk=made.pk).update(kept_by="both")
    assert queries_of(cast.odd, customers_rules(cast)) <= before

"""Where rules are kept: by whom, with whom, for which unit, beside which others."""

from __future__ import annotations

from typing import Any

import pytest

from placet.companies.models import Unit
from placet.core.actor import Actor
from placet.rulebooks.actions import change_rulebook, create_rulebook, publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.rulebooks.rules import book, meridian, over, rule
from tests.web.pages import page, queries_of
from tests.web.rules.keepers import admin_of, send, text_of

pytestmark = pytest.mark.django_db


def keep(actor: Actor, rulebook: Rulebook, **fields: Any) -> Any:
    """Send the form about what holds now."""
    chosen = {"version": rulebook.version, "name": rulebook.name, "kept_by": rulebook.kept_by}
    return send(actor, f"rules/{rulebook.pk}/keeping/", **{**chosen, **fields})


def of_unit(cast: Cast, code: str, name: str = "", actor: Actor | None = None) -> Rulebook:
    """A rulebook of a unit with one published rule."""
    who = actor or cast.ines
    made = create_rulebook(
        name=name or code, unit=Unit.objects.get(pk=cast.unit[code]), actor=who, now=cast.now
    )
    document = book(rule(f"of-{code}", over(100), {"select": "admins"}), default="inherit")
    publish_rulebook(made, document=document, actor=who, now=cast.now)
    return Rulebook.objects.select_related("published").get(pk=made.pk)


def test_the_company_says_who_keeps_its_rules_and_how(cast: Cast) -> None:
    answer = keep(cast.ines, meridian(cast), name="House", kept_by="both", needs_second_person="on")
    assert "Saved." in text_of(answer)
    after = meridian(cast)
    assert (after.name, after.kept_by, after.needs_second_person) == ("House", "both", True)
    shown = page(cast.ines, "rules/")
    assert "Kept with the supplier" in shown
    assert "A second person publishes." in shown
    keep(cast.ines, after, kept_by="company")
    assert not meridian(cast).needs_second_person


def test_what_changed_meanwhile_is_a_conflict_that_keeps_what_was_typed(cast: Cast) -> None:
    seen = meridian(cast)
    change_rulebook(seen, version=seen.version, name="Theirs", actor=cast.ines, now=cast.now)
    answer = keep(cast.ines, seen, name="Mine")
    assert answer.status_code == 409
    assert "These settings changed since you opened them." in text_of(answer)
    assert 'value="Mine"' in text_of(answer)
    assert f'name="version" value="{meridian(cast).version}"' in text_of(answer)


@pytest.mark.parametrize(
    "fields",
    [{"name": " "}, {"name": "x" * 121}, {"kept_by": "nobody"}, {"version": "x"}, {"version": ""}],
)
def test_what_cannot_be_is_refused_in_the_form(cast: Cast, fields: dict[str, str]) -> None:
    assert keep(cast.ines, meridian(cast), **fields).status_code == 422
    assert meridian(cast).version == 2


def test_a_unit_gets_a_rulebook_of_its_own(cast: Cast) -> None:
    answer = send(cast.ines, "rules/new/", name="ICU's rules", place=cast.unit["icu"])
    assert "Nothing is published yet." in text_of(answer)
    made = Rulebook.objects.get(name="ICU's rules")
    assert (made.unit_id, made.side, made.published_id) == (cast.unit["icu"], "buyer", None)
    again = send(cast.ines, "rules/new/", name="Twice", place=cast.unit["icu"])
    assert again.status_code == 422
    company = send(cast.ines, "rules/new/", name="Twice", place="")
    assert "The company has its rulebook already: choose a unit." in text_of(company)


def test_an_admin_of_a_part_begins_rules_there_and_nowhere_else(cast: Cast) -> None:
    head = admin_of(cast, "biomed")
    shown = page(head, "rules/new/")
    assert cast.unit["biomed"] in shown
    assert cast.unit["icu"] not in shown
    refused = send(head, "rules/new/", name="Theirs", place=cast.unit["icu"])
    assert refused.status_code == 422
    foreign = send(head, "rules/new/", name="Theirs", place=cast.unit["warsaw"])
    assert foreign.status_code == 422
    assert send(head, "rules/new/", name="Ours", place=cast.unit["biomed"]).status_code == 200
    assert Rulebook.objects.get(name="Ours").unit_id == cast.unit["biomed"]
    page(cast.lena, "rules/new/", status=403)


def test_only_an_admin_of_the_unit_above_cuts_a_unit_off(cast: Cast) -> None:
    rulebook = of_unit(cast, "biomed")
    head = admin_of(cast, "biomed")
    shown = page(head, f"rules/{rulebook.pk}/")
    assert "Edit the rules" in shown
    page(head, f"rules/{rulebook.pk}/keeping/", status=403)
    refused = keep(head, rulebook, inherits="no")
    assert refused.status_code == 403
    answer = keep(cast.ines, rulebook, inherits="no")
    assert "Saved." in text_of(answer)
    assert not Rulebook.objects.get(pk=rulebook.pk).inherits
    assert "The rules of the units above do not hold here." in page(cast.ines, "rules/")


def test_from_a_unit_one_sees_what_holds_there(cast: Cast) -> None:
    of_unit(cast, "icu", "Intensive rules")
    biomed = of_unit(cast, "biomed", "Device rules")
    everything = page(cast.ines, "rules/")
    assert "5 rules in 3 rulebooks." in " ".join(everything.split())
    here = page(cast.ines, f"rules/?unit={cast.unit['icu-4']}")
    assert "Intensive rules" in here
    assert "Meridian&#x27;s rules" in here
    assert "Device rules" not in here
    change_rulebook(biomed, version=biomed.version, inherits=False, actor=cast.ines, now=cast.now)
    alone = page(cast.ines, f"rules/?unit={cast.unit['biomed']}")
    assert "Device rules" in alone
    assert "Meridian&#x27;s rules" not in alone
    page(cast.ines, f"rules/?unit={cast.unit['warsaw']}", status=404)


def test_more_rulebooks_cost_no_more_queries(cast: Cast) -> None:
    of_unit(cast, "icu")
    of_unit(cast, "biomed")
    before = queries_of(cast.ines, "rules/")
    of_unit(cast, "finance")
    of_unit(cast, "icu-4")
    assert queries_of(cast.ines, "rules/") <= before


def test_a_sibling_reads_and_keeps_nothing(cast: Cast) -> None:
    rulebook = of_unit(cast, "icu")
    sibling = admin_of(cast, "biomed")
    shown = page(sibling, f"rules/{rulebook.pk}/")
    assert "Edit the rules" not in shown
    assert "This needs the permission “Manage approval rules”." in shown
    page(sibling, f"rules/{rulebook.pk}/draft/", status=403)
    for actor, status in ((sibling, 403), (cast.lena, 403), (cast.jan, 404), (cast.odd, 404)):
        assert keep(actor, rulebook, name="Taken").status_code == status
    assert Rulebook.objects.get(pk=rulebook.pk).name == "icu"

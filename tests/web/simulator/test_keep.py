"""Keeping a tried purchase as an example: it must come out the same before publishing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages

from placet.core.actor import Actor
from placet.rulebooks.models import Rulebook, RulebookDraft
from placet.rulebooks.queries import list_examples
from tests.cast import Cast
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db

TRIED = "who=Lena+Vogt&amount=6000&category=office/"


def meridian(cast: Cast) -> Rulebook:
    """Meridian's rulebook."""
    return Rulebook.objects.get(company_id=cast.company["meridian"])


def keep(cast: Cast, actor: Actor, **sent: Any) -> str:
    """Press the button; returns what was said."""
    wanted = {"tried": TRIED, "rulebook": meridian(cast).pk, "rule": "finance", **sent}
    answer = as_actor(actor).post(f"/c/{actor.company_slug}/simulator/examples/", wanted)
    assert answer.status_code == 302, answer.status_code
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


def kept() -> list[dict[str, Any]]:
    """The examples of the one draft."""
    return list_examples(RulebookDraft.objects.get())


def test_a_rule_that_held_must_go_on_holding(cast: Cast) -> None:
    assert "publishing" in keep(cast, cast.ines, name="Finance looks")
    (example,) = kept()
    assert (example["rule"], example["expect"]) == ("finance", "matches")
    assert example["name"] == "Finance looks"
    assert example["purchase"]["purchase.amount"]["amount_minor"] == 6_000_00
    assert RulebookDraft.objects.get().document == meridian(cast).published.document  # type: ignore[union-attr]


def test_a_rule_that_did_not_hold_must_stay_silent(cast: Cast) -> None:
    keep(cast, cast.ines, rule="medical-devices")
    assert kept()[0]["expect"] == "does_not_match"


def test_the_outcome_of_all_rules(cast: Cast) -> None:
    keep(cast, cast.ines, rule="")
    assert kept()[0]["expect"] == "approval"
    assert "rule" not in kept()[0]


def test_a_second_one_joins_the_draft(cast: Cast) -> None:
    keep(cast, cast.ines)
    draft = RulebookDraft.objects.get()
    keep(cast, cast.ines, rule="medical-devices", version=draft.version)
    assert len(kept()) == 2


def test_a_colleague_who_was_quicker_is_named(cast: Cast) -> None:
    keep(cast, cast.ines)
    assert "Ines Keller" in keep(cast, cast.ines, rule="medical-devices")
    assert len(kept()) == 1


def test_products_and_cost_centres_are_kept_as_the_rules_see_them(cast: Cast) -> None:
    center = cast.cost_center["meridian/4410"]
    tried = f"who=Lena+Vogt&what=products&products=INF-SET+10&cost_center={center}"
    keep(cast, cast.ines, tried=tried, rule="medical-devices")
    (example,) = kept()
    (line,) = example["purchase"]["lines"]
    assert example["expect"] == "matches"
    assert line["line.category"].startswith("medical-devices")
    assert line["allocation.cost_centre"] == "4410"


@pytest.mark.parametrize("rule", ["no-such", "x" * 150])
def test_a_rule_that_is_not_there(cast: Cast, rule: str) -> None:
    assert keep(cast, cast.ines, rule=rule)
    assert not RulebookDraft.objects.exists()


def test_nothing_typed_is_nothing_kept(cast: Cast) -> None:
    assert keep(cast, cast.ines, tried="")
    assert not RulebookDraft.objects.exists()


@pytest.mark.parametrize("name", ["lena", "rashid", "odd", "jan", "tomas"])
def test_a_buyer_keeps_nothing_and_an_outsider_finds_nothing(cast: Cast, name: str) -> None:
    who: Actor = getattr(cast, name)
    sent = {"tried": TRIED, "rulebook": meridian(cast).pk}
    client = as_actor(who)
    own = client.post(f"/c/{who.company_slug}/simulator/examples/", sent)
    assert own.status_code in {403, 404}
    if who.company_slug != "meridian":
        assert client.post("/c/meridian/simulator/examples/", sent).status_code == 404
    assert not RulebookDraft.objects.exists()

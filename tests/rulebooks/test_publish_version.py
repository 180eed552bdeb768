"""Publishing: checked, by somebody who may, once; and what is published never changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from placet.companies.actions import add_member, grant_role
from placet.companies.models import Company, Role, Unit
from placet.companies.queries import get_actor
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound
from placet.events.models import Event
from placet.plans.actions import RulebookRefused, publish_draft
from placet.requisitions.models import Requisition
from placet.rulebooks.actions import change_rulebook, publish_rulebook, save_draft
from placet.rulebooks.errors import DraftChanged, DraftOutdated, NothingChanged
from placet.rulebooks.models import RulebookDraft, RulebookVersion
from placet.rulebooks.queries import get_version, list_examples
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import DRESSING, fill_cart, submit
from tests.rulebooks.rules import book, euro, meridian, over, rule, with_finance_from

pytestmark = pytest.mark.django_db

HEAD_ABOVE = {"select": "head", "levels_up": 1}


def draft_of(cast: Cast, document: dict[str, Any], **more: Any) -> RulebookDraft:
    """Ines's draft of Meridian's rules."""
    return save_draft(
        meridian(cast), document=document, version=None, actor=cast.ines, now=cast.now, **more
    )


def second_admin(cast: Cast) -> Actor:
    """Another company admin of Meridian."""
    member = add_member(
        Company.objects.get(slug="meridian"),
        email="nora@meridian.example",
        name="Nora Lang",
        unit=Unit.objects.get(code="finance"),
        actor=cast.ines,
        now=cast.now,
    )
    role = Role.objects.get(company_id=cast.company["meridian"], key="company_admin")
    grant_role(member, role=role, unit=None, actor=cast.ines, now=cast.now)
    return get_actor(user_id=member.user_id, company_slug="meridian", channel="web")


def test_the_draft_becomes_the_next_version(cast: Cast) -> None:
    purchase = {"purchase.amount": euro(900_01)}
    examples = [{"rule": "finance", "purchase": purchase, "expect": "matches"}]
    draft = draft_of(cast, with_finance_from(900_00), examples=examples)
    version = publish_draft(
        draft.rulebook, version=1, note="Finance earlier", actor=cast.ines, now=cast.now
    )
    assert (version.number, version.note) == (2, "Finance earlier")
    assert json.loads(version.document) == with_finance_from(900_00)
    assert meridian(cast).published_id == version.pk
    assert not RulebookDraft.objects.exists()
    shown = get_version(cast.ines, draft.rulebook_id, 2)
    assert shown.origin.edited_by_id == cast.member["ines"]
    assert shown.origin.based_on.number == 1
    assert list_examples(shown) == examples
    event = Event.objects.filter(type="rulebook.published").order_by("-seq")[0]
    payload = json.loads(event.payload)
    assert (payload["version"], payload["hash"]) == (2, version.hash)


def test_running_requisitions_keep_their_version(cast: Cast) -> None:
    requisition = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    before = list(requisition.steps.values_list("id", "status"))
    draft = draft_of(cast, book())
    publish_draft(draft.rulebook, version=1, actor=cast.ines, now=cast.now)
    again = Requisition.objects.get(pk=requisition.pk)
    assert again.revision.rulebook_versions[0][1] == 1
    assert list(again.steps.values_list("id", "status")) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rulebooks_rulebookversion SET note = 'x'",
        "DELETE FROM rulebooks_rulebookversion",
        "UPDATE rulebooks_versionorigin SET examples = '[]'",
        "DELETE FROM rulebooks_versionorigin",
    ],
)
def test_the_database_itself_refuses_to_change_a_version(cast: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert RulebookVersion.objects.exists()


def test_what_was_seen_is_what_is_published(cast: Cast) -> None:
    draft = draft_of(cast, book())
    save_draft(
        draft.rulebook, document=with_finance_from(5), version=1, actor=cast.ines, now=cast.now
    )
    with pytest.raises(DraftChanged):
        publish_draft(draft.rulebook, version=1, actor=cast.ines, now=cast.now)
    publish_draft(draft.rulebook, version=2, actor=cast.ines, now=cast.now)
    with pytest.raises(DraftChanged):
        publish_draft(draft.rulebook, version=2, actor=cast.ines, now=cast.now)


def test_a_version_that_came_between_is_looked_at_first(cast: Cast) -> None:
    draft = draft_of(cast, book())
    rulebook = draft.rulebook
    publish_rulebook(rulebook, document=with_finance_from(7), actor=cast.ines, now=cast.now)
    with pytest.raises(DraftOutdated) as caught:
        publish_draft(rulebook, version=1, actor=cast.ines, now=cast.now)
    assert (caught.value.facts["seen"], caught.value.facts["current"]) == (1, 2)
    save_draft(rulebook, document=book(), version=1, based_on=2, actor=cast.ines, now=cast.now)
    assert publish_draft(rulebook, version=2, actor=cast.ines, now=cast.now).number == 3


def test_publishing_nothing_new_is_refused(cast: Cast) -> None:
    draft = draft_of(cast, MERIDIAN)
    with pytest.raises(NothingChanged):
        publish_draft(draft.rulebook, version=1, actor=cast.ines, now=cast.now)


def test_what_would_leave_orders_stuck_is_refused_with_the_way_out(cast: Cast) -> None:
    gone = {"select": "members", "members": [cast.member["gone"]]}
    draft = draft_of(cast, book(rule("gloves", over(10_00), gone)))
    with pytest.raises(RulebookRefused, match="Gregor Holt is not an active member") as caught:
        publish_draft(draft.rulebook, version=1, actor=cast.ines, now=cast.now)
    assert "Name somebody else" in caught.value.detail
    assert caught.value.facts["findings"][0].rule == "gloves"
    assert RulebookDraft.objects.get().version == 1
    assert meridian(cast).published.number == 1


def test_an_example_that_fails_is_named_with_what_happened(cast: Cast) -> None:
    example = {
        "rule": "large",
        "name": "Exactly five hundred",
        "purchase": {"purchase.amount": euro(500_00)},
        "expect": "matches",
    }
    text = book(rule("large", over(500_00), HEAD_ABOVE))
    draft = draft_of(cast, text, examples=[example])
    with pytest.raises(RulebookRefused, match=r"“Exactly five hundred” .* does not match"):
        publish_draft(draft.rulebook, version=1, actor=cast.ines, now=cast.now)


def test_a_warning_does_not_stand_in_the_way(cast: Cast) -> None:
    never = {"all": [over(5), {"not": over(5)}]}
    draft = draft_of(cast, book(rule("odd", never, HEAD_ABOVE)))
    assert publish_draft(draft.rulebook, version=1, actor=cast.ines, now=cast.now).number == 2


def test_with_a_second_person_nobody_publishes_their_own_draft(cast: Cast) -> None:
    nora = second_admin(cast)
    rulebook = meridian(cast)
    rulebook = change_rulebook(
        rulebook, version=rulebook.version, needs_second_person=True, actor=cast.ines, now=cast.now
    )
    draft_of(cast, book())
    with pytest.raises(Forbidden, match="Somebody else"):
        publish_draft(rulebook, version=1, actor=cast.ines, now=cast.now)
    with pytest.raises(Forbidden, match="Somebody else"):
        publish_rulebook(rulebook, document=book(), actor=cast.ines, now=cast.now)
    version = publish_draft(rulebook, version=1, actor=nora, now=cast.now)
    assert (version.origin.edited_by_id, version.published_by_id) == (
        cast.member["ines"],
        nora.member_id,
    )


@pytest.mark.parametrize(
    ("who", "refusal"), [("lena", Forbidden), ("jan", NotFound), ("odd", NotFound)]
)
def test_others_publish_nothing(cast: Cast, who: str, refusal: type[Exception]) -> None:
    draft = draft_of(cast, book())
    with pytest.raises(refusal):
        publish_draft(draft.rulebook, version=1, actor=cast.actors[who], now=cast.now)
    assert meridian(cast).published.number == 1

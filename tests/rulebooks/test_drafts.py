"""One open draft a rulebook: nobody loses a change, and only those who keep it write it."""

from __future__ import annotations

import json

import pytest

from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.rulebooks.actions import change_rulebook, discard_draft, save_draft
from placet.rulebooks.errors import DraftChanged, DraftExists
from placet.rulebooks.models import Rulebook, RulebookDraft
from placet.rulebooks.queries import get_draft, list_examples, list_kept_rulebooks
from tests.cast import Cast
from tests.rulebooks.rules import book, euro, meridian, over, rule, with_finance_from

pytestmark = pytest.mark.django_db

HEAD = {"select": "head", "levels_up": 0}


def kept_by(rulebook: Rulebook, keeper: str, cast: Cast) -> Rulebook:
    """Ines says who keeps it."""
    return change_rulebook(
        rulebook, version=rulebook.version, kept_by=keeper, actor=cast.ines, now=cast.now
    )


def test_a_draft_is_kept_and_changes_nothing(cast: Cast) -> None:
    rulebook = meridian(cast)
    saved = save_draft(
        rulebook, document=with_finance_from(900_000), version=None, actor=cast.ines, now=cast.now
    )
    assert get_draft(cast.ines, rulebook.pk).pk == saved.pk
    assert saved.based_on is not None
    assert saved.based_on.number == 1
    rulebook.refresh_from_db()
    assert rulebook.published_id == saved.based_on_id
    event = Event.objects.get(type="rulebook.draft_saved")
    assert json.loads(event.payload)["draft_version"] == 1


def test_of_two_editors_the_second_learns_who_was_first(cast: Cast) -> None:
    rulebook = meridian(cast)
    save_draft(rulebook, document=book(), version=None, actor=cast.ines, now=cast.now)
    with pytest.raises(DraftExists, match="Ines Keller"):
        save_draft(rulebook, document=book(), version=None, actor=cast.ines, now=cast.now)
    save_draft(rulebook, document=with_finance_from(1), version=1, actor=cast.ines, now=cast.now)
    with pytest.raises(DraftChanged, match="Nothing was saved") as caught:
        save_draft(rulebook, document=book(), version=1, actor=cast.ines, now=cast.now)
    assert caught.value.facts["current"] == 2
    stored = json.loads(get_draft(cast.ines, rulebook.pk).document)
    assert stored == with_finance_from(1)


def test_a_text_that_is_no_rulebook_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    rulebook = meridian(cast)
    save_draft(rulebook, document=book(), version=None, actor=cast.ines, now=cast.now)
    broken = book(rule("a", over(5), HEAD), rule("b", {"field": "no.such"}, HEAD))
    with pytest.raises(InvalidInput) as caught:
        save_draft(rulebook, document=broken, version=1, actor=cast.ines, now=cast.now)
    assert caught.value.path == "document/rules/1/when/field"
    draft = get_draft(cast.ines, rulebook.pk)
    assert (draft.version, json.loads(draft.document)) == (1, book())


@pytest.mark.parametrize(
    ("example", "pointer"),
    [
        ({"purchase": {}, "expect": "matches"}, "examples/0/rule"),
        ({"rule": "b", "purchase": {}, "expect": "matches"}, "examples/0/rule"),
        ({"purchase": {"no.such": 1}, "expect": "free"}, "examples/0/purchase/no.such"),
        ({"purchase": {"purchase.tax": 5}, "expect": "free"}, "examples/0/purchase/purchase.tax"),
        ({"purchase": {}, "expect": "perhaps"}, "examples/0/expect"),
    ],
)  # fmt: skip
def test_an_example_that_cannot_be_read_is_refused(
    cast: Cast, example: dict[str, object], pointer: str
) -> None:
    text = book(rule("a", over(5), HEAD))
    with pytest.raises(InvalidInput) as caught:
        save_draft(
            meridian(cast),
            document=text,
            examples=[example],
            version=None,
            actor=cast.ines,
            now=cast.now,
        )
    assert caught.value.path == pointer
    assert not RulebookDraft.objects.exists()


def test_examples_are_kept_beside_the_text(cast: Cast) -> None:
    example = {"purchase": {"purchase.amount": euro(5)}, "expect": "free"}
    saved = save_draft(
        meridian(cast),
        document=book(),
        examples=[example],
        version=None,
        actor=cast.ines,
        now=cast.now,
    )
    assert list_examples(saved) == [example]


def test_a_draft_can_be_dropped_as_it_was_seen(cast: Cast) -> None:
    rulebook = meridian(cast)
    save_draft(rulebook, document=book(), version=None, actor=cast.ines, now=cast.now)
    with pytest.raises(DraftChanged):
        discard_draft(rulebook, version=2, actor=cast.ines, now=cast.now)
    discard_draft(rulebook, version=1, actor=cast.ines, now=cast.now)
    with pytest.raises(NotFound):
        get_draft(cast.ines, rulebook.pk)
    assert Event.objects.filter(type="rulebook.draft_discarded").count() == 1


@pytest.mark.parametrize("who", ["lena", "rashid", "aron"])
def test_who_does_not_manage_rules_writes_none(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden, match="A company admin"):
        save_draft(
            meridian(cast),
            document=book(),
            version=None,
            actor=cast.actors[who],
            now=cast.now,
        )


@pytest.mark.parametrize("who", ["jan", "odd"])
def test_to_outsiders_the_rulebook_does_not_exist(cast: Cast, who: str) -> None:
    """Another company's admin, and the merchant's owner while the company keeps its own rules."""
    actor, rulebook = cast.actors[who], meridian(cast)
    with pytest.raises(NotFound):
        save_draft(rulebook, document=book(), version=None, actor=actor, now=cast.now)
    save_draft(rulebook, document=book(), version=None, actor=cast.ines, now=cast.now)
    with pytest.raises(NotFound):
        discard_draft(rulebook, version=1, actor=actor, now=cast.now)
    with pytest.raises(NotFound):
        get_draft(actor, rulebook.pk)
    with pytest.raises(NotFound):
        change_rulebook(rulebook, version=2, name="Mine", actor=actor, now=cast.now)


def test_the_merchant_keeps_them_when_the_company_says_so(cast: Cast) -> None:
    rulebook = kept_by(meridian(cast), "merchant", cast)
    assert list(list_kept_rulebooks(cast.odd)) == [rulebook]
    assert not list_kept_rulebooks(cast.jan).exists()
    save_draft(rulebook, document=book(), version=None, actor=cast.odd, now=cast.now)
    with pytest.raises(Forbidden, match="supplier keeps"):
        save_draft(rulebook, document=book(), version=1, actor=cast.ines, now=cast.now)
    with pytest.raises(Forbidden):
        save_draft(rulebook, document=book(), version=1, actor=cast.tomas, now=cast.now)


def test_both_may_keep_them_and_only_the_company_ends_it(cast: Cast) -> None:
    rulebook = kept_by(meridian(cast), "both", cast)
    save_draft(rulebook, document=book(), version=None, actor=cast.odd, now=cast.now)
    save_draft(rulebook, document=book(), version=1, actor=cast.ines, now=cast.now)
    seen = rulebook.version
    with pytest.raises(Forbidden, match="Only the company"):
        change_rulebook(rulebook, version=seen, kept_by="merchant", actor=cast.odd, now=cast.now)
    kept_by(rulebook, "company", cast)
    with pytest.raises(NotFound):
        get_draft(cast.odd, rulebook.pk)


def test_settings_are_changed_as_they_were_seen(cast: Cast) -> None:
    rulebook = meridian(cast)
    changed = change_rulebook(
        rulebook, version=rulebook.version, needs_second_person=True, actor=cast.ines, now=cast.now
    )
    assert changed.needs_second_person
    with pytest.raises(InvalidInput):
        change_rulebook(
            changed, version=changed.version, kept_by="nobody", actor=cast.ines, now=cast.now
        )
    payload = json.loads(Event.objects.get(type="rulebook.changed").payload)
    assert (payload["changed"], payload["needs_second_person"]) == (["needs_second_person"], True)

"""Versions: what changed between two of them, and an old one as the draft."""

from __future__ import annotations

import json

import pytest

from placet.policy.starters import no_rules
from placet.rulebooks.actions import publish_rulebook, save_draft
from placet.rulebooks.models import Rulebook, RulebookDraft, RulebookVersion
from placet.web.rules.texts import Seen, keep_text, open_text
from tests.cast import Cast
from tests.cast_rules import MERIDIAN
from tests.rulebooks.rules import euro, meridian, with_finance_from
from tests.web.pages import page, queries_of
from tests.web.rules.keepers import admin_of, draft_of, second_admin, send, text_of

pytestmark = pytest.mark.django_db

EXAMPLE = {"purchase": {"purchase.amount": euro(1_00)}, "expect": "free"}


@pytest.fixture
def rulebook(cast: Cast) -> Rulebook:
    """Meridian's, with three versions and a draft."""
    found = meridian(cast)
    publish_rulebook(
        found,
        document={**with_finance_from(1_000_00), "amount_basis": "gross"},
        examples=[EXAMPLE],
        actor=cast.ines,
        now=cast.now,
    )
    publish_rulebook(found, document=no_rules(), note="Clean", actor=cast.ines, now=cast.now)
    save_draft(found, document=MERIDIAN, version=None, actor=cast.ines, now=cast.now)
    return meridian(cast)


def difference(cast: Cast, rulebook: Rulebook, query: str) -> str:
    """The page with the differences."""
    return page(cast.ines, f"rules/{rulebook.pk}/difference/{query}")


def test_two_versions_differ_in_sentences(cast: Cast, rulebook: Rulebook) -> None:
    shown = difference(cast, rulebook, "?from=1&to=2")
    assert "From version 1 to version 2." in shown
    assert "2 changes" in shown
    before, after = shown.index("5,000.00"), shown.index("1,000.00")
    assert before < after
    assert "goods with shipping and tax" in shown
    back = difference(cast, rulebook, "?from=2&to=1")
    assert back.index("1,000.00") < back.index("5,000.00")


def test_left_alone_it_shows_what_the_draft_would_change(cast: Cast, rulebook: Rulebook) -> None:
    shown = difference(cast, rulebook, "")
    assert "From version 3 to the draft." in shown
    assert shown.count('class="added"') == 3


def test_the_first_version_came_from_nothing(cast: Cast, rulebook: Rulebook) -> None:
    assert "From nothing to version 1." in difference(cast, rulebook, "?to=1")


def test_the_same_is_said_to_be_the_same(cast: Cast, rulebook: Rulebook) -> None:
    assert "They say the same" in difference(cast, rulebook, "?from=1&to=draft")


@pytest.mark.parametrize("query", ["?from=9", "?to=-1", "?from=x&to=1", "?to=1" + "0" * 30])
def test_versions_that_do_not_exist(cast: Cast, rulebook: Rulebook, query: str) -> None:
    page(cast.ines, f"rules/{rulebook.pk}/difference/{query}", status=404)


def test_without_a_draft_there_is_none_to_compare_with(cast: Cast) -> None:
    page(cast.ines, f"rules/{meridian(cast).pk}/difference/?to=draft", status=404)


def test_a_version_that_cannot_be_read_is_no_crash(cast: Cast, rulebook: Rulebook) -> None:
    old = RulebookVersion.objects.get(rulebook=rulebook, number=1)
    broken = RulebookVersion(
        created_at=cast.now, rulebook=rulebook, number=9, document='{"format": 7}', hash=old.hash
    )
    broken.save()
    shown = difference(cast, rulebook, "?from=1&to=9")
    assert "One of the two cannot be read any more." in shown
    page(cast.ines, f"rules/{rulebook.pk}/9/restore/", status=404)
    assert "This version cannot be read." in page(cast.ines, f"rules/{rulebook.pk}/9/")


def test_an_old_version_becomes_the_draft_with_its_examples(cast: Cast, rulebook: Rulebook) -> None:
    path = f"rules/{rulebook.pk}/2/restore/"
    shown = page(cast.ines, path)
    assert "The draft of Ines Keller would be replaced." in shown
    assert "1,000.00" in shown
    answer = send(cast.ines, path, seen=draft_of(rulebook))
    assert "The draft says what version 2 said." in text_of(answer)
    draft = draft_of(rulebook)
    assert json.loads(draft.document)["amount_basis"] == "gross"
    assert json.loads(draft.examples) == [EXAMPLE]
    assert draft.based_on.number == 3
    assert meridian(cast).published.number == 3


def test_a_draft_that_moved_on_is_not_replaced(cast: Cast, rulebook: Rulebook) -> None:
    seen, colleague = draft_of(rulebook), second_admin(cast)
    save_draft(rulebook, document=no_rules(), version=1, actor=colleague, now=cast.now)
    answer = send(cast.ines, f"rules/{rulebook.pk}/1/restore/", seen=seen)
    assert answer.status_code == 409
    assert "Aron Levi changed this draft since you opened it." in text_of(answer)
    assert json.loads(draft_of(rulebook).document) == no_rules()


def test_a_version_published_in_the_same_moment_is_not_taken_back_unseen(cast: Cast) -> None:
    text = open_text(cast.ines, meridian(cast).pk)
    document = {**text.document, "amount_basis": "gross"}
    publish_rulebook(meridian(cast), document=no_rules(), actor=cast.ines, now=cast.now)
    keep_text(text, Seen(None, 1), document=document, actor=cast.ines, now=cast.now)
    assert draft_of(meridian(cast)).based_on.number == 1
    assert open_text(cast.ines, meridian(cast).pk).is_outdated


def test_a_sibling_reads_versions_and_restores_none(cast: Cast, rulebook: Rulebook) -> None:
    sibling = admin_of(cast, "biomed")
    assert "Restore as the draft" not in page(sibling, f"rules/{rulebook.pk}/2/")
    assert "Restore as the draft" in page(cast.ines, f"rules/{rulebook.pk}/2/")
    assert "the draft" not in page(sibling, f"rules/{rulebook.pk}/difference/").split("<main")[1]
    page(sibling, f"rules/{rulebook.pk}/difference/?to=draft", status=403)
    for actor, status in ((sibling, 403), (cast.lena, 403), (cast.jan, 404), (cast.odd, 404)):
        path = f"rules/{rulebook.pk}/2/restore/"
        assert send(actor, path, seen=draft_of(rulebook)).status_code == status
    page(cast.jan, f"rules/{rulebook.pk}/difference/", status=404)
    assert draft_of(rulebook).version == 1


def test_more_versions_cost_no_more_queries(cast: Cast, rulebook: Rulebook) -> None:
    paths = (f"rules/{rulebook.pk}/", f"rules/{rulebook.pk}/difference/", f"rules/{rulebook.pk}/1/")
    publish_rulebook(rulebook, document=MERIDIAN, actor=cast.ines, now=cast.now)
    before = {path: queries_of(cast.ines, path) for path in paths}
    for amount in range(100, 109):
        publish_rulebook(
            rulebook, document=with_finance_from(amount), actor=cast.ines, now=cast.now
        )
    assert RulebookDraft.objects.count() == 1
    for path in paths:
        assert queries_of(cast.ines, path) <= before[path], path

"""Views of lists are their member's own: kept, found again, and refused where they say nonsense."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from placet.companies.actions.views import (
    MOST_VIEWS,
    TooManyViews,
    delete_view,
    rename_view,
    save_view,
)
from placet.companies.models import SavedView
from placet.companies.saved_views import LISTS, get_view, list_views
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def keep(cast: Cast, name: str, query: str = "status=failed") -> SavedView:
    """A view of the merchant's orders, of Tomas."""
    return save_view(name, list_name="orders", query=query, actor=cast.tomas, now=cast.now)


def test_the_same_name_again_takes_the_new_filters(cast: Cast) -> None:
    first = keep(cast, "  Stuck  today ")
    again = keep(cast, "Stuck today", "?status=unprocessed&q=Ward+4")
    assert first.pk == again.pk
    assert again.name == "Stuck today"
    assert again.query == "q=Ward+4&status=unprocessed"
    assert [event.type for event in Event.objects.filter(subject=again.pk).order_by("seq")] == [
        "view.saved"
    ] * 2


def test_nobody_else_sees_or_changes_it(cast: Cast) -> None:
    view = keep(cast, "Stuck")
    for other in (cast.mira, cast.lena, cast.ola):
        assert not list_views(other).exists()
        with pytest.raises(NotFound):
            get_view(other, view.pk)
        with pytest.raises(NotFound):
            rename_view(view, name="Mine", actor=other, now=cast.now)
        with pytest.raises(NotFound):
            delete_view(view, actor=other, now=cast.now)
    assert get_view(cast.tomas, view.pk).name == "Stuck"


@pytest.mark.parametrize(
    ("list_name", "name", "query", "path"),
    [
        ("ledgers", "A", "q=1", "list"),
        ("orders", " ", "q=1", "name"),
        ("orders", "x" * 61, "q=1", "name"),
        ("orders", "a\u202eb", "q=1", "name"),
        ("orders", "A", "", "query"),
        ("orders", "A", "status=", "query"),
        ("orders", "A", "after=ord_1", "query"),
        ("orders", "A", "next=//evil", "query"),
        ("orders", "A", "q=" + "x" * 2000, "query"),
        ("orders", "A", "q=%00", "query"),
        ("orders", "A", "&".join(f"q={one}" for one in range(101)), "query"),
    ],
)
def test_what_no_view_may_say_is_refused(
    cast: Cast, list_name: str, name: str, query: str, path: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_view(name, list_name=list_name, query=query, actor=cast.tomas, now=cast.now)
    assert refused.value.path == path
    assert not SavedView.objects.exists()


def test_at_most_twenty_of_a_list(cast: Cast) -> None:
    for number in range(MOST_VIEWS):
        keep(cast, f"View {number}")
    with pytest.raises(TooManyViews):
        keep(cast, "One more")
    keep(cast, "View 3", "status=exported")
    save_view("Another list", list_name="quotes", query="q=a", actor=cast.tomas, now=cast.now)
    delete_view(get_view(cast.tomas, keep(cast, "View 4").pk), actor=cast.tomas, now=cast.now)
    assert keep(cast, "One more").query == urlencode({"status": "failed"})


def test_names_stay_apart_when_one_is_renamed(cast: Cast) -> None:
    keep(cast, "A")
    second = keep(cast, "B")
    with pytest.raises(InvalidInput):
        rename_view(second, name="A", actor=cast.tomas, now=cast.now)
    assert rename_view(second, name="C", actor=cast.tomas, now=cast.now).name == "C"


def test_who_is_no_member_keeps_none_and_who_left_keeps_none(cast: Cast) -> None:
    for actor in (replace(cast.tomas, member_id=""), replace(cast.tomas, member_id="mem_gone")):
        with pytest.raises(Forbidden):
            save_view("A", list_name="orders", query="q=1", actor=actor, now=cast.now)


def test_every_list_has_filters() -> None:
    assert all(LISTS.values())

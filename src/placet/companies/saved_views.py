"""Views of lists that members keep: which lists there are, and what a view of each may say.

A view is the query string of a list's address without the place on it. The names of a list's
filters stand here because web and API both check them; a test compares them with the forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.companies.models import SavedView
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, NotFound

LONGEST_QUERY: Final = 2000
LISTS: Final[Mapping[str, frozenset[str]]] = {
    "orders": frozenset(
        {"status", "q", "customer", "rep", "since", "until", "least", "most"}
        | {"currency", "country", "terms", "po", "sort"}
    ),
    "awaiting": frozenset({"q", "customer", "waits"}),
    "requisitions": frozenset({"status", "whose", "q"}),
    "inbox": frozenset({"tab", "q", "look", "due", "sort"}),
    "quotes": frozenset({"turn", "q"}),
    "customers": frozenset({"q", "state", "kind", "rep", "prices", "terms"}),
    "kept_products": frozenset({"q", "state"}),
    "members": frozenset({"q", "unit", "role", "sort", "state"}),
    "audit": frozenset({"kind", "person", "channel", "about", "since", "until"}),
    "calls": frozenset({"outcome", "key", "method", "code", "since"}),
    "deliveries": frozenset({"status", "endpoint", "type", "since"}),
    "reports": frozenset({"kind", "period", "from_on", "to_on", "by", "currency"}),
}
"""The lists by the names of their pages, each with the names of its filters."""


def list_views(actor: Actor, list_name: str = "") -> QuerySet[SavedView]:
    """One's own views, of one list or of all of them, by name."""
    mine = SavedView.objects.filter(member_id=actor.member_id).order_by("list_name", "name", "pk")
    return mine.filter(list_name=list_name) if list_name else mine


def get_view(actor: Actor, view_id: str) -> SavedView:
    """One of one's own views; ``NotFound`` for everybody else's."""
    found = list_views(actor).filter(pk=view_id).first()
    if found is None:
        raise NotFound(_("You have no such view."))
    return found


def check_query(list_name: str, query: str) -> str:
    """The query of a view as it is kept: without empty values, and in the order of the names.

    Raises ``InvalidInput`` for a list that keeps no views and for what is no filter of the list.
    """
    names = LISTS.get(list_name)
    if names is None:
        raise InvalidInput("list", "unknown", _("This list keeps no views."))
    try:
        said = parse_qsl(query.removeprefix("?"), max_num_fields=100)
    except ValueError as error:
        raise InvalidInput("query", "too_many", _("These are too many filters.")) from error
    for name, value in said:
        if name not in names:
            raise InvalidInput(
                "query",
                "unknown_filter",
                _("“%(name)s” is no filter of this list.") % {"name": name[:40]},
            )
        if "\x00" in value:
            raise InvalidInput("query", "characters", _("Use letters, digits and signs only."))
    kept = urlencode(sorted(said))
    if not kept:
        raise InvalidInput("query", "required", _("Filter or sort the list first, then keep it."))
    if len(kept) > LONGEST_QUERY:
        raise InvalidInput("query", "too_long", _("This is too long."))
    return kept

"""Views of lists: the filters that a member keeps under a name, for themselves alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Resourceful, Wish, frame
from placet.api.versions import require_version, tag
from placet.companies import models, saved_views
from placet.companies.actions import views as actions

router = Router(tags=["me"])
ViewName = Annotated[str, StringConstraints(max_length=200)]


class SavedView(Resourceful):
    """A list with its filters: ``query`` is what stands behind the ``?`` of its page."""

    object: Literal["saved_view"] = "saved_view"
    list: str
    name: str
    query: str


class SavedViewFilters(Page):
    """Views of one list."""

    list: Annotated[str, Field(max_length=40)] = ""


class NewSavedView(Wish):
    """The name of a list, a name for the view, and its filters as a query string."""

    list: Annotated[str, StringConstraints(max_length=40)]
    name: ViewName
    query: Annotated[str, StringConstraints(max_length=4000)]


class SavedViewName(Wish):
    """Another name."""

    name: ViewName


@router.get("/me/views", response=ListOf[SavedView])
def list_saved_views(request: ApiRequest, page: Query[SavedViewFilters]) -> ListOf[SavedView]:
    """One's own views, newest first; `list=orders` leaves those of one list."""
    return page_of(request, saved_views.list_views(request.actor, page.list), page, _shown)


@router.post("/me/views", response={201: SavedView})
def save_view(request: ApiRequest, body: NewSavedView) -> Status[SavedView]:
    """Keep filters under a name; the same name again takes the new filters."""
    view = actions.save_view(
        body.name, list_name=body.list, query=body.query, actor=request.actor, now=request.now
    )
    return Status(201, _tagged(request, view))


@router.patch("/me/views/{view_id}", response=SavedView)
def rename_view(request: ApiRequest, view_id: str, body: SavedViewName) -> SavedView:
    """Give a view another name."""
    view = saved_views.get_view(request.actor, view_id)
    require_version(request, view.version)
    actions.rename_view(
        view, name=body.name, version=view.version, actor=request.actor, now=request.now
    )
    return _tagged(request, view)


@router.delete("/me/views/{view_id}", response={204: None})
def delete_view(request: ApiRequest, view_id: str) -> Status[None]:
    """Forget a view."""
    view = saved_views.get_view(request.actor, view_id)
    require_version(request, view.version)
    actions.delete_view(view, actor=request.actor, now=request.now)
    return Status(204, None)


def _shown(views: Sequence[models.SavedView]) -> list[SavedView]:
    return [
        SavedView(**frame(view), list=view.list_name, name=view.name, query=view.query)
        for view in views
    ]


def _tagged(request: ApiRequest, view: models.SavedView) -> SavedView:
    tag(request, view.version)
    return _shown([view])[0]

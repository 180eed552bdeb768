"""What the member of a key was told, and where they want to hear of what."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf
from placet.api.schemas.notification import (
    NoticeShown,
    NoticesRead,
    NotificationPreferences,
    PreferencesWish,
    show_notices,
    show_preferences,
)
from placet.companies.queries import get_member
from placet.core.actor import Actor
from placet.core.errors import Forbidden
from placet.notices import actions
from placet.notices.queries import get_notice, list_notices

router = Router(tags=["notifications"])


class NoticeFilters(Page):
    """Only what was not read yet, or everything that is kept."""

    unread: Annotated[bool, Field(description="only what is new")] = False


@router.get("/me/notification_preferences", response=NotificationPreferences)
def get_notification_preferences(request: ApiRequest) -> NotificationPreferences:
    """By topic: at once by mail, below the bell, in the daily mail. For personal keys."""
    _require_member(request.actor)
    return show_preferences(request.actor)


@router.patch("/me/notification_preferences", response=NotificationPreferences)
def choose_notifications(request: ApiRequest, body: PreferencesWish) -> NotificationPreferences:
    """Choose for some topics; a place that is locked cannot be switched off."""
    actor = request.actor
    _require_member(actor)
    actions.choose_notifications(
        get_member(actor, actor.member_id),
        wanted={key: places.wanted() for key, places in body.topics.items()},
        actor=actor,
        now=request.now,
    )
    return show_preferences(actor)


@router.get("/me/notices", response=ListOf[NoticeShown])
def list_notices_of_mine(request: ApiRequest, page: Query[NoticeFilters]) -> ListOf[NoticeShown]:
    """What stands below the bell, newest first; it is kept for 90 days."""
    found = list_notices(request.actor)
    if page.unread:
        found = found.filter(read_at=None)
    return page_of(request, found, page, show_notices)


@router.post("/me/notices/readings", response={201: NoticesRead})
def read_all_notices(request: ApiRequest) -> Status[NoticesRead]:
    """Everything until now is read."""
    _require_member(request.actor)
    count = actions.read_all_notices(actor=request.actor, now=request.now)
    return Status(201, NoticesRead(read=count))


@router.post("/me/notices/{notice_id}/readings", response={201: NoticeShown})
def read_notice(request: ApiRequest, notice_id: str) -> Status[NoticeShown]:
    """This one is read."""
    found = get_notice(request.actor, notice_id)
    read = actions.read_notice(found, actor=request.actor, now=request.now)
    return Status(201, show_notices([read])[0])


def _require_member(actor: Actor) -> None:
    if not actor.member_id:
        raise Forbidden(
            _("A key of the company is nobody who is told anything."), reason="own_only"
        )

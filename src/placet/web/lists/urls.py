"""Addresses of lists and what is put on them."""

from django.urls import path

from placet.web.links import inside
from placet.web.lists import adding, again, lines, schedules, views

LIST = "c/<slug:company>/lists/<str:list_id>/"
LINE = LIST + "lines/<str:line_id>/"
SCHEDULE = "c/<slug:company>/schedules/<str:schedule_id>/"
REQUISITION = "c/<slug:company>/requisitions/<str:requisition_id>/"

urlpatterns = [
    path("c/<slug:company>/lists/", views.list_overview, name="lists"),
    path("c/<slug:company>/lists/new/", views.list_create, name="list_create"),
    path("c/<slug:company>/lists/add/", adding.add_to_list, name="add_to_list"),
    path(LIST, views.list_page, name="list"),
    path(LIST + "describe/", views.list_describe, name="list_describe"),
    path(LIST + "archive/", views.list_archive, name="list_archive"),
    path(LIST + "restore/", views.list_restore, name="list_restore"),
    path(LIST + "give/", views.list_give, name="list_give"),
    path(LIST + "shares/", views.list_share, name="list_share"),
    path(LIST + "shares/end/", views.list_unshare, name="list_unshare"),
    path(LIST + "links/", inside.list_share_links, name="list_share_links"),
    path(LIST + "lines/", lines.list_add, name="list_add"),
    path(LIST + "import/", lines.list_import, name="list_import"),
    path(LIST + "export/", lines.list_export, name="list_export"),
    path(LIST + "order/", lines.list_order, name="list_order"),
    path(LINE, lines.list_line, name="list_line"),
    path(LINE + "move/", lines.list_line_move, name="list_line_move"),
    path(LINE + "remove/", lines.list_line_remove, name="list_line_remove"),
    path(LIST + "schedule/", schedules.schedule_new, name="schedule_new"),
    path(SCHEDULE, schedules.schedule_page, name="schedule"),
    path(SCHEDULE + "edit/", schedules.schedule_edit, name="schedule_edit"),
    path(SCHEDULE + "pause/", schedules.schedule_pause, name="schedule_pause"),
    path(SCHEDULE + "resume/", schedules.schedule_resume, name="schedule_resume"),
    path(SCHEDULE + "skip/", schedules.schedule_skip, name="schedule_skip"),
    path(SCHEDULE + "end/", schedules.schedule_end, name="schedule_end"),
    path(SCHEDULE + "withdraw/", schedules.schedule_withdraw, name="schedule_withdraw"),
    path("c/<slug:company>/usual/", again.usual, name="usual"),
    path(REQUISITION + "reorder/", again.reorder, name="reorder"),
    path(REQUISITION + "envelope/withdraw/", again.envelope_withdraw, name="envelope_withdraw"),
]

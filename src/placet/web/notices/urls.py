"""Addresses of the bell and of the choice of notifications."""

from django.urls import path

from placet.web.notices import choosing, views

urlpatterns = [
    path("c/<slug:company>/notices/", views.notices, name="notices"),
    path("c/<slug:company>/notices/bell/", views.bell, name="bell"),
    path("c/<slug:company>/notices/read/", views.notices_read, name="notices_read"),
    path("c/<slug:company>/notices/<str:notice_id>/", views.notice, name="notice"),
    path("c/<slug:company>/settings/notifications/", choosing.notifications, name="notifications"),
    path("no-daily-mail/<str:token>/", choosing.no_daily_mail, name="no_daily_mail"),
]

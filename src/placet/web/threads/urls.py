"""Addresses of conversations and of the files in them."""

from django.urls import path

from placet.web.threads import views

THREAD = "c/<slug:company>/threads/<str:thread_id>/"

urlpatterns = [
    path(THREAD, views.thread, name="thread"),
    path(THREAD + "resolve/", views.thread_resolve, name="thread_resolve"),
    path(THREAD + "reopen/", views.thread_reopen, name="thread_reopen"),
    path("c/<slug:company>/files/<str:file_id>/", views.attachment, name="attachment"),
    path("c/<slug:company>/orders/<str:number>/messages/", views.order_write, name="order_write"),
]

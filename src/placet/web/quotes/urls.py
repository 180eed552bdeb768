"""Addresses of the quotes."""

from django.urls import path

from placet.web.quotes import saying, views

QUOTE = "c/<slug:company>/quotes/<str:key>/"

urlpatterns = [
    path("c/<slug:company>/quotes/", views.quote_list, name="quotes"),
    path("c/<slug:company>/quotes/new/", views.quote_new, name="quote_new"),
    path(QUOTE, views.quote_page, name="quote"),
    path(QUOTE + "quote.pdf", views.quote_pdf, name="quote_pdf"),
    path(QUOTE + "draft/", saying.quote_draft, name="quote_draft"),
    path(QUOTE + "discard/", saying.quote_discard, name="quote_discard"),
    path(QUOTE + "accept/", views.quote_accept, name="quote_accept"),
    path(QUOTE + "decline/", views.quote_decline, name="quote_decline"),
    path(QUOTE + "withdraw/", views.quote_withdraw, name="quote_withdraw"),
    path(QUOTE + "messages/", views.quote_write, name="quote_write"),
]

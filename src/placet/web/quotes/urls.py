"""Addresses of the quotes."""

from django.urls import path

from placet.web.quotes import desk, releasing, saying, views

QUOTE = "c/<slug:company>/quotes/<str:key>/"
RELEASE = "c/<slug:company>/releases/<str:key>/"

urlpatterns = [
    path("c/<slug:company>/quotes/", views.quote_list, name="quotes"),
    path("c/<slug:company>/quotes/new/", views.quote_new, name="quote_new"),
    path(QUOTE, views.quote_page, name="quote"),
    path(QUOTE + "quote.pdf", views.quote_pdf, name="quote_pdf"),
    path(QUOTE + "draft/", saying.quote_draft, name="quote_draft"),
    path(QUOTE + "figures/", saying.quote_figures, name="quote_figures"),
    path(QUOTE + "discard/", saying.quote_discard, name="quote_discard"),
    path(QUOTE + "accept/", views.quote_accept, name="quote_accept"),
    path(QUOTE + "decline/", views.quote_decline, name="quote_decline"),
    path(QUOTE + "withdraw/", views.quote_withdraw, name="quote_withdraw"),
    path(QUOTE + "messages/", views.quote_write, name="quote_write"),
    path(QUOTE + "assignment/", desk.quote_assign, name="quote_assign"),
    path(QUOTE + "again/", desk.quote_again, name="quote_again"),
    path(QUOTE + "lines/<int:line>/messages/", desk.quote_write_line, name="quote_write_line"),
    path(QUOTE + "template/", desk.quote_template_use, name="quote_template_use"),
    path(QUOTE + "template/keep/", desk.quote_template_keep, name="quote_template_keep"),
    path("c/<slug:company>/offer-templates/", desk.quote_templates, name="quote_templates"),
    path(
        "c/<slug:company>/offer-templates/<str:key>/discard/",
        desk.quote_template_discard,
        name="quote_template_discard",
    ),
    path("c/<slug:company>/releases/", releasing.release_list, name="releases"),
    path(RELEASE, releasing.release_page, name="release"),
    path(RELEASE + "decide/", releasing.release_decide, name="release_decide"),
    path(RELEASE + "take-back/", releasing.release_take_back, name="release_take_back"),
]

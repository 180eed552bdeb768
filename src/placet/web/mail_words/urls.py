"""Addresses of the words of mails."""

from django.urls import path

from placet.web.mail_words import views

WORDS = "c/<slug:company>/company/mails"
ONE = f"{WORDS}/<slug:letter>/<slug:language>"
urlpatterns = [
    path(f"{WORDS}/", views.mail_words, name="mail_words"),
    path(f"{ONE}/", views.mail_word, name="mail_word"),
    path(f"{ONE}/preview/", views.mail_word_preview, name="mail_word_preview"),
    path(f"{ONE}/reset/", views.mail_word_reset, name="mail_word_reset"),
    path(f"{ONE}/try/", views.mail_word_try, name="mail_word_try"),
]

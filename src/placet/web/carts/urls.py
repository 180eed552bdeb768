"""Addresses of the carts."""

from django.urls import path

from placet.web.carts.views import details, editing, lines, pages, submitting, talk

CART = "c/<slug:company>/carts/<str:cart_id>/"
LINE = CART + "lines/<str:line_id>/"

urlpatterns = [
    path("c/<slug:company>/carts/", pages.cart_list, name="carts"),
    path("c/<slug:company>/carts/new/", pages.cart_create, name="cart_create"),
    path(CART, pages.cart_page, name="cart"),
    path(CART + "rename/", pages.cart_rename, name="cart_rename"),
    path(CART + "archive/", pages.cart_archive, name="cart_archive"),
    path(CART + "lines/", lines.cart_add, name="cart_add"),
    path(LINE, lines.line_change, name="line_change"),
    path(LINE + "remove/", lines.line_remove, name="line_remove"),
    path(LINE + "comments/", talk.line_comment, name="line_comment"),
    path(LINE + "resolve/", talk.line_resolve, name="line_resolve"),
    path(CART + "comments/", talk.cart_comment, name="cart_comment"),
    path(CART + "resolve/", talk.cart_resolve, name="cart_resolve"),
    path(CART + "details/", details.cart_details, name="cart_details"),
    path(CART + "shares/", details.cart_share, name="cart_share"),
    path(CART + "shares/end/", details.cart_unshare, name="cart_unshare"),
    path(CART + "edit/discard/", editing.edit_discard, name="edit_discard"),
    path(CART + "edit/keep/", editing.edit_keep, name="edit_keep"),
    path(CART + "submit/", submitting.cart_submit, name="cart_submit"),
]

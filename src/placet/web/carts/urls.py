"""Addresses of the carts."""

from django.urls import path

from placet.web.carts.views import (
    details,
    editing,
    lines,
    pages,
    sharing,
    submitting,
    talk,
    together,
    watching,
)

CART = "c/<slug:company>/carts/<str:cart_id>/"
LINE = CART + "lines/<str:line_id>/"

urlpatterns = [
    path("c/<slug:company>/carts/", pages.cart_list, name="carts"),
    path("c/<slug:company>/carts/new/", pages.cart_create, name="cart_create"),
    path("c/<slug:company>/carts/menu/", together.cart_menu, name="cart_menu"),
    path(CART, pages.cart_page, name="cart"),
    path(CART + "pulse/", watching.cart_pulse, name="cart_pulse"),
    path(CART + "seen/", watching.cart_seen, name="cart_seen"),
    path(CART + "rename/", pages.cart_rename, name="cart_rename"),
    path(CART + "archive/", pages.cart_archive, name="cart_archive"),
    path(CART + "restore/", together.cart_restore, name="cart_restore"),
    path(CART + "delete/", together.cart_delete, name="cart_delete"),
    path(CART + "copy/", together.cart_duplicate, name="cart_duplicate"),
    path(CART + "merge/", together.cart_merge, name="cart_merge"),
    path(CART + "move/", together.cart_move, name="cart_move"),
    path(CART + "give/", together.cart_give, name="cart_give"),
    path(CART + "take/", together.cart_take, name="cart_take"),
    path(CART + "lines/", lines.cart_add, name="cart_add"),
    path(LINE, lines.line_change, name="line_change"),
    path(LINE + "remove/", lines.line_remove, name="line_remove"),
    path(LINE + "comments/", talk.line_comment, name="line_comment"),
    path(LINE + "resolve/", talk.line_resolve, name="line_resolve"),
    path(CART + "comments/", talk.cart_comment, name="cart_comment"),
    path(CART + "resolve/", talk.cart_resolve, name="cart_resolve"),
    path(CART + "details/", details.cart_details, name="cart_details"),
    path(CART + "shares/", sharing.cart_share, name="cart_share"),
    path(CART + "shares/end/", sharing.cart_unshare, name="cart_unshare"),
    path(CART + "edit/discard/", editing.edit_discard, name="edit_discard"),
    path(CART + "edit/keep/", editing.edit_keep, name="edit_keep"),
    path(CART + "submit/", submitting.cart_submit, name="cart_submit"),
]

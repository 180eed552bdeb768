"""Addresses of links: what people outside open, and how those inside make and end them."""

from django.urls import path

from placet.web.links import inside, outside, taking

LINK = "s/<str:token>/"

urlpatterns = [
    path("s/guest/<str:code>/", outside.guest_confirm, name="guest_confirm"),
    path(LINK, outside.shared, name="shared"),
    path(LINK + "join/", taking.shared_join, name="shared_join"),
    path(LINK + "copy/", taking.shared_copy, name="shared_copy"),
    path(LINK + "guests/", outside.shared_guest, name="shared_guest"),
    path(LINK + "comments/", outside.shared_comment, name="shared_comment"),
    path(LINK + "files/<str:file_id>/", outside.shared_file, name="shared_file"),
    path("c/<slug:company>/links/", inside.share_links, name="share_links"),
    path(
        "c/<slug:company>/links/<str:link_id>/revoke/",
        inside.share_link_revoke,
        name="share_link_revoke",
    ),
    path("c/<slug:company>/carts/<str:cart_id>/links/", inside.cart_links, name="cart_links"),
]

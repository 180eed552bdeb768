"""Links for people outside and conversations: what strangers get, and who takes part inside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from placet.carts.actions import comment_on_cart, create_cart, resolve_cart_thread
from placet.carts.actions.outsiders import answer_outside, invite_guest
from placet.carts.actions.share_links import create_share_link
from placet.carts.links import guest_code
from placet.carts.models import Cart, PurchaseList
from placet.companies.models import Member
from placet.threads.files import NewFile
from placet.threads.models import Attachment
from tests.cast import Cast
from tests.web.rights.table import read_table

OF_LINKS = ("shared", "shared_join", "shared_copy", "shared_guest", "shared_comment", "shared_file")
FILE = NewFile("offer.txt", b"Two boxes.")

# Whoever holds the token gets the same, signed in or not; nobody has confirmed an address.
STRANGERS = read_table(
    """
                     owner peer other desk deactivated suspended anonymous
GET   shared          200   200  200   200  200         200       200
GET   shared_file     200   200  200   200  200         200       200
POST  shared_comment  403   403  403   403  403         403       403
GET   guest_confirm   200   200  200   200  200         200       200
POST  guest_confirm   200   200  200   200  200         200       200
"""
)
# One address is asked five times a day at most, whoever types it.
STRANGERS += read_table(
    """
                     owner other suspended anonymous
POST  shared_guest    200   200   200       200
"""
)
# A colleague joins, somebody of another company copies; for all others there is no such thing.
TAKING = read_table(
    """
                     owner peer sister head admin auditor desk store other parent child
POST  shared_join    back  302  302    302  302   302     404  404   404   404    404
POST  shared_copy    404   404  404    404  404   404     404  404   302   404    404
""",
    deactivated="404",
    suspended="404",
    anonymous="404",
)
ROWS = TAKING + read_table(
    """
                         owner peer sister head admin auditor desk store other parent child
GET   share_links        200   200  200    200  200   200     200  200   200   200    200
POST  share_link_revoke  302   404  404    404  302   404     404  404   404   404    404
GET   cart_links         200   404  404    404  404   404     404  404   404   404    404
POST  cart_links         200   404  404    404  404   404     404  404   404   404    404
GET   thread             200   404  404    404  404   404     404  404   404   404    404
POST  thread             302   404  404    404  404   404     404  404   404   404    404
POST  thread_resolve     302   404  404    404  404   404     404  404   404   404    404
POST  thread_reopen      302   404  404    404  404   404     404  404   404   404    404
GET   attachment         200   404  404    404  404   404     404  404   404   404    404
POST  order_write        302   404  404    302  back  back    302  302   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)


def link_things(cast: Cast) -> dict[str, Any]:
    """A cart of Lena's that is shared outside, with a file inside and one outside."""
    lena, now = cast.lena, cast.now
    cart = create_cart("For outside", actor=lena, now=now)
    comment = comment_on_cart(cart, text="See.", files=[FILE], actor=lena, now=now)
    answered = create_cart("Answered", actor=lena, now=now)
    comment_on_cart(answered, text="All there?", actor=lena, now=now)
    resolve_cart_thread(Cart.objects.get(pk=answered.pk), actor=lena, now=now)
    made = create_share_link(
        cart, expires_at=now + timedelta(days=7), may_comment=True, actor=lena, now=now
    )
    said = answer_outside(made.link, text="See.", files=[FILE], actor=lena, now=now)
    owner = Member.objects.get(pk=cast.member["lena"])
    wishes = PurchaseList.objects.create(
        created_at=now, changed_at=now, company=owner.company, owner=owner, name="For outside"
    )
    guest = invite_guest(made.link, name="Nora", email="nora@falk.example", language="en", now=now)
    return {
        **{f"{route}.token": made.token for route in OF_LINKS},
        "shared_file.file_id": Attachment.objects.get(comment=said).pk,
        "guest_confirm.code": guest_code(guest),
        "link_id": made.link.pk,
        "cart_links.cart_id": cart.pk,
        "thread_id": comment.thread_id,
        "share_cart_outside.cart_id": cart.pk,
        "share_list_outside.list_id": wishes.pk,
        "attachment_id": Attachment.objects.get(comment=comment).pk,
        "reopen_thread.thread_id": Cart.objects.get(pk=answered.pk).thread_id,
        "thread_reopen.thread_id": Cart.objects.get(pk=answered.pk).thread_id,
        "attachment.file_id": Attachment.objects.get(comment=comment).pk,
    }


def places_of_orders(found: Mapping[str, Any]) -> dict[str, Any]:
    """Where buyer and supplier write to each other."""
    return {"order_write.number": found["order.number"]}


def wishes_about_links() -> dict[str, Mapping[str, Any]]:
    """Valid bodies of everything here."""
    return {
        "shared_join": {},
        "shared_copy": {"company": "kowalski"},
        "shared_guest": {"name": "Piet", "email": "piet@elsewhere.example"},
        "shared_comment": {"text": "Fits."},
        "guest_confirm": {},
        "share_link_revoke": {},
        "cart_links": {"ends_on": "2026-12-01"},
        "thread": {"text": "Fine."},
        "thread_resolve": {},
        "thread_reopen": {},
        "order_write": {"text": "When?"},
    }


OPERATIONS = read_table(
    """
                             owner peer sister head admin auditor desk store other parent child key
GET    list_share_links       200   200  200    200  200   200     200  200   200   200    200   200
POST   share_cart_outside     201   404  404    404  404   404     404  404   404   404    404   404
POST   share_list_outside     201   404  404    404  404   404     404  404   404   404    404   404
POST   revoke_link            201   404  404    404  201   404     404  404   404   404    404   404
GET    get_thread             200   404  404    404  404   404     404  404   404   404    404   404
GET    list_thread_comments   200   404  404    404  404   404     404  404   404   404    404   404
POST   speak                  201   404  404    404  404   404     404  404   404   404    404   404
POST   resolve_thread         201   404  404    404  404   404     404  404   404   404    404   404
POST   reopen_thread          201   404  404    404  404   404     404  404   404   404    404   404
GET    get_attachment_content 200   404  404    404  404   404     404  404   404   404    404   404
POST   write_about            201   404  404    201  403   403     201  201   404   404    404   403
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)


def operations_about_links() -> dict[str, Mapping[str, Any]]:
    """The JSON of each operation that is called."""
    ends = {"expires_at": "2026-12-01T12:00:00Z"}
    return {
        "share_cart_outside": ends,
        "share_list_outside": ends,
        "revoke_link": {},
        "speak": {"text": "Fine."},
        "resolve_thread": {},
        "reopen_thread": {},
        "write_about": {"text": "When?"},
    }

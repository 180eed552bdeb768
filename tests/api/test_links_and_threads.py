"""Links for people outside, conversations and their files, by programs."""

from __future__ import annotations

import base64

import pytest

from placet.api.models import IdempotencyKey
from placet.carts.actions import comment_on_cart
from placet.carts.links import find_open_link
from placet.carts.models import Cart, ShareLink
from placet.carts.queries import get_cart
from placet.orders.models import Order
from placet.threads.models import Attachment, Comment
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.threads.test_files import PDF, PNG

pytestmark = pytest.mark.django_db
ENDS = {"expires_at": "2026-12-01T12:00:00Z"}
FILE = {"name": "offer.pdf", "content": base64.b64encode(PDF).decode()}


@pytest.fixture
def cart(cast: Cast) -> Cart:
    """A cart of Lena's in which she has said something."""
    cart = fill_cart(cast, (GLOVES, 20), name="ICU-4 week 48")
    comment_on_cart(cart, text="Enough?", actor=cast.lena, now=cast.now)
    return get_cart(cast.lena, cart.pk)


def test_the_address_of_a_link_is_told_once_and_stored_nowhere(cart: Cart, cast: Cast) -> None:
    lena = own_key_of(cast.lena)
    path = f"/carts/{cart.pk}/share_links"
    made = lena.post(path, {**ENDS, "may_comment": True}, idempotency_key="a")
    assert made.status == 201, made.json
    token = made.json["url"].rstrip("/").rpartition("/")[2]
    assert find_open_link(token, now=cast.now).cart_id == cart.pk
    again = lena.post(path, {**ENDS, "may_comment": True}, idempotency_key="a")
    assert (again.status, again.json["id"], again.json["url"]) == (201, made.json["id"], None)
    assert ShareLink.objects.count() == 1
    assert token not in "".join(IdempotencyKey.objects.values_list("body", flat=True))
    listed = lena.get("/share_links").json["data"]
    assert [one["id"] for one in listed] == [made.json["id"]]
    assert token not in str(listed)
    ended = lena.post(f"/share_links/{made.json['id']}/revocations", {})
    assert (ended.status, ended.json["state"]) == (201, "revoked")
    assert lena.post(f"/share_links/{made.json['id']}/revocations", {}).status == 409


@pytest.mark.parametrize(
    "body", [{}, {"expires_at": "2027-12-01T12:00:00Z"}, {**ENDS, "shows_prices": "yes"}]
)
def test_a_bad_wish_makes_no_link(cart: Cart, cast: Cast, body: dict[str, object]) -> None:
    assert own_key_of(cast.lena).post(f"/carts/{cart.pk}/share_links", body).status == 422
    assert not ShareLink.objects.exists()


def test_a_conversation_is_read_answered_and_settled(cart: Cart, cast: Cast) -> None:
    lena = own_key_of(cast.lena)
    thread = lena.get(f"/threads/{cart.thread_id}").json
    assert (thread["kind"], thread["about"], thread["audience"]) == ("cart", cart.pk, "company")
    said = lena.post(f"/threads/{cart.thread_id}/comments", {"text": "The offer.", "files": [FILE]})
    assert said.status == 201, said.json
    (file,) = said.json["attachments"]
    assert (file["name"], file["size"]) == ("offer.pdf", len(PDF))
    assert Attachment.objects.get().sha256 == file["sha256"]
    resolved = lena.post(f"/threads/{cart.thread_id}/resolutions", {})
    assert resolved.json["resolved_at"] is not None
    reopened = lena.post(f"/threads/{cart.thread_id}/reopenings", {})
    assert reopened.json["resolved_at"] is None
    texts = [one["text"] for one in lena.get(f"/threads/{cart.thread_id}/comments").json["data"]]
    assert texts == ["Enough?", "The offer."]


@pytest.mark.parametrize(
    "files",
    [
        [{"name": "a.pdf", "content": "no base64!"}],
        [{"name": "a.pdf", "content": base64.b64encode(PNG).decode()}],
        [{"name": "a.svg", "content": base64.b64encode(b"<svg/>").decode()}],
        [FILE] * 6,
        [{"name": "", "content": ""}],
        "none",
    ],
)
def test_a_bad_file_takes_the_words_with_it(cart: Cart, cast: Cast, files: object) -> None:
    lena = own_key_of(cast.lena)
    for path in (f"/threads/{cart.thread_id}/comments", f"/carts/{cart.pk}/comments"):
        assert lena.post(path, {"text": "See.", "files": files}).status == 422
    assert Comment.objects.count() == 1


def test_buyer_and_supplier_know_each_other_as_sides(cast: Cast) -> None:
    bought = submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now)
    order = Order.objects.get(requisition_id=bought.pk)
    lena, tomas = own_key_of(cast.lena), own_key_of(cast.tomas)
    asked = lena.post(f"/orders/{order.pk}/messages", {"text": "When?"})
    assert asked.status == 201, asked.json
    assert tomas.post(f"/orders/{order.pk}/messages", {"text": "@Tomas Monday."}).status == 201
    path = f"/threads/{asked.json['thread']}/comments"
    mine, theirs = lena.get(path).json["data"], tomas.get(path).json["data"]
    assert [one["name"] for one in mine] == ["Lena Vogt", "Norden Supply"]
    assert mine[1]["author"] is None
    assert mine[1]["mentions"] == []
    assert [one["author"]["name"] for one in theirs] == ["Lena Vogt", "Tomas Berg"]
    assert cast.tomas.member_id not in str(mine)

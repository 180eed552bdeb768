"""A conversation is read and answered on its own page, whatever it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from placet.carts.actions import comment_on_cart, comment_on_line, share_cart
from placet.carts.actions.outsiders import answer_outside
from placet.carts.actions.share_links import create_share_link
from placet.carts.lists.actions import create_list
from placet.carts.models import Cart, ShareLink
from placet.carts.queries import get_cart
from placet.companies.models import Member, Unit
from placet.orders.actions.write_about_order import write_about_order
from placet.orders.models import Order
from placet.orders.queries import get_order
from placet.requisitions.actions import comment_on_requisition
from placet.requisitions.models import Requisition
from placet.threads.models import Attachment, Comment, Mention, Thread
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit
from tests.threads.test_files import PDF, PNG
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cart(cast: Cast) -> Cart:
    """A cart that Pavel may comment on, with a question in it."""
    cart = fill_cart(cast, (GLOVES, 20), name="ICU-4 week 48")
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="comment", actor=cast.lena, now=cast.now)
    comment_on_cart(cart, text="Enough?", actor=cast.lena, now=cast.now)
    return get_cart(cast.lena, cart.pk)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_question_is_answered_where_the_mail_leads(cart: Cart, cast: Cast) -> None:
    address = f"threads/{cart.thread_id}/"
    text = page(cast.pavel, address)
    assert "Enough?" in text
    assert "ICU-4 week 48" in text
    said = {"text": "Yes.", "mention": [cast.member["lena"]], "files": [upload("a.pdf", PDF)]}
    answer = as_actor(cast.pavel).post(f"/c/meridian/{address}", said)
    assert answer.status_code == 302
    assert "Yes." in page(cast.lena, address)
    assert Mention.objects.get().member_id == cast.member["lena"]
    file = Attachment.objects.get()
    sent = as_actor(cast.lena).get(f"/c/meridian/files/{file.pk}/")
    assert sent.content == PDF
    assert sent["Content-Disposition"].startswith("attachment")
    assert "nosniff" in sent["X-Content-Type-Options"]


def test_the_people_who_can_be_told_are_those_who_see_it(cart: Cart, cast: Cast) -> None:
    mine, theirs = (page(actor, f"threads/{cart.thread_id}/") for actor in (cast.lena, cast.pavel))
    assert "Sofia" in mine  # The owner invites whom she names.
    assert "Sofia" not in theirs
    assert "Lena Vogt" in theirs


def test_it_is_resolved_and_opened_again(cart: Cart, cast: Cast) -> None:
    pavel = as_actor(cast.pavel)
    for step, is_resolved in (("resolve", True), ("resolve", True), ("reopen", False)):
        pavel.post(f"/c/meridian/threads/{cart.thread_id}/{step}/")
        found = Thread.objects.get(pk=cart.thread_id)
        assert (found.resolved_at is not None) is is_resolved


@pytest.mark.parametrize("person", ["rashid", "ines", "aron", "ola", "tomas"])
def test_an_outsider_finds_neither_page_nor_file(cart: Cart, cast: Cast, person: str) -> None:
    said = {"text": "See.", "files": [upload("a.pdf", PDF)]}
    as_actor(cast.lena).post(f"/c/meridian/threads/{cart.thread_id}/", said)
    actor = getattr(cast, person)
    browser = as_actor(actor)
    base = f"/c/{actor.company_slug}"
    file = Attachment.objects.get()
    assert browser.get(f"{base}/threads/{cart.thread_id}/").status_code == 404
    assert browser.post(f"{base}/threads/{cart.thread_id}/", {"text": "Hi"}).status_code == 404
    assert browser.get(f"{base}/files/{file.pk}/").status_code == 404
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    "files",
    [
        [("a.svg", b"<svg/>")],
        [("a.pdf", PNG)],
        [("a.pdf", b"")],
        [("a.pdf", b"%PDF-" + b"x" * 6_000_000)],
        [("a.pdf", PDF)] * 6,
        [("a.pdf", PDF), ("b.exe", b"MZ")],
    ],
    ids=["svg", "not a pdf", "empty", "6 MB", "six", "the second"],
)
def test_a_bad_file_comes_back_with_what_was_typed(
    cart: Cart, cast: Cast, files: list[tuple[str, bytes]]
) -> None:
    said = {"text": "Look at this", "files": [upload(*one) for one in files]}
    answer = as_actor(cast.lena).post(f"/c/meridian/threads/{cart.thread_id}/", said)
    assert answer.status_code == 422
    assert "Look at this" in answer.content.decode()
    assert Comment.objects.count() == 1
    assert not Attachment.objects.exists()


def test_ten_thousand_files_are_not_even_read(cart: Cart, cast: Cast) -> None:
    said = {"text": "Look", "files": [upload("a.txt", b"a")] * 10_000}
    answer = as_actor(cast.lena).post(f"/c/meridian/threads/{cart.thread_id}/", said)
    assert answer.status_code == 400
    assert Comment.objects.count() == 1


def test_more_than_a_request_may_carry_ends_its_reading(cart: Cart, cast: Cast) -> None:
    said = {"text": "Look", "files": [upload("a.pdf", PDF + b" " * 16_000_000)] * 2}
    answer = as_actor(cast.lena).post(f"/c/meridian/threads/{cart.thread_id}/", said)
    assert answer.status_code < 500
    assert not Attachment.objects.exists()


def test_a_file_comes_in_on_the_page_of_the_cart_too(cart: Cart, cast: Cast) -> None:
    browser = as_actor(cast.lena)
    said = {"text": "The offer", "files": [upload("offer.pdf", PDF)]}
    assert browser.post(f"/c/meridian/carts/{cart.pk}/comments/", said).status_code == 302
    text = page(cast.lena, f"carts/{cart.pk}/")
    assert "offer.pdf" in text
    bad = {"text": "Another", "files": [upload("offer.exe", b"MZ")]}
    answer = browser.post(f"/c/meridian/carts/{cart.pk}/comments/", bad)
    assert answer.status_code == 422
    assert "Another" in answer.content.decode()


def ordered(cast: Cast) -> Order:
    """What Lena bought without anybody having to approve."""
    return Order.objects.get(
        requisition_id=submit(fill_cart(cast, (GLOVES, 20)), actor=cast.lena, now=cast.now).pk
    )


def test_who_keeps_a_units_list_reads_and_answers_what_was_said_outside(cast: Cast) -> None:
    icu = Unit.objects.get(pk=cast.unit["icu"])
    ours = create_list("ICU", scope="unit", unit=icu, actor=cast.mei, now=cast.now)
    ends = cast.now + timedelta(days=7)
    link = create_share_link(
        ours, expires_at=ends, may_comment=True, actor=cast.mei, now=cast.now
    ).link
    answer_outside(link, text="Anything missing?", actor=cast.mei, now=cast.now)
    address = f"/c/meridian/threads/{ShareLink.objects.get().thread_id}/"
    head = as_actor(cast.rashid)
    assert "Anything missing?" in head.get(address).content.decode()
    assert head.post(address, {"text": "Gauze."}).status_code == 302
    for person in (cast.pavel, cast.sofia):  # who only sees the list, and who does not
        assert as_actor(person).get(address).status_code == 404


def test_words_and_files_go_along_from_the_cart_to_the_order(cart: Cart, cast: Cast) -> None:
    line = cart.lines.get()
    line.cart = cart
    comment_on_line(line, text="Right size?", actor=cast.lena, now=cast.now)
    browser = as_actor(cast.lena)
    said = {"text": "The data sheet", "files": [upload("sheet.pdf", PDF)]}
    browser.post(f"/c/meridian/carts/{cart.pk}/comments/", said)
    bought = submit(get_cart(cast.lena, cart.pk), actor=cast.lena, now=cast.now)
    order = Order.objects.get(requisition_id=bought.pk)
    for address in (f"requisitions/{bought.number}/", f"orders/{order.number}/"):
        text = page(cast.lena, address)
        assert "Right size?" in text, address
        assert "sheet.pdf" in text, address
    # It goes on where it is read.
    spoken = {"text": "Arrived.", "order": "1"}
    answer = browser.post(f"/c/meridian/requisitions/{bought.pk}/comments/", spoken)
    assert answer["Location"].startswith(f"/c/meridian/orders/{order.number}/")
    assert "Arrived." in page(cast.lena, f"orders/{order.number}/")


def test_buyer_and_supplier_write_and_neither_reads_the_others_own_words(cast: Cast) -> None:
    order = ordered(cast)
    bought = Requisition.objects.get(pk=order.requisition_id)
    comment_on_requisition(bought, text="zq-inside-words", actor=cast.lena, now=cast.now)
    address = f"/c/meridian/orders/{order.number}/messages/"
    as_actor(cast.lena).post(address, {"text": "When does it come?"})
    told = page(cast.tomas, f"orders/{order.number}/")
    assert "When does it come?" in told
    assert "Lena Vogt" in told
    assert "zq-inside-words" not in told
    desk = as_actor(cast.tomas)
    said = {"text": "On Monday.", "files": [upload("note.pdf", PDF)]}
    assert desk.post(f"/c/norden/orders/{order.number}/messages/", said).status_code == 302
    text = page(cast.lena, f"orders/{order.number}/")
    assert "On Monday." in text
    assert "note.pdf" in text
    assert "Tomas" not in text
    assert "Norden Supply" in text
    order.refresh_from_db()
    for actor in (cast.lena, cast.tomas):
        thread = page(actor, f"threads/{order.supplier_thread_id}/")
        assert "On Monday." in thread
        assert "zq-inside-words" not in thread
    assert "Tomas" not in page(cast.lena, f"threads/{order.supplier_thread_id}/")
    # The company's own conversation does not exist for the merchant.
    bought.refresh_from_db()
    page(cast.tomas, f"threads/{bought.thread_id}/", 404)


@pytest.mark.parametrize("person", ["aron", "ola", "odd"])
def test_who_only_audits_or_has_nothing_to_do_with_it_writes_nothing(
    cast: Cast, person: str
) -> None:
    order = ordered(cast)
    actor = getattr(cast, person)
    if actor.is_merchant and actor.holds("order.process"):
        pytest.skip("the owner of the store processes orders too")
    path = f"/c/{actor.company_slug}/orders/{order.number}/messages/"
    assert as_actor(actor).post(path, {"text": "Hi"}).status_code in (302, 404)
    assert not Comment.objects.exists()


def test_the_page_costs_the_same_for_many_words(cart: Cart, cast: Cast) -> None:
    few = queries_of(cast.lena, f"threads/{cart.thread_id}/")
    for number in range(30):
        actor = (cast.lena, cast.pavel)[number % 2]
        seen = get_cart(actor, cart.pk)
        comment_on_cart(seen, text=f"Word {number}", actor=actor, now=cast.now)
    assert queries_of(cast.lena, f"threads/{cart.thread_id}/") == few
    assert few <= 30


def test_the_order_costs_the_same_for_many_words(cast: Cast) -> None:
    order = ordered(cast)
    write_about_order(order, text="When?", actor=cast.lena, now=cast.now)
    few = queries_of(cast.lena, f"orders/{order.number}/")
    for number in range(10):
        actor = (cast.lena, cast.tomas)[number % 2]
        mine = get_order(actor, order.number)
        write_about_order(mine, text=f"Word {number}", actor=actor, now=cast.now)
    assert queries_of(cast.lena, f"orders/{order.number}/") == few


def test_a_stranger_is_asked_to_sign_in(cart: Cart) -> None:
    answer = Client().get(f"/c/meridian/threads/{cart.thread_id}/")
    assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True)


def test_a_purchase_of_one_line_is_answered_on_the_page_of_its_thread(cast: Cast) -> None:
    bought = submit(fill_cart(cast, (DRESSING, 50)), actor=cast.lena, now=cast.now)
    comment_on_requisition(bought, text="Sterile?", line=1, actor=cast.rashid, now=cast.now)
    thread = Comment.objects.get().thread_id
    assert "line 1" in page(cast.lena, f"threads/{thread}/").lower()
    as_actor(cast.lena).post(f"/c/meridian/threads/{thread}/", {"text": "Yes, sterile."})
    assert "Yes, sterile." in page(cast.rashid, f"requisitions/{bought.number}/")

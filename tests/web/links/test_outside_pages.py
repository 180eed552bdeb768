"""What somebody outside gets: the view, the count, the same answer for every link that ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placet.carts.actions import add_line, comment_on_cart
from placet.carts.actions.outsiders import answer_outside, comment_as_guest, confirm_guest
from placet.carts.actions.share_links import create_share_link, revoke_share_link
from placet.carts.links import guest_code, guest_mark, hash_of_token
from placet.carts.lists.actions import add_list_line, create_list
from placet.carts.models import Cart, CartGrant, LinkGuest, ShareLink
from placet.carts.outside import read_outside
from placet.catalog.models import Price
from placet.companies.models import Company
from placet.core import clock
from placet.events.models import Event
from placet.notices.matrix import notices_of
from placet.threads.files import NewFile
from placet.threads.models import Attachment, Comment
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart
from tests.web.pages import as_actor

pytestmark = pytest.mark.django_db
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _nobody_has_knocked() -> None:
    cache.clear()


@pytest.fixture
def cart(cast: Cast) -> Cart:
    return fill_cart(cast, (GLOVES, 20), name="ICU-4 week 48")


def token_of(cart: Cart, cast: Cast, **switches: bool) -> str:
    """The token of a link of Lena's for a month of real time."""
    now = clock.business_now()
    ends = now + timedelta(days=30)
    return create_share_link(cart, expires_at=ends, actor=cast.lena, now=now, **switches).token


def shared(token: str, route: str = "shared", **more: str) -> str:
    return reverse(route, args=[token, *more.values()])


def test_a_stranger_reads_it_and_is_counted(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast)
    answer = Client().get(shared(token))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "ICU-4 week 48" in text
    assert GLOVES in text
    assert "EUR" not in text
    assert "Lena" not in text
    assert 'class="nav' not in text
    assert ShareLink.objects.get().opened_count == 1


def test_its_answers_are_kept_nowhere_and_lead_nobody_back(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast)
    for address, status in ((shared(token), 200), (shared("sl_wrong"), 404)):
        answer = Client().get(address)
        assert answer.status_code == status
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Referrer-Policy"] == "no-referrer"
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        text = answer.content.decode()
        assert '<meta name="robots" content="noindex' in text
        assert '<meta name="referrer" content="no-referrer">' in text


def test_scanners_and_browsers_that_look_ahead_change_nothing(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    before = everything()
    client = Client()
    assert client.head(shared(token)).status_code == 200
    assert client.get(shared(token), headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert ShareLink.objects.get().opened_count == 0
    for _time in range(20):
        for route in ("shared_join", "shared_copy", "shared_guest", "shared_comment"):
            assert client.get(shared(token, route)).status_code == 405
        assert client.get(shared(token)).status_code == 200
    assert ShareLink.objects.get().opened_count == 20
    assert everything() == before


def everything() -> list[int]:
    """How much there is of all that a link could make."""
    return [one.objects.count() for one in (Event, CartGrant, Cart, LinkGuest, Comment)]


def test_every_link_that_ended_is_answered_alike(cart: Cart, cast: Cast) -> None:
    now = clock.business_now()
    revoked, expired, suspended = (token_of(cart, cast) for _number in range(3))
    by_hash = {one.token_hash: one for one in ShareLink.objects.all()}
    revoke_share_link(by_hash[hash_of_token(revoked)], actor=cast.lena, now=now)
    ShareLink.objects.filter(token_hash=hash_of_token(expired)).update(expires_at=now)
    pages = [_page(token) for token in (revoked, expired, "sl_never", "x" * 300)]
    Company.objects.filter(pk=cast.company["meridian"]).update(status="suspended")
    pages.append(_page(suspended))
    assert {status for status, _text in pages} == {404}
    assert len({text for _status, text in pages}) == 1
    assert "Meridian" not in pages[0][1]


def _page(token: str) -> tuple[int, str]:
    answer = Client().get(shared(token))
    return answer.status_code, answer.content.decode()


def test_who_guesses_tokens_is_told_to_wait(cart: Cart, cast: Cast) -> None:
    client = Client()
    statuses = [client.get(shared(f"sl_{number}")).status_code for number in range(62)]
    assert statuses.count(404) == 60
    last = client.get(shared("sl_last"))
    assert (last.status_code, last["Retry-After"]) == (429, "60")
    # Whoever holds a link is not kept from it by whoever guesses beside them.
    assert client.get(shared(token_of(cart, cast))).status_code == 200


def test_a_colleague_joins_and_is_in_the_cart(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast)
    pavel = as_actor(cast.pavel)
    assert "Join this cart" in pavel.get(shared(token)).content.decode()
    answer = pavel.post(shared(token, "shared_join"))
    assert answer["Location"] == f"/c/meridian/carts/{cart.pk}/"
    assert pavel.get(answer["Location"]).status_code == 200
    assert "Join" not in as_actor(cast.ola).get(shared(token)).content.decode()


def test_a_colleague_who_joins_a_list_comes_to_it(cast: Cast) -> None:
    ward = create_list("Ward needs", actor=cast.lena, now=cast.now)
    now = clock.business_now()
    ends = now + timedelta(days=30)
    token = create_share_link(ward, expires_at=ends, actor=cast.lena, now=now).token
    pavel = as_actor(cast.pavel)
    answer = pavel.post(shared(token, "shared_join"))
    assert answer["Location"] == f"/c/meridian/lists/{ward.pk}/"
    assert "Ward needs" in pavel.get(answer["Location"]).content.decode()


def test_another_company_copies_at_its_own_prices(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast)
    ola = as_actor(cast.ola)
    assert "Copy to a cart of mine" in ola.get(shared(token)).content.decode()
    answer = ola.post(shared(token, "shared_copy"), {"company": "kowalski"})
    assert answer.status_code == 302
    page = ola.get(answer["Location"])
    assert page.status_code == 200
    assert "Meridian" not in page.content.decode()
    assert Cart.objects.get(company_id=cast.company["kowalski"]).name == "ICU-4 week 48"


@pytest.mark.parametrize("company", ["meridian", "norden", "park", "", "nobody"])
def test_nobody_copies_for_a_company_that_is_not_theirs(
    cart: Cart, cast: Cast, company: str
) -> None:
    token = token_of(cart, cast)
    answer = as_actor(cast.ola).post(shared(token, "shared_copy"), {"company": company})
    assert answer.status_code == 404
    assert Cart.objects.exclude(company_id=cast.company["meridian"]).count() == 0


def test_a_form_without_its_token_is_refused_and_one_without_an_origin_is_not(
    cart: Cart, cast: Cast
) -> None:
    """A page that sends no referrer sends ``Origin: null`` with its forms."""
    token = token_of(cart, cast, may_comment=True)
    browser = Client(enforce_csrf_checks=True)
    said = {"name": "Nora", "email": "nora@falk.example"}
    page = browser.get(shared(token)).content.decode()
    found = CSRF.search(page)
    assert found is not None
    signed = said | {"csrfmiddlewaretoken": found.group(1)}
    wrong: list[tuple[dict[str, str], str]] = [
        (said, "null"),
        (said | {"csrfmiddlewaretoken": "x" * 64}, "null"),
        (signed, "https://elsewhere.example"),
    ]
    for body, origin in wrong:
        sent = browser.post(shared(token, "shared_guest"), body, headers={"Origin": origin})
        assert sent.status_code == 403
    assert not LinkGuest.objects.exists()
    sent = browser.post(shared(token, "shared_guest"), signed, headers={"Origin": "null"})
    assert sent.status_code == 200
    assert LinkGuest.objects.count() == 1


def test_a_guest_asks_confirms_and_comes_back_to_comment(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    browser = Client()
    said = {"name": "Nora Falk", "email": "Nora@Falk.example"}
    answer = browser.post(shared(token, "shared_guest"), said)
    assert answer.status_code == 200
    guest = LinkGuest.objects.get()
    code = reverse("guest_confirm", args=[guest_code(guest)])
    for _scanner in range(3):
        assert Client().get(code).status_code == 200
        assert Client().head(code).status_code == 200
    guest.refresh_from_db()
    assert guest.confirmed_at is None
    answer = browser.post(code)
    assert answer["Location"] == shared(token) + "#talk"
    assert browser.get(code).status_code == 404
    assert "Comment as Nora Falk" in browser.get(shared(token)).content.decode()
    answer = browser.post(shared(token, "shared_comment"), {"text": "Two are enough."})
    assert answer.status_code == 302
    # Everybody who has the link reads it, by the name and without the address.
    page = Client().get(shared(token)).content.decode()
    assert "Two are enough." in page
    assert "Nora Falk" in page
    assert "falk.example" not in page.lower()


def test_on_another_device_the_link_has_to_be_opened_again(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    Client().post(shared(token, "shared_guest"), {"name": "Nora", "email": "n@falk.example"})
    phone = Client()
    answer = phone.post(reverse("guest_confirm", args=[guest_code(LinkGuest.objects.get())]))
    assert answer.status_code == 200
    assert token not in answer.content.decode()
    assert "Comment as Nora" in phone.get(shared(token)).content.decode()


def test_the_mark_of_one_link_does_not_open_the_mouth_at_another(cart: Cart, cast: Cast) -> None:
    token, other = (token_of(cart, cast, may_comment=True) for _number in range(2))
    Client().post(shared(token, "shared_guest"), {"name": "Nora", "email": "n@falk.example"})
    guest = confirm_guest(LinkGuest.objects.get(), now=clock.business_now())
    thief = Client()
    for link in ShareLink.objects.all():
        thief.cookies[f"guest_{link.pk}"] = guest_mark(guest)
    assert thief.post(shared(other, "shared_comment"), {"text": "Hi"}).status_code == 403
    assert thief.post(shared(token, "shared_comment"), {"text": "Hi"}).status_code == 302
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", ["", " ", "x" * 4001])
def test_a_comment_that_says_nothing_comes_back(cart: Cart, cast: Cast, text: str) -> None:
    token = token_of(cart, cast, may_comment=True)
    browser = guest_browser(token)
    answer = browser.post(shared(token, "shared_comment"), {"text": text})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_what_no_text_of_ours_holds_finds_nothing(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    browser = guest_browser(token)
    answer = browser.post(shared(token, "shared_comment"), {"text": "a\x00b"})
    assert answer.status_code == 404
    assert browser.get(shared(token, "shared_file", file_id="att_\x00")).status_code == 404
    assert not Comment.objects.exists()


def guest_browser(token: str) -> Client:
    """A browser whose owner has confirmed an address."""
    browser = Client()
    browser.post(shared(token, "shared_guest"), {"name": "Nora", "email": "n@falk.example"})
    browser.post(reverse("guest_confirm", args=[guest_code(LinkGuest.objects.latest("id"))]))
    return browser


@pytest.mark.parametrize(
    "said",
    [{"name": "", "email": "n@falk.example"}, {"name": "Nora", "email": "nobody"}, {}],
)
def test_a_guest_without_name_or_address_is_asked_again(
    cart: Cart, cast: Cast, said: dict[str, str]
) -> None:
    token = token_of(cart, cast, may_comment=True)
    answer = Client().post(shared(token, "shared_guest"), said)
    assert answer.status_code == 422
    assert not LinkGuest.objects.exists()


def test_mails_cannot_be_ordered_in_numbers(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    statuses = [
        Client()
        .post(shared(token, "shared_guest"), {"name": "N", "email": f"n{number}@falk.example"})
        .status_code
        for number in range(12)
    ]
    assert statuses == [200] * 10 + [429] * 2
    assert Event.objects.filter(type="link.guest_invited").count() == 10


def test_files_of_the_company_are_saved_and_never_shown_as_pages(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    link = ShareLink.objects.get()
    files = [NewFile("Größe.txt", b"Two boxes.")]
    answer_outside(link, text="See.", files=files, actor=cast.lena, now=clock.business_now())
    file = Attachment.objects.get()
    page = Client().get(shared(token)).content.decode()
    assert shared(token, "shared_file", file=file.pk) in page
    sent = Client().get(shared(token, "shared_file", file=file.pk))
    assert sent.content == b"Two boxes."
    assert sent["Content-Disposition"] == "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Content-Security-Policy"].startswith("sandbox")
    assert sent["Cache-Control"].count("no-store") == 1
    other = token_of(cart, cast, may_comment=True)
    assert Client().get(shared(other, "shared_file", file=file.pk)).status_code == 404


def test_a_file_from_inside_is_not_found_through_the_link(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, may_comment=True)
    file = [NewFile("secret.txt", b"Secret.")]
    comment_on_cart(cart, text="See.", files=file, actor=cast.lena, now=cast.now)
    inside = Attachment.objects.get()
    assert Client().get(shared(token, "shared_file", file=inside.pk)).status_code == 404


def test_the_view_costs_the_same_for_many_lines(cart: Cart, cast: Cast) -> None:
    token = token_of(cart, cast, shows_prices=True)
    few = queries(token)
    for sku in ("GLV-S", "PEN-B", "DRS-10"):
        add_line(cart, sku=sku, quantity=10, actor=cast.lena, now=cast.now)
    assert queries(token) == few
    assert few <= 16


def test_what_is_not_for_sale_any_more_costs_nothing_that_could_be_told(
    cart: Cart, cast: Cast
) -> None:
    ward = create_list("Ward needs", actor=cast.lena, now=cast.now)
    add_list_line(ward, sku=GLOVES, quantity=20, actor=cast.lena, now=cast.now)
    now = clock.business_now()
    ends = now + timedelta(days=30)
    made = create_share_link(ward, expires_at=ends, shows_prices=True, actor=cast.lena, now=now)
    tokens = (made.token, token_of(cart, cast, shows_prices=True))
    assert all("–</td>" not in Client().get(shared(one)).content.decode() for one in tokens)
    Price.objects.filter(product__sku=GLOVES).delete()
    for link in ShareLink.objects.all():
        (line,) = read_outside(link, now=now).lines
        assert (line.sku, line.unit_price_minor, line.total_minor) == (GLOVES, None, None)
    assert all("–</td>" in Client().get(shared(one)).content.decode() for one in tokens)


def queries(token: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(shared(token)).status_code == 200
    return len(captured)


def test_owner_is_told_of_a_guest_and_nobody_outside_of_anything(cart: Cart, cast: Cast) -> None:
    token_of(cart, cast, may_comment=True)
    link = ShareLink.objects.get()
    guest = LinkGuest.objects.create(
        created_at=cast.now,
        link=link,
        email="n@falk.example",
        name="Nora",
        confirmed_at=cast.now,
    )
    comment_as_guest(link, guest=guest, text="Fits.", now=clock.business_now())
    (event,) = Event.objects.filter(type="comment.added")
    assert [(one.member_id, one.kind) for one in notices_of(event)] == [
        (cast.lena.member_id, "answered")
    ]
    answer_outside(link, text="Good.", actor=cast.lena, now=clock.business_now())
    last = Event.objects.filter(type="comment.added").latest("seq")
    assert notices_of(last) == []

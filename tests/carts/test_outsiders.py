"""What comes through a link: a colleague joins, another company copies, a guest speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from placet.carts.actions import add_line, comment_on_cart, share_cart
from placet.carts.actions.copy_link import copy_by_link
from placet.carts.actions.outsiders import (
    answer_outside,
    comment_as_guest,
    confirm_guest,
    invite_guest,
    join_by_link,
    reopen_link_thread,
    resolve_link_thread,
)
from placet.carts.actions.share_links import create_share_link, revoke_share_link
from placet.carts.links import (
    find_guest,
    find_guest_of_code,
    find_open_link,
    guest_code,
    guest_mark,
)
from placet.carts.models import (
    Cart,
    CartGrant,
    CartLine,
    LinkGuest,
    ListGrant,
    PurchaseList,
    ShareLink,
)
from placet.carts.outside import read_outside
from placet.companies.models import Member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.threads.models import Comment, Mention, Thread
from tests.cast import Cast

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def link_to(cart: Cart, cast: Cast, **switches: bool) -> ShareLink:
    """A link of Lena's, as whoever holds its token finds it."""
    made = create_share_link(
        cart, expires_at=cast.now + 7 * DAY, actor=cast.lena, now=cast.now, **switches
    )
    return find_open_link(made.token, now=cast.now)


def invited(link: ShareLink, cast: Cast, **said: Any) -> LinkGuest:
    """Nora, who asks to comment."""
    wish: dict[str, Any] = {
        "name": "Nora Falk",
        "email": "nora@falk.example",
        "language": "en",
        "now": cast.now,
    }
    return invite_guest(link, **(wish | said))


def confirmed(link: ShareLink, cast: Cast) -> LinkGuest:
    """Nora, after the button of her mail."""
    return confirm_guest(invited(link, cast), now=cast.now)


@pytest.mark.parametrize(("may_comment", "level"), [(False, "view"), (True, "comment")])
def test_a_colleague_gets_what_the_link_gives_and_no_more(
    cart: Cart, cast: Cast, may_comment: bool, level: str
) -> None:
    link = link_to(cart, cast, may_comment=may_comment)
    join_by_link(link, actor=cast.pavel, now=cast.now)
    join_by_link(link, actor=cast.pavel, now=cast.now)
    grant = CartGrant.objects.get(cart=cart)
    assert (grant.member_id, grant.level) == (cast.pavel.member_id, level)
    assert Event.objects.filter(type="cart.joined").count() == 1


def test_joining_takes_nothing_away_and_the_owner_needs_no_grant(cart: Cart, cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    link = link_to(cart, cast, may_comment=True)
    join_by_link(link, actor=cast.pavel, now=cast.now)
    join_by_link(link, actor=cast.lena, now=cast.now)
    assert CartGrant.objects.get(cart=cart).level == "edit"


def test_a_link_that_lets_comment_raises_a_colleague_who_only_looked(
    cart: Cart, cast: Cast
) -> None:
    join_by_link(link_to(cart, cast), actor=cast.pavel, now=cast.now)
    join_by_link(link_to(cart, cast, may_comment=True), actor=cast.pavel, now=cast.now)
    assert CartGrant.objects.get(cart=cart).level == "comment"


@pytest.mark.parametrize("person", ["ola", "tomas", "minjun"])
def test_people_of_other_companies_do_not_join(cart: Cart, cast: Cast, person: str) -> None:
    with pytest.raises(NotFound):
        join_by_link(link_to(cart, cast), actor=getattr(cast, person), now=cast.now)
    assert not CartGrant.objects.exists()


def test_a_program_of_the_company_does_not_join(cart: Cart, cast: Cast) -> None:
    program = replace(cast.ines, member_id="")
    with pytest.raises(NotFound):
        join_by_link(link_to(cart, cast), actor=program, now=cast.now)


def test_a_list_is_joined_too(db: None, cast: Cast) -> None:
    lena = Member.objects.get(pk=cast.member["lena"])
    wishes = PurchaseList.objects.create(
        created_at=cast.now, changed_at=cast.now, company=lena.company, owner=lena, name="Wishes"
    )
    made = create_share_link(wishes, expires_at=cast.now + DAY, actor=cast.lena, now=cast.now)
    join_by_link(made.link, actor=cast.pavel, now=cast.now)
    assert ListGrant.objects.get().level == "view"


def test_another_company_copies_the_products_and_is_told_what_it_cannot_buy(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    add_line(cart, sku="PEN-B", quantity=5, actor=cast.lena, now=cast.now)
    Cart.objects.filter(pk=cart.pk).update(po_number="PO-secret", justification="Secret")
    CartLine.objects.filter(cart=cart).update(note="secret note")
    link = link_to(cart, cast)
    before = Event.objects.filter(company_id=cast.company["meridian"]).count()
    copied, report = copy_by_link(link, actor=cast.ola, now=cast.now)
    assert (copied.company_id, copied.owner_id) == (cast.ola.company_id, cast.ola.member_id)
    assert report is not None
    assert {row.sku for row in report.rows} == {"GLV-M", "PEN-B"}
    in_cart = {row.sku for row in report.rows if row not in report.failed}
    kept = {one.product.sku: one for one in copied.lines.select_related("product")}
    assert set(kept) == in_cart
    assert kept
    assert all(one.note == "" for one in kept.values())
    assert (copied.po_number, copied.justification) == ("", "")
    # The company of the link is not told, and nothing of its own stands with the other.
    assert Event.objects.filter(company_id=cast.company["meridian"]).count() == before
    told = "".join(Event.objects.filter(subject=copied.pk).values_list("payload", flat=True))
    assert link.pk not in told
    assert cart.pk not in told


def test_a_colleague_and_the_merchants_people_take_no_copy(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast)
    for actor in (cast.pavel, cast.tomas):
        with pytest.raises(Forbidden):
            copy_by_link(link, actor=actor, now=cast.now)
    assert Cart.objects.exclude(company_id=cast.company["meridian"]).count() == 0


def test_an_empty_cart_is_copied_empty(cart: Cart, cast: Cast) -> None:
    copied, report = copy_by_link(link_to(cart, cast), actor=cast.ola, now=cast.now)
    assert (copied.lines.count(), report) == (0, None)


def test_a_guest_speaks_once_the_address_is_theirs(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    guest = invited(link, cast)
    with pytest.raises(Forbidden):
        comment_as_guest(link, guest=guest, text="Fits.", now=cast.now)
    code = guest_code(guest)
    confirm_guest(find_guest_of_code(code, now=cast.now), now=cast.now)
    with pytest.raises(NotFound):
        find_guest_of_code(code, now=cast.now)
    guest.refresh_from_db()
    comment = comment_as_guest(link, guest=guest, text="@Pavel fits.", now=cast.now)
    assert (comment.author, comment.guest_name) == (None, "Nora Falk")
    assert comment.guest_address == "nora@falk.example"
    assert comment.thread.audience == Thread.Audience.OUTSIDE
    assert not Mention.objects.exists()
    (said,) = read_outside(link, now=cast.now).comments
    assert (said.who, said.is_guest, said.text) == ("Nora Falk", True, "@Pavel fits.")


def test_what_is_said_inside_never_stands_in_the_link(cart: Cart, cast: Cast) -> None:
    comment_on_cart(cart, text="internal words", actor=cast.lena, now=cast.now)
    link = link_to(cart, cast, may_comment=True)
    answer_outside(link, text="for everybody", actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    assert cart.thread_id != link.thread_id
    assert [one.text for one in read_outside(link, now=cast.now).comments] == ["for everybody"]


def test_a_mail_confirms_once_and_a_later_one_ends_it(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    first = guest_code(invited(link, cast))
    later = guest_code(invited(link, cast, now=cast.now + 2 * HOUR))
    assert first != later
    with pytest.raises(NotFound):
        find_guest_of_code(first, now=cast.now)
    found = find_guest_of_code(later, now=cast.now)
    confirm_guest(found, now=cast.now)
    with pytest.raises(NotFound):
        confirm_guest(found, now=cast.now)


def test_within_an_hour_one_mail_is_sent_however_often_it_is_asked(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    for minutes in (0, 1, 30, 59):
        invited(link, cast, now=cast.now + timedelta(minutes=minutes), name="Somebody Else")
    assert Event.objects.filter(type="link.guest_invited").count() == 1
    invited(link, cast, now=cast.now + timedelta(minutes=60))
    assert Event.objects.filter(type="link.guest_invited").count() == 2
    assert LinkGuest.objects.count() == 1


def test_nobody_takes_the_name_of_a_confirmed_guest(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    confirmed(link, cast)
    again = invited(link, cast, name="Mallory", now=cast.now + 2 * HOUR)
    assert again.name == "Nora Falk"


def test_so_many_may_ask_and_no_more(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    for number in range(50):
        invited(link, cast, email=f"guest{number}@falk.example")
    with pytest.raises(Conflict):
        invited(link, cast, email="one.more@falk.example")


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nora"},
        {"email": "nora@falk.example\nBcc: all@falk.example"},
        {"email": ""},
        {"name": ""},
        {"name": "x" * 81},
        {"name": "Nora\u202eklaF"},
    ],
)
def test_a_guest_has_a_name_and_an_address(cart: Cart, cast: Cast, said: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        invited(link_to(cart, cast, may_comment=True), cast, **said)
    assert not LinkGuest.objects.exists()


def test_a_link_for_looking_takes_no_word(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast)
    with pytest.raises(Forbidden):
        invited(link, cast)
    with pytest.raises(Forbidden):
        answer_outside(link, text="Hello", actor=cast.lena, now=cast.now)
    assert not Comment.objects.exists()


def test_the_mark_of_a_guest_is_worth_nothing_at_another_link(cart: Cart, cast: Cast) -> None:
    link, other = (link_to(cart, cast, may_comment=True) for _number in range(2))
    guest = confirmed(link, cast)
    mark = guest_mark(guest)
    assert find_guest(link, mark) == guest
    assert find_guest(other, mark) is None
    assert find_guest(link, guest.pk) is None
    assert find_guest(link, mark[:-1]) is None
    with pytest.raises(Forbidden):
        comment_as_guest(other, guest=guest, text="Hello", now=cast.now)


def test_a_code_is_no_mark_and_ends_with_the_link(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    guest = invited(link, cast)
    code = guest_code(guest)
    assert find_guest(link, code) is None
    with pytest.raises(NotFound):
        find_guest_of_code(guest_mark(guest), now=cast.now)
    revoke_share_link(link, actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        find_guest_of_code(code, now=cast.now)


def test_a_link_that_ends_while_somebody_comes_through_it_lets_nobody_pass(
    cart: Cart, line: CartLine, cast: Cast
) -> None:
    seen = link_to(cart, cast, may_comment=True)
    nora, late = confirmed(seen, cast), invited(seen, cast, email="late@falk.example")
    revoke_share_link(ShareLink.objects.get(), actor=cast.lena, now=cast.now)
    before = Event.objects.count()
    ways: tuple[Callable[[], object], ...] = (
        lambda: join_by_link(seen, actor=cast.pavel, now=cast.now),
        lambda: copy_by_link(seen, actor=cast.ola, now=cast.now),
        lambda: invited(seen, cast, email="new@falk.example"),
        lambda: confirm_guest(late, now=cast.now),
        lambda: comment_as_guest(seen, guest=nora, text="Hello", now=cast.now),
    )
    for way in ways:
        with pytest.raises(NotFound):
            way()
    assert Event.objects.count() == before
    assert not CartGrant.objects.exists()


def test_who_made_the_link_answers_and_settles_it(cart: Cart, cast: Cast) -> None:
    link = link_to(cart, cast, may_comment=True)
    guest = confirmed(link, cast)
    comment_as_guest(link, guest=guest, text="Fits?", now=cast.now)
    resolve_link_thread(link, actor=cast.lena, now=cast.now)
    reopen_link_thread(link, actor=cast.lena, now=cast.now)
    for actor, error in ((cast.pavel, Forbidden), (cast.ola, NotFound), (cast.tomas, NotFound)):
        with pytest.raises(error):
            answer_outside(link, text="Hello", actor=actor, now=cast.now)
        with pytest.raises(error):
            resolve_link_thread(link, actor=actor, now=cast.now)
    assert Comment.objects.count() == 1

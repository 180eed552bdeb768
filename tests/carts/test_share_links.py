"""Lena hands her cart to somebody outside, and takes the link back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from placet.carts.actions import archive_cart, share_cart
from placet.carts.actions.share_links import create_share_link, revoke_share_link
from placet.carts.links import (
    count_opening,
    find_open_link,
    get_link,
    hash_of_token,
    list_links,
    list_links_of,
    state_of_link,
)
from placet.carts.models import Cart, PurchaseList, ShareLink
from placet.carts.queries import get_cart
from placet.companies.models import Company, Member, User
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.policy.lifecycles import SHARE_LINK
from tests.cast import Cast

DAY = timedelta(days=1)


@pytest.fixture
def made(cart: Cart, cast: Cast) -> tuple[ShareLink, str]:
    """A link to Lena's cart for a week, with its token."""
    new = create_share_link(cart, expires_at=cast.now + 7 * DAY, actor=cast.lena, now=cast.now)
    return new.link, new.token


def test_a_link_shows_nothing_but_products_until_somebody_says_so(
    made: tuple[ShareLink, str],
) -> None:
    link, _token = made
    assert (link.shows_prices, link.shows_names, link.may_comment) == (False, False, False)


def test_of_the_token_only_a_hash_is_kept_and_no_event_holds_it(
    made: tuple[ShareLink, str],
) -> None:
    link, token = made
    assert len(token) >= 43
    assert link.token_hash == hash_of_token(token)
    stored = ShareLink.objects.filter(pk=link.pk).values().get()
    assert token not in str(stored)
    assert not any(token in one.payload for one in Event.objects.all())
    assert Event.objects.filter(type="link.created", subject=link.pk).count() == 1


def test_its_token_finds_it_until_its_time_is_over(made: tuple[ShareLink, str], cast: Cast) -> None:
    link, token = made
    assert find_open_link(token, now=cast.now).pk == link.pk
    assert find_open_link(token, now=cast.now + 7 * DAY - timedelta(seconds=1)).pk == link.pk
    for wrong, at in ((token, cast.now + 7 * DAY), (token[:-1], cast.now), ("", cast.now)):
        with pytest.raises(NotFound):
            find_open_link(wrong, now=at)
    assert state_of_link(link, now=cast.now + 7 * DAY) == "expired"


def test_a_revoked_link_leads_nowhere_and_stays_so(made: tuple[ShareLink, str], cast: Cast) -> None:
    link, token = made
    ended = revoke_share_link(link, actor=cast.lena, now=cast.now)
    assert state_of_link(ended, now=cast.now) == "revoked"
    with pytest.raises(NotFound):
        find_open_link(token, now=cast.now)
    with pytest.raises(Conflict):
        revoke_share_link(ended, actor=cast.lena, now=cast.now)
    assert SHARE_LINK["revoked"] == {}


def test_an_expired_link_is_not_revoked_any_more(made: tuple[ShareLink, str], cast: Cast) -> None:
    with pytest.raises(Conflict):
        revoke_share_link(made[0], actor=cast.lena, now=cast.now + 8 * DAY)


def test_two_people_who_revoke_at_once_end_it_once(made: tuple[ShareLink, str], cast: Cast) -> None:
    mine, hers = made[0], ShareLink.objects.get(pk=made[0].pk)
    revoke_share_link(mine, actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        revoke_share_link(hers, actor=cast.ines, now=cast.now)
    assert Event.objects.filter(type="link.revoked").count() == 1


@pytest.mark.parametrize("days", [-1, 0, 90.01, 400])
def test_it_ends_within_90_days(cart: Cart, cast: Cast, days: float) -> None:
    with pytest.raises(InvalidInput):
        create_share_link(cart, expires_at=cast.now + days * DAY, actor=cast.lena, now=cast.now)
    assert not ShareLink.objects.exists()


def test_only_who_manages_the_cart_makes_links(cart: Cart, cast: Cast) -> None:
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    theirs = get_cart(cast.pavel, cart.pk)
    for actor, error in ((cast.pavel, Forbidden), (cast.ola, NotFound), (cast.tomas, NotFound)):
        with pytest.raises(error):
            create_share_link(theirs, expires_at=cast.now + DAY, actor=actor, now=cast.now)
    assert not ShareLink.objects.exists()


def test_who_manages_the_company_sees_every_link_and_ends_it(
    made: tuple[ShareLink, str], cast: Cast
) -> None:
    assert [one.pk for one in list_links(cast.ines)] == [made[0].pk]
    revoke_share_link(get_link(cast.ines, made[0].pk), actor=cast.ines, now=cast.now)


@pytest.mark.parametrize("person", ["pavel", "rashid", "ola", "tomas"])
def test_an_outsider_neither_finds_nor_ends_it(
    made: tuple[ShareLink, str], cast: Cast, person: str
) -> None:
    actor = getattr(cast, person)
    assert not list_links(actor).exists()
    with pytest.raises(NotFound):
        get_link(actor, made[0].pk)
    with pytest.raises((NotFound, Forbidden)):
        revoke_share_link(made[0], actor=actor, now=cast.now)
    assert ShareLink.objects.get().revoked_at is None


def _suspend(cast: Cast) -> None:
    Company.objects.filter(pk=cast.company["meridian"]).update(status=Company.Status.SUSPENDED)


def _deactivate(cast: Cast) -> None:
    Member.objects.filter(pk=cast.member["lena"]).update(status=Member.Status.DEACTIVATED)


def _lock_out(cast: Cast) -> None:
    User.objects.filter(pk=cast.user["lena"]).update(is_active=False)


@pytest.mark.parametrize("end", [_suspend, _deactivate, _lock_out])
def test_it_ends_with_its_company_and_with_who_made_it(
    made: tuple[ShareLink, str], cast: Cast, end: object
) -> None:
    end(cast)  # type: ignore[operator]
    with pytest.raises(NotFound):
        find_open_link(made[1], now=cast.now)


def test_a_cart_that_is_put_away_is_shown_to_nobody(
    made: tuple[ShareLink, str], cart: Cart, cast: Cast
) -> None:
    archive_cart(cart, actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        find_open_link(made[1], now=cast.now)


def test_openings_are_counted_and_nothing_else_changes(
    made: tuple[ShareLink, str], cast: Cast
) -> None:
    events = Event.objects.count()
    for _time in range(3):
        count_opening(made[0], now=cast.now + DAY)
    link = ShareLink.objects.get()
    assert (link.opened_count, link.last_opened_at) == (3, cast.now + DAY)
    assert (link.version, Event.objects.count()) == (1, events)


def test_a_cart_has_so_many_links_and_no_more(cart: Cart, cast: Cast) -> None:
    first = _link(cart, cast, cast.now + DAY)
    for _number in range(49):
        _link(cart, cast, cast.now + 30 * DAY)
    with pytest.raises(Conflict):
        _link(cart, cast, cast.now + DAY)
    revoke_share_link(first, actor=cast.lena, now=cast.now)
    _link(cart, cast, cast.now + DAY)
    assert list_links_of(cart).count() == 51


def test_a_list_is_shared_like_a_cart(db: None, cast: Cast) -> None:
    lena = Member.objects.get(pk=cast.member["lena"])
    wishes = PurchaseList.objects.create(
        created_at=cast.now, changed_at=cast.now, company=lena.company, owner=lena, name="Wishes"
    )
    new = create_share_link(wishes, expires_at=cast.now + DAY, actor=cast.lena, now=cast.now)
    assert find_open_link(new.token, now=cast.now).purchase_list_id == wishes.pk
    PurchaseList.objects.filter(pk=wishes.pk).update(archived_at=cast.now)
    with pytest.raises(NotFound):
        find_open_link(new.token, now=cast.now)


def _link(cart: Cart, cast: Cast, expires_at: datetime) -> ShareLink:
    return create_share_link(cart, expires_at=expires_at, actor=cast.lena, now=cast.now).link

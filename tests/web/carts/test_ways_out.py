"""Ways out on the cart's page: told where something stands in the way, done with one button."""

from __future__ import annotations

import re

import pytest

from placet.carts.actions import share_cart
from placet.carts.models import Cart
from placet.companies.models import Company, Limit, Member
from placet.rulebooks.actions import publish_rulebook
from placet.rulebooks.models import Rulebook
from tests.cast import Cast
from tests.cast_people import system_of
from tests.cast_rules import MERIDIAN
from tests.requisitions.road import DRESSING, GLOVES, INFUSION_SET, fill_cart
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


def path_of(cart: Cart) -> str:
    return f"carts/{cart.pk}/"


def press(cast: Cast, cart: Cart, sentence: str) -> str:
    """Press the button beside a sentence, as a browser without JavaScript; the page after it."""
    shown = page(cast.lena, path_of(cart))
    (action, form), *_ = [
        (action, form)
        for action, form in FORM.findall(shown)
        if f'aria-label="Change it: {sentence}' in form
    ]
    fields = {name: value for name, value in HIDDEN.findall(form) if name != "csrfmiddlewaretoken"}
    answer = as_actor(cast.lena).post(action, fields)
    assert answer.status_code == 302
    return page(cast.lena, path_of(cart))


def test_one_button_is_one_change(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 30), (INFUSION_SET, 1))
    shown = page(cast.lena, path_of(cart))
    assert "3 changes need fewer approvals" in shown or "4 changes need" in shown
    after = press(cast, cart, "Leave out Infusion set")
    assert "Needs 1 approval" in after
    after = press(cast, cart, "Order 25 instead of 30")
    assert "No approval needed" in after
    assert cart.lines.get().quantity == 25
    assert "need fewer approvals" not in after


def test_another_cost_centre_with_one_button(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 30))
    after = press(cast, cart, "Use cost centre 9000 Administration")
    assert "No approval needed" in after
    cart.refresh_from_db()
    assert cart.cost_center_id == cast.cost_center["meridian/9000"]


def test_where_it_is_blocked_they_stand_open(cast: Cast) -> None:
    Limit.objects.update_or_create(
        member_id=cast.member["lena"],
        use=Limit.Use.SPENDING,
        defaults={
            "created_at": cast.now,
            "mode": Limit.Mode.HARD,
            "order_maximum_minor": 10_000,
            "currency": "EUR",
        },
    )
    cart = fill_cart(cast, (DRESSING, 30))
    shown = page(cast.lena, path_of(cart))
    assert '<h3 id="h-ways">Ways out</h3>' in shown
    after = press(cast, cart, "Order 5 instead of 30")
    assert "Place order" in after


def test_who_may_only_look_sees_no_button(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 30))
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="view", actor=cast.lena, now=cast.now)
    shown = page(cast.pavel, path_of(cart))
    assert "Order 25 instead of 30" in shown
    assert "Change it" not in shown


def test_nothing_is_proposed_where_nobody_has_to_approve(cast: Cast) -> None:
    assert "fewer approvals" not in page(cast.lena, path_of(fill_cart(cast, (GLOVES, 1))))


def test_who_is_in_two_steps_is_named_once_and_told_so(cast: Cast) -> None:
    """Rashid is asked by two rules of different ranks: one answer counts for both."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    rashid = {"select": "members", "members": [cast.member["rashid"]]}
    head = {"select": "head", "levels_up": 0}
    rules = [
        {
            "id": f"r{rank}",
            "when": {"all": []},
            "then": {"effect": "require", "steps": [{"approvers": [who], "rank": rank}]},
        }
        for rank, who in ((10, head), (20, rashid))
    ]
    publish_rulebook(
        Rulebook.objects.get(company=meridian),
        document={**MERIDIAN, "rules": rules},
        actor=system_of(meridian),
        now=cast.now,
    )
    shown = page(cast.lena, path_of(fill_cart(cast, (DRESSING, 1))))
    assert "Rashid Haddad decides." in shown
    assert "then Rashid" not in shown
    assert shown.count("Rashid Haddad is asked once; the answer counts here too") == 1

"""The light page behind the mail's button: inert to look at, and it works once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from placet.companies.models import Company, Member
from placet.core import clock
from placet.requisitions.actions import (
    apply_due_decisions,
    decide_step,
    withdraw_requisition,
)
from placet.requisitions.links import make_link, token_of
from placet.requisitions.models import Decision, Requisition
from tests.cast import Cast
from tests.requisitions.orders import change_to, ordered, requisition_of
from tests.requisitions.road import GLOVES, pending_step
from tests.web.pages import as_actor
from tests.web.road import approve, revise, waiting

pytestmark = pytest.mark.django_db


def link_for(requisition: Requisition, cast: Cast, who: str = "rashid") -> str:
    link = make_link(pending_step(requisition), cast.member[who], None, now=cast.now)
    return f"/d/{token_of(link)}/"


def let_mail_decide(mode: str, up_to_minor: int = 0) -> None:
    Company.objects.filter(slug="meridian").update(
        mail_decisions=mode, mail_decisions_up_to_minor=up_to_minor
    )


def sent(requisition: Requisition, **values: str) -> dict[str, str]:
    assert requisition.revision is not None
    return {"decision": "approve", "content_hash": requisition.revision.content_hash, **values}


def text(answer: Any) -> str:
    shown: str = answer.content.decode()
    return shown


def test_looking_decides_nothing_however_often(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    browser = as_actor(cast.rashid)
    for method in (browser.get, browser.head, browser.get):
        assert method(address).status_code == 200
    shown = text(browser.get(address))
    assert "<b>Lena Vogt</b> asks you for" in shown
    assert "Approve 1,190.00\u00a0EUR" in shown
    assert not Decision.objects.exists()


def test_it_says_what_is_ordered_already_and_what_a_no_means(cast: Cast) -> None:
    order = change_to(ordered(cast, (GLOVES, 20)), cast, GLV_M=120)
    shown = text(as_actor(cast.rashid).get(link_for(requisition_of(order), cast)))
    assert f"This changes {order.number}, which is ordered already." in shown
    assert f"{order.number} stays as it was ordered" in shown
    assert "A rejection is final" not in shown


def test_the_page_is_kept_and_listed_by_nobody(cast: Cast) -> None:
    answer = as_actor(cast.rashid).get(link_for(waiting(cast), cast))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "http" not in text(answer).replace("http://www.w3.org", "")


def test_one_press_decides_at_once_by_mail_and_once(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    browser = as_actor(cast.rashid)
    shown = text(browser.post(address, sent(requisition)))
    assert "Approved. Thank you." in shown
    decision = Decision.objects.get()
    assert (decision.channel, decision.outcome.kind) == ("mail", "applied")
    again = browser.post(address, sent(requisition, decision="reject", reason="No"))
    assert again.status_code == 409
    assert "You have answered this" in text(again)
    assert Decision.objects.count() == 1


def test_a_rejection_needs_its_reason(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    answer = as_actor(cast.rashid).post(address, sent(requisition, decision="reject"))
    assert answer.status_code == 422
    assert "Say why: the buyer needs it to go on." in text(answer)
    assert not Decision.objects.exists()


def test_a_business_asks_for_a_sign_in_and_tells_nothing_before(cast: Cast, client: Client) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    shown = text(client.get(address))
    assert "Sign in as Rashid Haddad" in shown
    assert f"/account/login/?next={address}" in shown
    assert requisition.name not in shown
    assert client.post(address, sent(requisition)).status_code == 409
    assert not Decision.objects.exists()


def test_somebody_else_who_is_signed_in_cannot_use_it(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    for person in (cast.lena, cast.helena, cast.ola):
        answer = as_actor(person).post(address, sent(requisition))
        assert answer.status_code == 409
        assert "a forwarded mail gives no right" in text(answer)
    assert not Decision.objects.exists()


def test_the_buyer_does_not_approve_her_own_with_a_mail_that_was_forwarded_to_her(
    cast: Cast,
) -> None:
    """Where the link alone would suffice: it is known whose session this is."""
    let_mail_decide("up_to", 10**9)
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    for person in (cast.lena, cast.helena, cast.ola):
        browser = as_actor(person)
        assert requisition.name not in text(browser.get(address))
        assert browser.post(address, sent(requisition)).status_code == 409
    assert not Decision.objects.exists()
    assert "Approved. Thank you." in text(as_actor(cast.rashid).post(address, sent(requisition)))


@pytest.mark.parametrize(("up_to_minor", "decided"), [(1_416_10, 1), (1_416_09, 0)])
def test_up_to_an_amount_the_link_alone_suffices(
    cast: Cast, client: Client, up_to_minor: int, decided: int
) -> None:
    let_mail_decide("up_to", up_to_minor)
    requisition = waiting(cast)
    assert requisition.revision is not None
    assert requisition.revision.total_minor == 1_416_10
    client.post(link_for(requisition, cast), sent(requisition))
    assert Decision.objects.count() == decided


def test_switched_off_it_says_so(cast: Cast) -> None:
    let_mail_decide("off")
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    browser = as_actor(cast.rashid)
    assert "Decisions by mail are switched off" in text(browser.get(address))
    assert browser.post(address, sent(requisition)).status_code == 409
    assert not Decision.objects.exists()


def test_after_fourteen_days_it_has_expired(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    later = cast.now + timedelta(days=14, seconds=1)
    clock.set_offset_source(lambda: later - clock.real_now())
    assert "This link has expired" in text(as_actor(cast.rashid).get(address))
    as_actor(cast.rashid).post(address, sent(requisition))
    assert not Decision.objects.exists()


def test_withdrawn_it_is_over(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    shown = text(as_actor(cast.rashid).get(address))
    assert "This is decided" in shown
    assert "Lena Vogt withdrew it" in shown


def test_when_a_colleague_was_quicker_they_are_named(cast: Cast) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    address = link_for(requisition, cast, "jonas")
    step = pending_step(requisition)
    decide_step(
        step,
        kind="approve",
        content_hash=step.revision.content_hash,
        actor=cast.anika,
        now=cast.now + timedelta(hours=1),
    )
    approve_later = cast.now + timedelta(hours=2)
    clock.set_offset_source(lambda: approve_later - clock.real_now())
    apply_due_decisions(now=approve_later)
    answer = as_actor(cast.jonas).post(address, sent(requisition))
    assert answer.status_code == 409
    assert "This is decided" in text(answer)
    assert Decision.objects.count() == 2


def test_who_left_the_company_decides_nothing(cast: Cast, client: Client) -> None:
    let_mail_decide("up_to", 10**9)
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    Member.objects.filter(pk=cast.member["rashid"]).update(status="deactivated")
    assert "You are not asked any more" in text(client.get(address))
    client.post(address, sent(requisition))
    assert not Decision.objects.exists()


@pytest.mark.parametrize("change", ["cut", "other", "none"])
def test_what_we_did_not_sign_is_not_found(cast: Cast, client: Client, change: str) -> None:
    address = link_for(waiting(cast), cast)
    forged = {"cut": address[:-3] + "/", "other": address[:-2] + "A/", "none": "/d/dlk_x/"}[change]
    if forged != address:
        assert client.get(forged).status_code == 404


def test_somebody_else_who_is_signed_in_signs_out_on_the_way(cast: Cast) -> None:
    """A link to sign in would only send them back, since they are signed in."""
    address = link_for(waiting(cast), cast)
    browser = as_actor(cast.lena)
    shown = text(browser.get(address))
    assert "Sign out and sign in" in shown
    found = re.search(r'name="next" value="([^"]+)"', shown)
    assert found
    answer = browser.post("/account/logout/", {"next": found.group(1)})
    assert answer["Location"] == f"/account/login/?next={quote(address)}"
    assert "_auth_user_id" not in browser.session


def test_the_evidence_says_whether_the_link_stood_alone(cast: Cast, client: Client) -> None:
    let_mail_decide("up_to", 10**9)
    alone, signed_in = waiting(cast), waiting(cast)
    client.post(link_for(alone, cast), sent(alone))
    as_actor(cast.rashid).post(link_for(signed_in, cast), sent(signed_in))
    told = dict(Decision.objects.values_list("revision__requisition_id", "channel"))
    assert told == {alone.pk: "mail_link", signed_in.pk: "mail"}
    shown = text(as_actor(cast.ines).get(f"/c/meridian/requisitions/{alone.number}/evidence/"))
    assert "from the mail, without sign-in" in shown
    shown = text(as_actor(cast.ines).get(f"/c/meridian/requisitions/{signed_in.number}/evidence/"))
    assert "from the mail, signed in" in shown


def test_changes_are_requested_from_the_mail(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    browser = as_actor(cast.rashid)
    wish = sent(requisition, decision="request_changes")
    answer = browser.post(address, wish)
    assert (answer.status_code, Decision.objects.count()) == (422, 0)
    shown = text(browser.post(address, {**wish, "reason": "Half of it, please."}))
    assert "Changes are requested." in shown
    requisition.refresh_from_db()
    assert requisition.status == "changes_requested"
    assert "You asked for changes on" in text(browser.get(address))


def test_a_new_revision_voids_the_link_and_the_page_says_what_changed(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    wish = sent(requisition)
    revise(requisition, cast, INF_SET=12)
    browser = as_actor(cast.rashid)
    shown = text(browser.get(address))
    assert "The content has changed since this mail" in shown
    assert "quantity 10 → 12" in shown
    assert "Look at revision 2 and decide" in shown
    step = pending_step(requisition)
    assert f"/c/meridian/inbox/{step.pk}/" in shown
    assert "verdict" not in shown
    answer = browser.post(address, wish)
    assert answer.status_code == 409
    again = browser.post(address, {**wish, "content_hash": step.revision.content_hash})
    assert again.status_code == 409
    assert not Decision.objects.exists()


def test_an_old_link_tells_nobody_unknown_of_a_larger_amount(cast: Cast, client: Client) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    let_mail_decide("up_to", 1_416_10)
    assert "Approve 1,190.00" in text(client.get(address))
    revise(requisition, cast, INF_SET=12)
    shown = text(client.get(address))
    assert "Sign in as Rashid Haddad" in shown
    assert "10 → 12" not in shown
    assert "10 → 12" in text(as_actor(cast.rashid).get(address))
    let_mail_decide("up_to", 10**9)
    assert "10 → 12" in text(client.get(address))


def test_whoever_may_not_see_the_purchase_is_told_no_difference(cast: Cast) -> None:
    requisition = waiting(cast)
    address = link_for(requisition, cast)
    revise(requisition, cast, INF_SET=12)
    for person in (cast.ola, cast.helena):
        shown = text(as_actor(person).get(address))
        assert "→" not in shown
        assert requisition.name not in shown


def test_a_new_family_decides_small_things_from_the_mail_alone(cast: Cast) -> None:
    families = Company.objects.filter(kind="household")
    assert set(families.values_list("mail_decisions", "mail_decisions_up_to_minor")) == {
        ("up_to", 200_00)
    }
    others = Company.objects.exclude(kind="household")
    assert set(others.values_list("mail_decisions", flat=True)) == {"sign_in"}

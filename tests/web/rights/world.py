"""Meridian's things, one of each kind, for everybody to reach for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from placet.budgets.actions import (
    Draw,
    commit_reservations,
    create_budget,
    reserve_budgets,
    set_credit,
)
from placet.budgets.models import Budget
from placet.carts.actions import (
    archive_cart,
    comment_on_cart,
    comment_on_line,
    create_cart,
    give_cart,
    share_cart,
)
from placet.carts.models import Cart, CartGrant
from placet.carts.pricing import price_cart
from placet.catalog.models import Category, Product
from placet.companies.actions import (
    create_api_key,
    create_personal_key,
    delegate_to,
    set_absence,
)
from placet.companies.models import Company, Member, Unit
from placet.core.actor import Actor
from placet.jobs.sweep import sweep
from placet.jobs.timetable import RUNNERS
from placet.notices.models import Mail, Notice
from placet.notices.unsubscribing import unsubscribe_url
from placet.orders.actions import fail_order
from placet.orders.models import Order
from placet.plans.back_test import start_back_test
from placet.plans.planner import plan_cart
from placet.policy.starters import no_rules
from placet.requisitions.actions import ask_requester, suggest_line
from placet.requisitions.links import make_link, token_of
from placet.requisitions.models import Requisition, Step, Suggestion
from placet.requisitions.suggesting import preview_suggestions
from placet.rulebooks.actions import create_rulebook, publish_rulebook, save_draft
from placet.rulebooks.models import Rulebook
from placet.runs.work import work_run
from placet.webhooks.actions import add_endpoint, disable_endpoint, send_test_event
from placet.webhooks.models import Delivery, Endpoint
from tests.cast import Cast
from tests.requisitions.road import (
    DRESSING,
    GLOVES,
    INFUSION_SET,
    answer,
    fill_cart,
    pending_step,
    submit,
)
from tests.requisitions.test_prepayment import prepaid_order
from tests.rulebooks.rules import book, euro
from tests.web.rights.connecting import connected_things
from tests.web.rights.desk_changes import changing_things
from tests.web.rights.desk_customers import desk_of_customers
from tests.web.rights.desk_orders import desk_things
from tests.web.rights.desk_quotes import desk_of_quotes
from tests.web.rights.desk_staff import desk_of_staff
from tests.web.rights.desk_today import things_of_today
from tests.web.rights.exporting import exporting_things
from tests.web.rights.imports import import_things, waiting_import
from tests.web.rights.links import link_things, places_of_orders
from tests.web.rights.lists import listed_things
from tests.web.rights.ordering import ordering_things
from tests.web.rights.organisation import build_organisation
from tests.web.rights.pages_of_organisation import places_of_organisation
from tests.web.rights.posting import posted_in_a_shop
from tests.web.rights.quotes import quoted_things
from tests.web.rights.revising import revising_things
from tests.web.rights.store import kept_things


class World(NamedTuple):
    """Ids by the names that routes and wishes use.

    ``order_retry.number`` is meant for one route alone, ``number`` for all others. Several values
    are several spellings of the same thing.
    """

    values: Mapping[str, tuple[str, ...]]

    def named(self, route: str, name: str) -> tuple[str, ...]:
        """The spellings of a parameter of a route; fails when nobody said what to try."""
        found = self.values.get(f"{route}.{name}") or self.values.get(name)
        assert found, f"rights/world.py knows no {name} for {route}"
        return found

    def one(self, name: str) -> str:
        """The first spelling."""
        return self.values[name][0]


def build_world(cast: Cast) -> World:
    """Carts, requisitions, orders and all the rest; everything is Meridian's."""
    found: dict[str, Any] = build_organisation(cast)
    found |= places_of_organisation(cast, found)
    _give_money(cast, found)
    _talk_about_a_cart(cast, found)
    _walk_the_road(cast, found)
    found |= ordering_things(cast)
    found |= listed_things(cast)
    found |= link_things(cast) | places_of_orders(found)
    _connect(cast, found)
    found |= import_things(cast) | kept_things(cast)
    _try_rules(cast, found)
    found |= waiting_import(cast)
    _write_drafts(cast, found)
    found |= revising_things(cast)
    found |= quoted_things(cast)
    found |= desk_things(cast)
    found |= exporting_things(cast)
    found |= changing_things(cast)
    found |= desk_of_customers(cast)
    found |= desk_of_quotes(cast)
    found |= desk_of_staff(cast) | posted_in_a_shop(cast)
    found |= things_of_today(cast) | connected_things(cast)
    # One form is sent to every company: they all stand where they began.
    Company.objects.update(version=1)
    meridian = Company.objects.get(pk=cast.company["meridian"])
    rulebook = Rulebook.objects.get(company=meridian, unit=None)
    found |= {
        "rulebook_id": rulebook.pk,
        "rule_version.number": "1",
        "version_restore.number": "1",
        "rule_edit.rule": "icu-over-500",
        "get_revision.number": "1",
        "get_rulebook_version.number": "1",
        "member_id": cast.member["mei"],
        "customer_id": meridian.pk,
        "customer_resume.customer_id": cast.company["stahl"],
        "sku": GLOVES,
        "category_id": Category.objects.get(path="medical-devices/").pk,
        "mfa_edit_webauthn.pk": "1",
        "mfa_remove_webauthn.pk": "1",
        "session_id": "1",
        "account_reset_password_from_key.uidb36": "1",
        "account_reset_password_from_key.key": "no-such-key",
    }
    return World(
        {name: value if isinstance(value, tuple) else (value,) for name, value in found.items()}
    )


def _give_money(cast: Cast, found: dict[str, Any]) -> None:
    """A second budget beside that of 4410, and credit of which something is open."""
    meridian = Company.objects.get(pk=cast.company["meridian"])
    found["budget_id"] = Budget.objects.get(company=meridian).pk
    found["other_budget_id"] = create_budget(
        name="Everybody",
        owner_kind="company",
        owner_ref=meridian.pk,
        responsible_id=None,
        currency="EUR",
        amount_minor=1_000_000,
        period="month",
        actor=cast.ines,
        now=cast.now,
    ).pk
    account = set_credit(
        meridian, limit_minor=5_000_000, mode="warn", actor=cast.mira, now=cast.now
    )
    reserve_budgets(
        "req_paid",
        revision_id="rev_paid",
        draws=[Draw(account.pk, 100)],
        actor=cast.lena,
        now=cast.now,
    )
    commit_reservations("req_paid", actor=cast.lena, now=cast.now)


_ABOUT_A_DRAFT = (
    *("example_remove", "draft_publish", "draft_discard", "compare_rulebook_texts"),
    *("get_rulebook_draft", "save_rulebook_draft", "discard_rulebook_draft"),
    *("publish_rulebook_draft", "back_test"),
)


def _try_rules(cast: Cast, found: dict[str, Any]) -> None:
    """A back-test of Ines that has ended, and two that wait."""
    rulebook = Rulebook.objects.get(company_id=cast.company["meridian"], unit=None)
    for name in ("run_id", "cancel_run.run_id", "run_cancel.run_id"):
        run = start_back_test(rulebook, document=no_rules(), actor=cast.ines, now=cast.now)
        found[name] = run.pk
        if name == "run_id":
            work_run(RUNNERS, now=cast.now, read_real=lambda: cast.now)


def _write_drafts(cast: Cast, found: dict[str, Any]) -> None:
    """A draft of ICU with an example, one of biomedical engineering that is outdated, a family."""
    ines, now = cast.ines, cast.now
    example = {"purchase": {"purchase.amount": euro(100_00)}, "expect": "free"}
    icu, biomed = (
        create_rulebook(name=name, unit=Unit.objects.get(pk=cast.unit[code]), actor=ines, now=now)
        for name, code in (("ICU", "icu"), ("Biomedical", "biomed"))
    )
    save_draft(icu, document=no_rules(), examples=[example], version=None, actor=ines, now=now)
    publish_rulebook(biomed, document=no_rules(), actor=ines, now=now)
    save_draft(biomed, document=no_rules(), version=None, actor=ines, now=now)
    publish_rulebook(biomed, document=book(default="inherit"), actor=ines, now=now)
    for route in _ABOUT_A_DRAFT:
        found[f"{route}.rulebook_id"] = icu.pk
    found["draft_merge.rulebook_id"] = biomed.pk
    park = Rulebook.objects.get(company_id=cast.company["park"])
    found["household_rules.rulebook_id"] = park.pk


def _talk_about_a_cart(cast: Cast, found: dict[str, Any]) -> None:
    lena, now = cast.lena, cast.now
    cart = fill_cart(cast, (GLOVES, 20), (INFUSION_SET, 10), name="ICU-4 week 49")
    line = cart.lines.order_by("id").last()
    assert line is not None
    comment_on_cart(cart, text="For the whole ward.", actor=lena, now=now)
    comment_on_line(line, text="Right connector?", actor=lena, now=now)
    cart = Cart.objects.get(pk=cart.pk)
    shared = fill_cart(cast, (GLOVES, 1), name="Shared")
    share_cart(
        shared,
        member=Member.objects.get(pk=cast.member["mei"]),
        level="view",
        actor=lena,
        now=now,
    )
    found |= _carts_of_every_kind(cast)
    found |= {
        "cart_id": cart.pk,
        "line_id": line.pk,
        "cart_unshare.cart_id": shared.pk,
        "unshare_cart.cart_id": shared.pk,
        "plan_hash": plan_cart(cart, price_cart(cart, now=now), actor=lena, now=now).hash,
    }


def _carts_of_every_kind(cast: Cast) -> dict[str, Any]:
    """One of Lena's that is put away, one never used, one that Pavel gave her, one out of place."""
    lena, now = cast.lena, cast.now
    away = archive_cart(fill_cart(cast, (GLOVES, 1), name="Away"), actor=lena, now=now)
    given = create_cart("Given", actor=cast.pavel, now=now)
    give_cart(given, to=Member.objects.get(pk=cast.member["lena"]), actor=cast.pavel, now=now)
    CartGrant.objects.filter(cart=given).delete()
    elsewhere = fill_cart(cast, (GLOVES, 1), name="Elsewhere")
    Cart.objects.filter(pk=elsewhere.pk).update(unit=cast.unit["biomed"])
    return {
        "cart_restore.cart_id": away.pk,
        "cart_delete.cart_id": create_cart("Empty", actor=lena, now=now).pk,
        "cart_take.cart_id": given.pk,
        "cart_move.cart_id": elsewhere.pk,
        "restore_cart.cart_id": away.pk,
        "delete_cart.cart_id": create_cart("Empty too", actor=lena, now=now).pk,
        "take_cart.cart_id": given.pk,
        "move_cart.cart_id": elsewhere.pk,
        "grantee_id": cast.member["mei"],
    }


def _walk_the_road(cast: Cast, found: dict[str, Any]) -> None:
    lena, rashid, now = cast.lena, cast.rashid, cast.now
    pending = submit(fill_cart(cast, (INFUSION_SET, 10)), actor=lena, now=now)
    held = submit(fill_cart(cast, (DRESSING, 30)), actor=lena, now=now)
    decision = answer(held, "approve", actor=rashid, now=now)
    told = submit(fill_cart(cast, (DRESSING, 30)), actor=lena, now=now)
    by_mail = answer(told, "approve", actor=replace(rashid, channel="mail"), now=now)
    ordered = submit(fill_cart(cast, (GLOVES, 20)), actor=lena, now=now)
    failed = submit(fill_cart(cast, (GLOVES, 25)), actor=lena, now=now)
    order = Order.objects.get(requisition_id=ordered.pk)
    broken = Order.objects.get(requisition_id=failed.pk)
    fail_order(broken, reason="Unknown ship-to.", actor=cast.tomas, now=now)
    owed = prepaid_order(cast)
    stuck = _run_out_of_stock(cast)
    plain = pending_step(submit(fill_cart(cast, ("DRS-10", 60)), actor=lena, now=now))
    step = pending_step(pending)
    suggestion = _suggest(step, pending, rashid, now)
    link = make_link(step, cast.member["rashid"], None, now=now)
    found |= {
        "step_id": step.pk,
        "content_hash": _content_hash(step),
        "plain_row": f"{plain.pk}:{_content_hash(plain)}",
        "suggestion_id": suggestion.pk,
        "suggestion_plan": preview_suggestions(
            pending, [suggestion], actor=lena, now=now
        ).planned.hash,
        "decision_id": decision.pk,
        "get_decision.decision_id": by_mail.pk,
        "number": _spellings(pending),
        "requisition_id": pending.pk,
        "evidence.number": _spellings(ordered),
        "evidence_pdf.number": _spellings(ordered),
        "requisition_retry.number": _spellings(stuck),
        "place_requisition.requisition_id": stuck.pk,
        "order.number": (order.number, order.pk),
        "order_file.number": (order.number, order.pk),
        "ending": "pdf",
        "order_acknowledge.number": (order.number, order.pk),
        "order_fail.number": (order.number, order.pk),
        "order_retry.number": (broken.number, broken.pk),
        "order_pay.number": (owed.number, owed.pk),
        "order_cancel.number": (owed.number, owed.pk),
        "receive_payment.order_id": (owed.pk, owed.number),
        "cancel_order.order_id": (owed.pk, owed.number),
        "order_id": (order.pk, order.number),
        "retry_order.order_id": (broken.pk, broken.number),
        "token": token_of(link),
    }


def _run_out_of_stock(cast: Cast) -> Requisition:
    """Approved while nothing was there; there is again."""
    stuck = submit(fill_cart(cast, (DRESSING, 30)), actor=cast.lena, now=cast.now)
    product = Product.objects.filter(sku=DRESSING)
    product.update(stock=0, sells_beyond_stock=False)
    answer(stuck, "approve", actor=replace(cast.rashid, channel="mail"), now=cast.now)
    product.update(stock=500)
    return stuck


def _suggest(step: Step, pending: Requisition, rashid: Actor, now: datetime) -> Suggestion:
    """Rashid asked a question about line 1, and suggested more of it."""
    ask_requester(pending, text="Sterile?", line=1, actor=rashid, now=now)
    return suggest_line(
        step, content_hash=_content_hash(step), line=1, quantity=12, actor=rashid, now=now
    )


def _content_hash(step: Step) -> str:
    found: str = step.revision.content_hash
    return found


def _spellings(requisition: Requisition) -> tuple[str, str]:
    return requisition.number, requisition.pk


def _connect(cast: Cast, found: dict[str, Any]) -> None:
    ines, now = cast.ines, cast.now
    rashid, mei = (Member.objects.get(pk=cast.member[name]) for name in ("rashid", "mei"))
    week = {"starts_at": now + timedelta(days=7), "ends_at": now + timedelta(days=14)}
    absence = set_absence(rashid, actor=cast.rashid, now=now, **week)
    delegation = delegate_to(rashid, delegate=mei, actor=cast.rashid, now=now, **week)
    meridian = Company.objects.get(pk=cast.company["meridian"])
    key, _secret = create_api_key(
        meridian, name="ERP", scopes=["purchase.view_all"], actor=ines, now=now
    )
    own, _secret = create_personal_key("My script", actor=cast.rashid, now=now)
    # What happened so far is told by mail alone, and not to the endpoints below as well.
    sweep(now=now)
    # Nobody listens there: every delivery fails and can be sent again.
    endpoint = add_endpoint("http://127.0.0.1:1031/hook", actor=ines, now=now)
    silent = add_endpoint("http://127.0.0.1:1031/off", actor=ines, now=now)
    disable_endpoint(silent, reason="moved", actor=ines, now=now)
    delivery = send_test_event(endpoint, actor=ines, now=now)
    sweep(now=now)
    arrived = send_test_event(endpoint, actor=ines, now=now)
    Delivery.objects.filter(pk=arrived.pk).update(status=Delivery.Status.DELIVERED)
    mail = Mail.objects.filter(company_id=meridian.pk).earliest("pk")
    lena = cast.member["lena"]
    Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.FAILED)
    found |= {
        "absence_id": absence.pk,
        "delegation_id": delegation.pk,
        "key_id": key.pk,
        "key_name": key.name,
        "own_key_revoke.key_id": own.pk,
        "endpoint_id": endpoint.pk,
        "endpoint_version": str(Endpoint.objects.get(pk=endpoint.pk).version),
        "webhook_enable.endpoint_id": silent.pk,
        "enable_endpoint.endpoint_id": silent.pk,
        "delivery_id": arrived.pk,
        "delivery_retry.delivery_id": delivery.pk,
        "mail_id": mail.pk,
        "notice_id": Notice.objects.filter(member_id=lena).exclude(headline="").earliest("pk").pk,
        "no_daily_mail.token": unsubscribe_url(lena).split("/")[-2],
    }

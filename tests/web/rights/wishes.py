"""A valid body for every write: what the entitled person sends with success."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.policy.starters import no_rules
from placet.rulebooks.files import write_file
from tests.cast import Cast
from tests.rulebooks.rules import book, euro
from tests.web.rights.connecting import wishes_about_connecting
from tests.web.rights.desk_changes import operations_about_changes, wishes_about_changes
from tests.web.rights.desk_customers import operations_about_customers, wishes_about_customers
from tests.web.rights.desk_orders import operations_about_the_desk, wishes_about_the_desk
from tests.web.rights.desk_quotes import wishes_about_the_desk_of_quotes
from tests.web.rights.desk_staff import operations_about_staff, wishes_about_staff
from tests.web.rights.desk_today import wishes_about_words
from tests.web.rights.exporting import operations_about_exporting, wishes_about_exporting
from tests.web.rights.links import operations_about_links, wishes_about_links
from tests.web.rights.lists import wishes_about_lists
from tests.web.rights.ordering import ORDERING_OPERATIONS, ORDERING_PAGES
from tests.web.rights.organisation import wishes_about_the_organisation
from tests.web.rights.pages_of_companies import wishes_about_companies
from tests.web.rights.pages_of_organisation import wishes_about_people
from tests.web.rights.posting import operations_about_posting
from tests.web.rights.quotes import wishes_about_quotes
from tests.web.rights.revising import wishes_about_revising
from tests.web.rights.store import calls_about_the_store, wishes_about_the_store
from tests.web.rights.wishes_of_deciding import operations_of_deciding, pages_of_deciding
from tests.web.rights.world import World
from tests.web.rule_builder.forms import OVER_500, form_of

Wish = Mapping[str, Any]


BUDGET: Wish = {"name": "Week 50", "mode": "warn", "basis": "net", "alerts": "80, 100"}


PRESSED = (
    *("webhook_test", "webhook_disable", "webhook_enable", "delivery_retry", "delivery_replay"),
    *("mail_retry", "import_write", "import_undo", "import_cancel", "quick_order_undo"),
)
"""Forms with nothing in them but a button."""
CALLED = (
    *("rotate_secret", "disable_endpoint", "enable_endpoint", "send_test_event", "replay_delivery"),
    *("reverse_import", "cancel_run", "read_all_notices", "read_notice", "resolve_comments"),
    *("place_requisition", "retry_order", "reverse_line_import"),
)
"""Operations whose body is empty."""


def wishes_of_pages(cast: Cast, world: World) -> dict[str, Wish]:
    """The fields of each form, by the name of its route."""
    place, center = cast.address["Main store"], cast.cost_center["meridian/4410"]
    return (
        {
            **{key: {"name": "Week 50"} for key in ("cart_create", "cart_rename")},
            "cart_archive": {},
            **_wishes_of_carts(cast, world),
            "cart_add": {"text": "GLV-S 2\nPEN-B 5"},
            "line_change": {"quantity": "12"},
            "line_remove": {},
            "line_split": {"do": "whole"},
            "cart_split": {"do": "one", "place": place},
            "line_comment": {"text": "Luer, yes."},
            "line_resolve": {},
            "cart_comment": {"text": "Fine."},
            "cart_resolve": {},
            "cart_details": {"ship_to": place, "cost_center": center, "po_number": "PR-55555"},
            "cart_share": {"member": cast.member["pavel"], "level": "view"},
            "cart_unshare": {"member": cast.member["mei"]},
            "cart_submit": {"plan_hash": world.one("plan_hash")},
            "product": {"quantity": "3"},
            "part_number": {"number": "MAT-7"},
            **pages_of_deciding(cast, world),
            **wishes_about_revising(world.one("revised_hash"), world.one("replanned_hash")),
            **wishes_about_the_store(cast),
            **wishes_about_customers(cast, world.one("asked_version")),
            **wishes_about_quotes(world.one("offer_hash")),
            **_wishes_of_the_desk(cast, world),
            **wishes_about_lists(cast, world.one("listed_grant"), world.one("product_of_pens")),
            **ORDERING_PAGES,
            "order_acknowledge": {"erp_number": "SO-4711"},
            "order_fail": {"reason": "Unknown ship-to."},
            "order_retry": {},
            "import_new": {"text": "code,name\n7001,Radiology"},
            "import_map": {"code": "0", "name": "1"},
            "step_give": {"to": cast.member["mei"], "reason": "Rashid is at a congress."},
            **_pages_of_budgets(world),
            "customer_credit": {"limit": "1000", "mode": "warn", "overdue": "0", "version": "3"},
            "customer_payment": {"amount": "0.01", "reason": "INV-2"},
            "settings": {"from_on": "2027-02-01", "until_on": "2027-02-05", "delegate": ""},
            "absence_end": {},
            "delegation_end": {},
            "notifications": {"talk-mail": "on", "asked-digest": "on"},
            "notices_read": {},
            "no_daily_mail": {},
            "own_keys": {"name": "My script"},
            "own_key_revoke": {},
            **_wishes_of_rules(cast),
            **wishes_about_companies(cast, world.one("category_id")),
            "simulator_keep": {"tried": "amount=10", "rulebook": world.one("rulebook_id")},
            "key_new": {"name": "Second", "scopes": ["purchase.view_all"], "lifetime": "90"},
            "key_revoke": {"typed": world.one("key_name")},
            "webhook_new": {"url": "http://127.0.0.1:1031/new", "event_types": []},
            "webhook_edit": {"url": "http://127.0.0.1:1031/moved", "event_types": []},
            "webhook_replay": {"position": "0"},
            "webhook_rotate": {"version": world.one("endpoint_version")},
            "rule_new": form_of(OVER_500),
            "rule_edit": form_of({**OVER_500, "id": "icu-over-500"}),
            **{name: {} for name in PRESSED},
            **wishes_about_links(),
        }
        | wishes_about_people(cast)
        | wishes_about_the_desk(world.one("picked_order"))
        | wishes_about_exporting()
        | wishes_about_words()
        | wishes_about_connecting()
        | wishes_about_changes()
        | wishes_about_staff(cast, world.one("staff_plan_hash"))
    )


def _wishes_of_carts(cast: Cast, world: World) -> dict[str, Wish]:
    """What is done with whole carts."""
    return {
        "cart_restore": {},
        "cart_delete": {},
        "cart_duplicate": {"name": "Week 51"},
        "cart_merge": {"cart": world.one("cart_unshare.cart_id"), "how": "merge"},
        "cart_move": {"unit": cast.unit["icu-4"]},
        "cart_give": {"member": cast.member["pavel"]},
        "cart_take": {},
        "cart_seen": {},
    }


def _wishes_of_rules(cast: Cast) -> dict[str, Wish]:
    """Each is about a text as it stands: no draft of the company's, one of ICU, one outdated."""
    published, draft = {"version": "", "based_on": "1"}, {"version": "1", "based_on": "0"}
    settings = {"default": "free", "amount_basis": "gross"}
    return {
        "rule_change": {"rule": "finance", "do": "up", **published},
        "draft_settings": {**settings, **published},
        "example_new": {"example-amount": "620.00", "example-expect": "free", **published},
        "example_remove": {"index": "0", **draft},
        "draft_publish": {"note": "Less to ask", **draft},
        "draft_merge": {"version": "1", "based_on": "1"},
        "draft_discard": {"typed": "ICU", **draft},
        "version_restore": published,
        "rulebook_import": {"text": write_file(no_rules()), **published},
        "rulebook_keeping": {"version": "2", "name": "Our rules", "kept_by": "both"},
        "rulebook_new": {"name": "Finance", "place": cast.unit["finance"]},
        "back_test": {"text": "draft", "days": "30"},
        "run_cancel": {},
        "household_rules": {"choice": "over", "amount": "20", "based_on": "1"},
    }


def _wishes_of_the_desk(cast: Cast, world: World) -> dict[str, Wish]:
    return wishes_about_the_desk_of_quotes(
        cast, world.one("release_hash"), world.one("template_id")
    )


def wishes_of_operations(cast: Cast, world: World) -> dict[str, Wish]:
    """The JSON of each operation, by its name."""
    return (
        {
            **wishes_about_the_organisation(cast),
            **wishes_about_revising(world.one("revised_hash"), world.one("replanned_hash")),
            **calls_about_the_store(cast),
            **operations_about_customers(cast, world.one("asked_version")),
            **wishes_about_quotes(world.one("offer_hash")),
            **_wishes_of_the_desk(cast, world),
            **wishes_about_lists(cast, world.one("listed_grant"), world.one("product_of_pens")),
            "change_endpoint": {"event_types": ["order.*"]},
            "replay_events": {"position": 0},
            "create_cart": {"name": "Week 50"},
            "share_cart": {"member": cast.member["pavel"], "level": "view"},
            "duplicate_cart": {"name": "Week 51"},
            "merge_carts": {"cart": world.one("cart_unshare.cart_id")},
            "give_cart": {"member": cast.member["pavel"]},
            "move_cart": {"unit": cast.unit["icu-4"]},
            **{name: {} for name in ("archive_cart", "restore_cart", "take_cart")},
            "change_cart": {
                "name": "Week 50",
                "ship_to": cast.address["Main store"],
                "cost_center": cast.cost_center["meridian/4410"],
            },
            "submit_cart": {"plan_hash": world.one("plan_hash")},
            "add_line": {"sku": "GLV-S", "quantity": 2},
            "change_line": {"quantity": 12},
            "choose_notifications": {
                "topics": {"talk": {"mail": False, "in_app": True, "digest": True}}
            },
            "paste_lines": {"text": "GLV-S 2\nPEN-B 5"},
            "add_comment": {"text": "Fine."},
            "set_exchange_rate": {"source": "PLN", "target": "EUR", "rate": "0.2345"},
            "name_category_owner": {
                "category": world.one("category_id"),
                "member": cast.member["helena"],
            },
            **_operations_of_budgets(world),
            "set_credit": {"limit_minor": 1_000_000},
            "enter_payment": {"amount_minor": 1, "reason": "INV-1"},
            "create_rulebook": {"name": "Finance", "unit": cast.unit["finance"]},
            "change_rulebook": {"name": "Our rules"},
            "save_rulebook_draft": {"document": book(default="inherit")},
            "publish_rulebook_draft": {"version": 1},
            "start_back_test": {"document": no_rules(), "days": 30},
            "create_import": {
                "kind": "cost_centers",
                "dry_run": True,
                "rows": [{"code": "7001", "name": "Radiology"}],
            },
            "check_rules": {"rulebook": world.one("rulebook_id"), "document": no_rules()},
            "simulate_plan": {"amount": euro(1_000)},
            **operations_of_deciding(cast, world),
            **operations_about_links(),
            **ORDERING_OPERATIONS,
            "acknowledge_order": {"erp_number": "SO-4711"},
            "fail_order": {"reason": "Unknown ship-to."},
            "add_endpoint": {"url": "http://127.0.0.1:1031/new"},
            **{name: {} for name in CALLED},
        }
        | operations_about_the_desk()
        | operations_about_exporting()
        | operations_about_changes()
        | operations_about_staff(cast, world.one("staff_plan_hash"))
        | operations_about_posting(cast, world.one("posted_plan_hash"))
    )


def _operations_of_budgets(world: World) -> dict[str, Wish]:
    """What is asked of budgets."""
    return {
        "create_budget": {
            "name": "Week 50",
            "owner_kind": "company",
            "amount_minor": 10_000,
            "currency": "EUR",
            "period": "month",
        },
        "check_budgets": {"amount_minor": 10_000, "currency": "EUR"},
        "change_budget": {"name": "Renamed"},
        "close_budget": {},
        "adjust_budget": {"amount_minor": 100, "reason": "More beds"},
        "transfer_budget": {
            "target": world.one("other_budget_id"),
            "amount_minor": 100,
            "reason": "Moved",
        },
    }


def _pages_of_budgets(world: World) -> dict[str, Wish]:
    """The forms of budgets."""
    return {
        "budget_new": {
            **BUDGET,
            "owner": "company:",
            "amount": "100",
            "period": "month",
            "rollover": "none",
        },
        "budget_edit": {**BUDGET, "version": "1", "ends_on": "2026-12-31"},
        "budget_adjust": {"direction": "raise", "amount": "10", "reason": "More beds"},
        "budget_transfer": {
            "target": world.one("other_budget_id"),
            "amount": "10",
            "reason": "Moved",
        },
        "budget_close": {"typed": "ICU consumables Q4"},
    }

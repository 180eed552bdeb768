"""Every screen, with the person concerned, and how they come to it."""

from __future__ import annotations

from typing import NamedTuple


class Screen(NamedTuple):
    """A page: its route, who looks, where they start, and which links they follow from there.

    A link is followed by a part of its address: the first one on the page that has it.
    """

    route: str
    person: str
    start: str
    follow: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The name of its test."""
        return self.route


BUYER, APPROVER, ADMIN = "Lena Vogt", "Rashid Haddad", "Ines Carvalho"
MERCHANT, NOBODY = "Tomas Lindgren", ""
MINE, SHOP = "/c/meridian/", "/c/norden/"

SCREENS = (
    Screen("account_login", NOBODY, "/account/login/"),
    Screen("account_reset_password", NOBODY, "/account/password/reset/"),
    Screen("account_signup", NOBODY, "/account/signup/"),
    Screen("apply", NOBODY, "/apply/"),
    Screen("applied", NOBODY, "/apply/sent/"),
    Screen("sign_up", NOBODY, "/sign-up/"),
    Screen("signed_up", NOBODY, "/sign-up/sent/"),
    Screen("account_logout", BUYER, "/account/logout/"),
    Screen("front", NOBODY, "/"),
    Screen("style_guide", NOBODY, "/styleguide"),
    Screen("home", BUYER, MINE),
    Screen("inbox", APPROVER, MINE + "inbox/"),
    Screen("inbox?tab=others", BUYER, MINE + "inbox/?tab=others"),
    Screen("inbox?tab=decided", APPROVER, MINE + "inbox/?tab=decided"),
    Screen("decision", APPROVER, MINE + "inbox/", ("/inbox/stp_",)),
    Screen("catalog", BUYER, MINE + "catalog/"),
    Screen("product", BUYER, MINE + "catalog/", ("/catalog/NS-",)),
    Screen("carts", BUYER, MINE + "carts/"),
    Screen("cart", BUYER, MINE + "carts/?", ("/carts/cart_",)),
    Screen("requisitions", BUYER, MINE + "requisitions/"),
    Screen("requisition", BUYER, MINE + "requisitions/?status=open", ("/requisitions/REQ-",)),
    Screen(
        "evidence",
        APPROVER,
        MINE + "requisitions/?status=ordered",
        ("/requisitions/REQ-", "/evidence/"),
    ),
    Screen("orders", BUYER, MINE + "orders/"),
    Screen("order", BUYER, MINE + "orders/", ("/orders/ORD-",)),
    Screen("imports", ADMIN, MINE + "imports/"),
    Screen("import_new", ADMIN, MINE + "imports/members/new/"),
    Screen("budgets", ADMIN, MINE + "budgets/"),
    Screen("budget", ADMIN, MINE + "budgets/", ("/budgets/bud_",)),
    Screen("budget_new", ADMIN, MINE + "budgets/new/"),
    Screen("budget_edit", ADMIN, MINE + "budgets/", ("/budgets/bud_", "/edit/")),
    Screen("budget_adjust", ADMIN, MINE + "budgets/", ("/budgets/bud_", "/adjust/")),
    Screen("budget_transfer", ADMIN, MINE + "budgets/", ("/budgets/bud_", "/transfer/")),
    Screen("budget_close", ADMIN, MINE + "budgets/", ("/budgets/bud_", "/edit/", "/close/")),
    Screen("rules", ADMIN, MINE + "rules/"),
    Screen("rulebook", ADMIN, MINE + "rules/", ("/1/", "/rules/rbk_")),
    Screen("rule_version", ADMIN, MINE + "rules/", ("/1/",)),
    Screen("rule_difference", ADMIN, MINE + "rules/", ("/difference/",)),
    Screen("rulebook_draft", ADMIN, MINE + "rules/", ("/draft/",)),
    Screen("draft_settings", ADMIN, MINE + "rules/", ("/draft/", "/draft/settings/")),
    Screen("rule_new", ADMIN, MINE + "rules/", ("/draft/", "/new-rule/")),
    Screen("rule_new?start=by-amount", ADMIN, MINE + "rules/", ("/draft/", "/new-rule/", "by-am")),
    Screen("rule_edit", ADMIN, MINE + "rules/", ("/draft/", "/rule/")),
    Screen("example_new", ADMIN, MINE + "rules/", ("/draft/", "/draft/examples/")),
    Screen("version_restore", ADMIN, MINE + "rules/", ("/1/", "/restore/")),
    Screen("rulebook_import", ADMIN, MINE + "rules/", ("/import/",)),
    Screen("rulebook_keeping", ADMIN, MINE + "rules/", ("/keeping/",)),
    Screen("rulebook_new", ADMIN, MINE + "rules/new/"),
    Screen("rules of a family", "Grace Park", "/c/park/rules/"),
    Screen("customer_rules", "Erik Norden", SHOP + "customers/", ("/customers/cmp_", "/rules/")),
    Screen("back_test", ADMIN, MINE + "rules/", ("/draft/", "/back-tests/")),
    Screen("runs", ADMIN, MINE + "runs/"),
    Screen("simulator", ADMIN, MINE + "simulator/?who=Lena+Vogt&amount=6000"),
    Screen("simulator of a buyer", BUYER, MINE + "simulator/?amount=6000"),
    Screen("members", ADMIN, MINE + "members/"),
    Screen("member", ADMIN, MINE + "members/", ("/members/mem_",)),
    Screen("member_invite", ADMIN, MINE + "members/invite/"),
    Screen("members_invite", ADMIN, MINE + "members/invite-many/"),
    Screen("member_edit", ADMIN, MINE + "members/?q=Lena", ("/members/mem_", "/edit/")),
    Screen("member_leave", ADMIN, MINE + "members/?q=Rashid", ("/members/mem_", "/leave/")),
    Screen("member_away", ADMIN, MINE + "members/?q=Rashid", ("/members/mem_", "/away/")),
    Screen("limit_edit", ADMIN, MINE + "members/?q=Rashid", ("/members/mem_", "/spending/")),
    Screen("members of a family", "Grace Park", "/c/park/members/"),
    Screen("units", ADMIN, MINE + "members/units/"),
    Screen("unit", ADMIN, MINE + "members/units/", ("/units/unt_",)),
    Screen("unit_new", ADMIN, MINE + "members/units/new/"),
    Screen("unit_edit", ADMIN, MINE + "members/units/", ("/units/unt_", "/edit/")),
    Screen("unit_head", ADMIN, MINE + "members/units/", ("/units/unt_", "/head/")),
    Screen(
        "unit_move", ADMIN, MINE + "members/?q=Lena", ("/members/mem_", "/units/unt_", "/move/")
    ),
    Screen(
        "unit_close", ADMIN, MINE + "members/?q=Lena", ("/members/mem_", "/units/unt_", "/close/")
    ),
    Screen("roles", ADMIN, MINE + "members/roles/"),
    Screen("role", ADMIN, MINE + "members/roles/", ("/roles/rol_",)),
    Screen("role_new", ADMIN, MINE + "members/roles/new/"),
    Screen("role_compare", ADMIN, MINE + "members/roles/compare/"),
    Screen("health", ADMIN, MINE + "health/"),
    Screen("audit", ADMIN, MINE + "audit/"),
    Screen("company", ADMIN, MINE + "company/"),
    Screen("company of a family", "Grace Park", "/c/park/company/"),
    Screen("company of the merchant", "Erik Norden", SHOP + "company/"),
    Screen("categories", ADMIN, MINE + "company/categories/"),
    Screen("checklist", ADMIN, MINE + "set-up/"),
    Screen("addresses", ADMIN, MINE + "addresses/"),
    Screen("address", ADMIN, MINE + "addresses/", ("/addresses/adr_",)),
    Screen("address_new", ADMIN, MINE + "addresses/new/"),
    Screen("cost_centers", ADMIN, MINE + "cost-centers/"),
    Screen("cost_center", ADMIN, MINE + "cost-centers/", ("/cost-centers/ccr_",)),
    Screen("cost_center_new", ADMIN, MINE + "cost-centers/new/"),
    Screen("references", ADMIN, MINE + "reference-fields/"),
    Screen("reference_new", ADMIN, MINE + "reference-fields/new/"),
    Screen("keys", ADMIN, MINE + "keys/"),
    Screen("key_new", ADMIN, MINE + "keys/new/"),
    Screen("key_revoke", ADMIN, MINE + "keys/", ("/revoke/",)),
    Screen("own_keys", BUYER, MINE + "settings/keys/"),
    Screen("webhooks", ADMIN, MINE + "webhooks/"),
    Screen("webhook_new", ADMIN, MINE + "webhooks/new/"),
    Screen("deliveries", ADMIN, MINE + "deliveries/"),
    Screen("mails", ADMIN, MINE + "deliveries/mails/"),
    Screen("settings", BUYER, MINE + "settings/"),
    Screen("merchant orders", MERCHANT, SHOP + "orders/?status=unprocessed"),
    Screen("merchant order", MERCHANT, SHOP + "orders/", ("/orders/ORD-",)),
    Screen("awaiting", MERCHANT, SHOP + "awaiting/"),
    Screen("merchant requisition", MERCHANT, SHOP + "awaiting/", ("/requisitions/req_",)),
    Screen("applications", "Erik Norden", SHOP + "customers/applications/"),
    Screen("customer_new", "Erik Norden", SHOP + "customers/new/"),
    Screen("customer_terms", "Erik Norden", SHOP + "customers/", ("/customers/cmp_", "/terms/")),
    Screen("exchange_rates", "Erik Norden", SHOP + "exchange-rates/"),
    Screen("customers", MERCHANT, SHOP + "customers/"),
    Screen("customer", MERCHANT, SHOP + "customers/", ("/customers/cmp_",)),
    Screen("not allowed", BUYER, MINE + "audit/"),
    Screen("not there", BUYER, MINE + "requisitions/REQ-0/"),
    Screen("demo_mailbox", NOBODY, "/demo/mail/"),
    Screen("demo_erp", NOBODY, "/demo/erp/"),
)
ELSEWHERE = {
    "reference": "needs a field, which the demo does not begin with; drawn as reference_new is",
    "application": "needs an application, which the demo does not begin with",
    "audit_export": "a file",
    "role_edit": "the form of role_new; the first role is built in and has none",
    "back_test_changes": "a file",
    "run": "needs a back-test; see test_back_tests",
    "rulebook_export": "a file",
    "rulebook_schema": "JSON",
    "draft_discard": "needs a draft, which the demo does not begin with; see test_rules",
    "confirm": "test_golden_path",
    "demo_mail": "test_golden_path",
    "demo_mail_body": "a mail, in test_golden_path",
    "demo_keys": "JSON",
    "account_inactive": "says one sentence in the frame of account_login",
    "account_reauthenticate": "no page leads there",
    "account_email": "no page leads there",
    "account_email_verification_sent": "no page leads there",
    "account_change_password": "no page leads there",
    "account_set_password": "no page leads there",
    "account_confirm_login_code": "no page leads there",
    "account_confirm_email": "no page leads there",
    "account_reset_password_from_key_done": "says one sentence in the frame of account_login",
    "account_reset_password_from_key": "needs the key of a mail",
    "account_reset_password_done": "says one sentence in the frame of account_login",
}
"""Pages for people that are not looked at here, each with its reason."""

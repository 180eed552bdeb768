"""What each event says, as a sentence with a person in it.

``{who}`` is the actor, ``{subject}`` the thing that it happened to; the other names are values of
the event's payload, ids already turned into names. A decision's sentence also hangs on its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Texts = Mapping[str, str | Promise]

SENTENCES: Final[Texts] = {
    "requisition.submitted": _("{who} submitted {subject} over {total}"),
    "requisition.withdrawn": _("{who} withdrew {subject}"),
    "requisition.rejected": _("{subject} is rejected"),
    "requisition.ordered": _("{subject} became {order}"),
    "requisition.placement_failed": _("{subject} could not be placed: {problem}"),
    "step.opened": _("A step of {subject} was opened"),
    "step.approved": _("A step of {subject} was approved"),
    "step.rejected": _("A step of {subject} was rejected"),
    "decision.recorded approve": _("{who} approved {subject}"),
    "decision.recorded reject": _("{who} rejected {subject}"),
    "decision.applied approve": _("The approval of {subject} took effect"),
    "decision.applied reject": _("The rejection of {subject} took effect"),
    "decision.lapsed": _("A decision about {subject} lapsed: {reason}"),
    "decision.retracted": _("{who} took back a decision about {subject}"),
    "order.created": _("{subject} was placed from {requisition} over {total}"),
    "order.acknowledged": _("{who} took over {subject} as {erp_number}"),
    "order.failed": _("{who} could not take over {subject}"),
    "order.retried": _("{who} put {subject} back among the unprocessed orders"),
    "budget.created": _("{who} created the budget {subject}"),
    "budget.adjusted": _("{who} changed the budget {subject} by {amount}"),
    "budget.reserved": _("{amount} of {subject} was reserved for {requisition}"),
    "budget.committed": _("{amount} of {subject} was committed to {requisition}"),
    "budget.released": _("{amount} of {subject} was released by {requisition}"),
    "budget.expired": _("{amount} of {subject} was set free: {requisition} expired"),
    "rulebook.created": _("{who} created the rulebook {subject}"),
    "rulebook.published": _("{who} published version {version} of {subject}"),
    "rulebook.changed": _("{who} changed the rulebook {subject}"),
    "rulebook.draft_saved": _("{who} saved a draft of {subject}"),
    "rulebook.draft_discarded": _("{who} discarded the draft of {subject}"),
    "cart.created": _("{who} opened the cart {subject}"),
    "cart.renamed": _("{who} renamed the cart {subject}"),
    "cart.archived": _("{who} put the cart {subject} away"),
    "cart.described": _("{who} filled in the references of {subject}"),
    "cart.shared": _("{who} shared {subject} with {member} ({level})"),
    "cart.unshared": _("{who} stopped sharing {subject} with {member}"),
    "cart.line_added": _("{who} added {quantity} of {sku} to {subject}"),
    "cart.line_changed": _("{who} changed {sku} in {subject} from {before} to {quantity}"),
    "cart.line_removed": _("{who} removed {sku} from {subject}"),
    "cart.lines_pasted": _("{who} pasted into {subject}, {rows} in all"),
    "cart.line_allocated": _("{who} split a line of {subject}"),
    "comment.added": _("{who} commented"),
    "comment.thread_resolved": _("{who} resolved a thread"),
    "member.added": _("{who} added {subject} to {unit}"),
    "member.deactivated": _("{who} deactivated {subject}"),
    "member.role_granted": _("{who} gave {subject} the role {role}"),
    "member.role_revoked": _("{who} took the role {role} from {subject}"),
    "member.absence_set": _("{who} set an absence of {subject}, {starts_at} to {ends_at}"),
    "member.absence_ended": _("{who} ended the absence of {subject}"),
    "delegation.created": _(
        "{who} let {delegate} decide for {principal}, {starts_at} to {ends_at}"
    ),
    "delegation.ended": _("{who} ended a delegation"),
    "role.created": _("{who} created the role {subject}"),
    "unit.added": _("{who} added the unit {subject}"),
    "unit.head_named": _("{who} named {member} head of {subject}"),
    "address.added": _("{who} added the address {subject}"),
    "cost_center.added": _("{who} added the cost centre {subject}"),
    "company.created": _("{who} set up {subject}"),
    "company.suspended": _("{who} suspended {subject}"),
    "company.resumed": _("{who} ended the suspension of {subject}"),
    "key.created": _("{who} created the API key {subject}"),
    "key.revoked": _("{who} revoked the API key {subject}"),
    "endpoint.added": _("{who} added the endpoint {subject}"),
    "endpoint.disabled": _("{who} switched off the endpoint {subject}"),
    "endpoint.enabled": _("{who} switched on the endpoint {subject}"),
    "endpoint.secret_rotated": _("{who} rotated the secret of {subject}"),
    "endpoint.test_sent": _("{who} sent a test event to {subject}"),
    "delivery.retried": _("{who} tried a delivery again"),
    "delivery.replayed": _("{who} replayed a delivery"),
    "mail.retried": _("{who} tried a mail again"),
    "price_list.created": _("{who} created the price list {subject}"),
    "price_list.prices_set": _("{who} set the prices of {products} products in {subject}"),
    "price_list.assigned": _("{who} gave {company} the price list {subject}"),
    "product.set": _("{who} wrote the product {subject}"),
    "category.set": _("{who} wrote the category {subject}"),
    "store_terms.set": _("{who} set the terms of the store in {currency}"),
}

CHANNELS: Final[Texts] = {
    "web": "",
    "mail": _("by mail"),
    "api": _("through the API"),
    "import": _("by an import"),
    "system": "",
}

KINDS: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "requisition": (_("Requisitions"), "file-text"),
    "step": (_("Steps"), "list-checks"),
    "decision": (_("Decisions"), "stamp"),
    "order": (_("Orders"), "package"),
    "budget": (_("Budgets"), "gauge"),
    "rulebook": (_("Rulebooks"), "scale"),
    "cart": (_("Carts"), "shopping-cart"),
    "comment": (_("Comments"), "message-square"),
    "member": (_("Members"), "users"),
    "delegation": (_("Delegations"), "arrow-right-left"),
    "role": (_("Roles"), "id-card"),
    "unit": (_("Units"), "network"),
    "address": (_("Addresses"), "map-pin"),
    "cost_center": (_("Cost centres"), "receipt"),
    "company": (_("Company"), "building-2"),
    "key": (_("API keys"), "key-round"),
    "endpoint": (_("Endpoints"), "webhook"),
    "delivery": (_("Deliveries"), "send"),
    "mail": (_("Mails"), "mail"),
    "price_list": (_("Price lists"), "tag"),
    "product": (_("Products"), "box"),
    "category": (_("Categories"), "folder-tree"),
    "store_terms": (_("Terms of the store"), "store"),
}
"""The things that events are about: the heading of their filter, and their icon."""

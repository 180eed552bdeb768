"""Carts: live and shared baskets. Nothing that is decided ever refers to one."""

from __future__ import annotations

from django.db import models

from placet.catalog.models import Product
from placet.companies.models import Address, Company, CostCenter, Member, Unit
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference
from placet.threads.models import Thread


class Cart(Resource):
    """A named basket of one member, in one unit, for one purchase to come.

    ``revises`` is the id of the requisition whose next revision an open cart is to become,
    ``rebuilds`` that of one that ended without an order, and that it makes another try of.
    ``given_by`` made the owner the owner: until they take it over nobody else may submit it, since
    what is submitted counts as the owner's.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        SUBMITTED = "submitted"
        ARCHIVED = "archived"

    id = IdField("cart")
    company = reference(Company)
    unit = reference(Unit)
    owner = reference(Member)
    given_by = reference(Member, null=True, blank=True)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    currency = models.CharField(max_length=3)
    # One of the terms that the company is offered; empty is its usual one.
    terms = models.CharField(max_length=40, blank=True, default="")
    po_number = models.CharField(max_length=60, blank=True, default="")
    # The company's own reference fields, by key.
    references = models.JSONField(default=dict, blank=True)
    justification = models.CharField(max_length=2000, blank=True, default="")
    cost_center = reference(CostCenter, null=True, blank=True)
    ship_to = reference(Address, null=True, blank=True)
    bill_to = reference(Address, null=True, blank=True)
    requested_on = models.DateField(null=True, blank=True)
    thread = reference(Thread, null=True, blank=True)
    revises = models.CharField(max_length=40, blank=True, default="")
    rebuilds = models.CharField(max_length=40, blank=True, default="")
    # The offer that submitting an open cart accepts, in the words of the frozen content.
    quoted = models.JSONField(default=dict, blank=True)
    # Who of the merchant's staff fills it for the owner, who does not see it, and why.
    staff = reference(Member, null=True, blank=True)
    staff_reason = models.CharField(max_length=400, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["company", "owner", "status"], name="cart_by_owner"),
            models.Index(
                fields=["company", "-changed_at", "-id"],
                condition=models.Q(status="open"),
                name="open_carts",
            ),
            models.Index(fields=["revises"], condition=~models.Q(revises=""), name="cart_revising"),
        ]


class CartLine(Resource):
    """A product in a cart. Its price is looked up, never stored: a cart is live.

    Only where the merchant holds a price for exactly ``held_quantity`` pieces, until ``held_until``
    (a day of the merchant's calendar, included), that price stands here. ``changed_by`` was the
    last to set its quantity after it was added; nobody has where it is empty.
    """

    id = IdField("lin")
    cart = reference(Cart, related_name="lines", on_delete=models.CASCADE)
    product = reference(Product)
    position = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()
    added_by = reference(Member)
    changed_by = reference(Member, null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    replaces_sku = models.CharField(max_length=64, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    # The company's own reference fields that are asked line by line, by key.
    references = models.JSONField(default=dict, blank=True)
    thread = reference(Thread, null=True, blank=True)
    held_price_minor = MinorUnitsField(null=True, blank=True)
    held_quantity = models.PositiveBigIntegerField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "product"], name="a_product_once_a_cart"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=1_000_000),
                name="cart_quantity_in_range",
            ),
        ]


class CartAllocation(Record):
    """A part of a line: quantity, ship-to, cost centre, need-by.

    A line without rows is one allocation of its whole quantity, to the cart's own ship-to and cost
    centre; with rows their quantities add up to the line's.
    """

    id = IdField("alc")
    line = reference(CartLine, related_name="allocations", on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()
    ship_to = reference(Address, null=True, blank=True)
    cost_center = reference(CostCenter, null=True, blank=True)
    need_by_on = models.DateField(null=True, blank=True)


class GrantLevel(models.TextChoices):
    """How far a grant goes; each holds those before it."""

    VIEW = "view"
    COMMENT = "comment"
    EDIT = "edit"


class CartGrant(Record):
    """What a colleague, or everybody of a unit and below it, may do with a cart not theirs."""

    id = IdField("grn")
    cart = reference(Cart, related_name="grants", on_delete=models.CASCADE)
    member = reference(Member, null=True, blank=True)
    unit = reference(Unit, null=True, blank=True)
    level = models.CharField(max_length=8, choices=GrantLevel.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "member"], name="one_grant_each"),
            models.UniqueConstraint(fields=["cart", "unit"], name="one_grant_a_unit"),
            models.CheckConstraint(
                condition=models.Q(member__isnull=True) ^ models.Q(unit__isnull=True),
                name="grant_names_one",
            ),
        ]


class CartVisit(Record):
    """When a member last looked at a cart, and what stood there: an access row, no fact.

    ``seen`` maps a product's id to ``[unit_price_minor, stock, quantity, is_for_sale]``.
    """

    id = IdField("cvi")
    cart = reference(Cart, related_name="visits", on_delete=models.CASCADE)
    member = reference(Member)
    seen_at = models.DateTimeField()
    seen = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cart", "member"], name="one_visit_each")]


class CartAuthor(Record):
    """A member who shaped the content of a cart: added, raised, substituted or redirected a line.

    Whoever is written here cannot approve what the cart becomes.
    """

    id = IdField("cau")
    cart = reference(Cart, related_name="authors", on_delete=models.CASCADE)
    member = reference(Member)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cart", "member"], name="author_once")]

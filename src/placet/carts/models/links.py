"""Links for people outside: one fixed view of a cart or a list."""

from __future__ import annotations

from django.db import models

from placet.carts.models.cart import Cart
from placet.carts.models.lists import PurchaseList
from placet.companies.models import Company, Member
from placet.core.models import IdField, Record, Resource, reference
from placet.threads.models import Thread


class ShareLink(Resource):
    """An outside link to a cart or a list. Its token is shown once and stored as a hash.

    Without ``shows_prices`` no price of the contract is told, without ``shows_names`` nobody's
    name. Opening it changes nothing but the count.
    """

    id = IdField("shl")
    company = reference(Company)
    cart = reference(Cart, null=True, blank=True, related_name="links")
    purchase_list = reference(PurchaseList, null=True, blank=True, related_name="links")
    created_by = reference(Member)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=16)
    shows_prices = models.BooleanField(default=False)
    shows_names = models.BooleanField(default=False)
    may_comment = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # What is said through the link; nothing that is said inside ever stands there.
    thread = reference(Thread, null=True, blank=True)
    opened_count = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cart__isnull=True) ^ models.Q(purchase_list__isnull=True),
                name="link_names_one_thing",
            ),
        ]


class LinkGuest(Record):
    """A stranger who wants to comment through a link: may do so once the address is confirmed.

    Each mail to the address has a number, and confirms once: as long as it is the latest one and
    ``used_number`` is lower.
    """

    id = IdField("gst")
    link = reference(ShareLink, related_name="guests")
    email = models.EmailField()
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="en")
    mail_number = models.PositiveIntegerField(default=1)
    used_number = models.PositiveIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "email"], name="one_guest_a_link")]

"""Who acts: one small value, made once a request and passed to every action."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Channel = Literal["web", "api", "mail", "mail_link", "import", "schedule", "system"]
"""How somebody acts: ``mail`` is a mail's link after a sign-in, ``mail_link`` the link alone.

``schedule`` is a standing requisition that acts for its owner.
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission and the part of the company where it holds; an empty path is all of it."""

    permission: str
    unit_path: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user as a member of one company, through one channel.

    ``person_user_id`` is the human at the keyboard: the same as ``user_id``, except where staff act
    on behalf of a customer or a key of a company acts: then it is the key. ``maker_…`` is whoever
    made that key, since they could be the one who holds it. ``key_id`` is the key, a personal one
    too. ``staff_member_id`` is who of the merchant's staff acts on behalf of the member, and
    ``customer_ids`` whose things one of the merchant's staff may see at all: all where it is None.
    It holds values only, so that every layer may take one.
    """

    channel: Channel
    company_id: str
    company_slug: str
    company_name: str
    company_kind: str
    currency: str
    member_id: str = ""
    user_id: str = ""
    name: str = ""
    unit_id: str = ""
    unit_name: str = ""
    unit_path: str = ""
    person_user_id: str = ""
    maker_user_id: str = ""
    maker_member_id: str = ""
    key_id: str = ""
    staff_member_id: str = ""
    staff_name: str = ""
    customer_ids: frozenset[str] | None = None
    language: str = "en"
    time_zone: str = "UTC"
    grants: frozenset[Grant] = field(default_factory=frozenset)

    @property
    def is_merchant(self) -> bool:
        """Whether this is a member of the merchant's staff."""
        return self.company_kind == "merchant"

    @property
    def is_system(self) -> bool:
        """Whether nobody is at the keyboard: a timetable, a dispatcher, a set-up."""
        return self.channel == "system"

    @property
    def humans(self) -> frozenset[str]:
        """The users, and the key, any of whom could be the human who acts."""
        return frozenset({self.user_id, self.person_user_id, self.maker_user_id} - {""})

    def is_oneself(self, user_id: str) -> bool:
        """Whether this user could be the human who acts: what they do would be for themselves."""
        return user_id in self.humans

    def holds(self, permission: str, *, unit_path: str = "") -> bool:
        """Whether the actor has the permission for this unit (``""``: for the whole company)."""
        return any(
            grant.permission == permission and is_within(unit_path, grant.unit_path)
            for grant in self.grants
        )

    def holds_anywhere(self, permission: str) -> bool:
        """Whether the actor has the permission for any part of the company."""
        return any(grant.permission == permission for grant in self.grants)

    def paths_of(self, permission: str) -> tuple[str, ...]:
        """The parts of the company for which the permission is held; ``("",)`` is all of it."""
        return tuple(sorted({g.unit_path for g in self.grants if g.permission == permission}))


def is_within(unit_path: str, ancestor_path: str) -> bool:
    """Whether a unit lies in the subtree of another; every unit lies in the company (``""``)."""
    return ancestor_path == "" or unit_path.startswith(ancestor_path)


def system_actor(company_id: str, company_slug: str, kind: str, currency: str) -> Actor:
    """The actor of work that no person started: expiry, dispatch, set-up."""
    return Actor(
        channel="system",
        company_id=company_id,
        company_slug=company_slug,
        company_name="",
        company_kind=kind,
        currency=currency,
        name="Placet",
    )

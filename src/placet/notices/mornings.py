"""When a member's day begins: the daily mail is there when they begin to work."""

from __future__ import annotations

from datetime import datetime

from placet.companies.models import Member
from placet.companies.working_time import calendar_of_member
from placet.policy.working_time import next_opening


def next_morning(member: Member, after: datetime) -> datetime:
    """The begin of the member's next working day, in their own zone, behind ``after``."""
    return next_opening(after, calendar_of_member(member))

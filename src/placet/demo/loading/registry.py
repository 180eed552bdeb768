"""What was loaded so far, by the keys of the world, and when things happen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from placet.budgets.models import Budget
from placet.catalog.models import PriceList, Product
from placet.companies.acting import get_actor
from placet.companies.models import Address, Company, CostCenter, Member, Role, Unit
from placet.core.actor import Actor, Channel, system_actor
from placet.demo.world.scale import FULL, Scale


@dataclass(slots=True)
class Registry:
    """Rows by the keys of the world; ``now`` is the moment of loading."""

    now: datetime
    seed: int
    scale: Scale = FULL
    companies: dict[str, Company] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    roles: dict[tuple[str, str], Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    addresses: dict[str, Address] = field(default_factory=dict)
    cost_centers: dict[str, CostCenter] = field(default_factory=dict)
    budgets: dict[str, Budget] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    price_lists: dict[str, PriceList] = field(default_factory=dict)
    requisitions: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of loading, where the merchant is."""
        return self.now.astimezone(ZoneInfo("Europe/Berlin")).date()

    @property
    def setup(self) -> datetime:
        """When companies, people, catalog and rules were set up."""
        return self.now + timedelta(days=self.scale.setup_day)

    def day(self, offset: int) -> date:
        """The day so many days from today; negative is before."""
        return self.today + timedelta(days=offset)

    def at(self, company: str, day: date, minute: int = 0) -> datetime:
        """An instant of a day in the company's zone; ``minute`` counts from midnight."""
        zone = ZoneInfo(self.companies[company].time_zone)
        return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(
            self.now.tzinfo
        )

    def system(self, company: str) -> Actor:
        """The set-up itself, which no person did."""
        row = self.companies[company]
        return system_actor(row.id, row.slug, row.kind, row.currency)

    def actor(self, member: str, channel: Channel = "web") -> Actor:
        """A member as they act, with the rights that they hold; looked up once."""
        if member not in self._actors:
            row = self.members[member]
            self._actors[member] = get_actor(
                user_id=row.user_id, company_slug=row.company.slug, channel="web"
            )
        return replace(self._actors[member], channel=channel)

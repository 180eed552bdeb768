"""All memberships together, and what limits, replaces or takes people away."""

from placet.demo.world.members.meridian import MEMBERS as MERIDIAN_MEMBERS
from placet.demo.world.members.others import (
    BERG_MEMBERS,
    HARBOUR_MEMBERS,
    KOWALSKI_MEMBERS,
    NORDEN_MEMBERS,
    PARK_MEMBERS,
)
from placet.demo.world.shapes import ANY_AMOUNT, Absence, Authority, Delegation, Limit, Member

MEMBERS: tuple[Member, ...] = (
    *MERIDIAN_MEMBERS,
    *KOWALSKI_MEMBERS,
    *HARBOUR_MEMBERS,
    *PARK_MEMBERS,
    *BERG_MEMBERS,
    *NORDEN_MEMBERS,
)

# Everybody who is not named here is unrestricted: their company's rules alone decide.
LIMITS = (
    Limit("yuki", "always", order_maximum_minor=150_00),
    Limit("felix", "over", order_maximum_minor=1_500_00, period_spend_minor=6_000_00),
    Limit("kim", "hard", order_maximum_minor=300_00),
    Limit("tove", "over", order_maximum_minor=800_00, period="week", period_orders=3),
    Limit("nils", "over", period="month", period_spend_minor=2_500_00),
    Limit("emil", "over", categories=("medical-devices", "medical-consumables", "office")),
)

# As approvers; whoever is not named here covers nothing in a chain that climbs.
AUTHORITIES = (
    Authority("rashid", 5_000_00),
    Authority("mei", 1_000_00),
    Authority("elif", 5_000_00),
    Authority("amelie", 5_000_00),
    Authority("daniel", 3_000_00),
    Authority("ingrid", 3_000_00),
    Authority("viktor", 2_000_00),
    Authority("omar", 3_000_00),
    Authority("anika", 5_000_00),
    Authority("greta", 10_000_00),
    Authority("helena", 25_000_00),
    Authority("margit", unlimited=True),
    Authority("marta", unlimited=True),
    # The store manager releases orders of 80.00 and more, of any size; the owner anything.
    Authority("signe", ANY_AMOUNT, order_minimum_minor=80_00),
    Authority("erik", unlimited=True),
)

# Today only Birgit is away, and Rashid stands in. From the sixth day on Elif and her deputy
# Henrik overlap for three days: the gap that the approvals health shows.
ABSENCES = (
    Absence("birgit", -2, 3),
    Absence("elif", 6, 12),
    Absence("henrik", 7, 9),
    Absence("ivo", -20, -15),
)

DELEGATIONS = (
    Delegation("rashid", "mei", -90, 275),
    Delegation("birgit", "rashid", -2, 3, cap_minor=2_000_00),
    Delegation("elif", "henrik", 5, 12),
    Delegation("ivo", "greta", -20, -15),
)

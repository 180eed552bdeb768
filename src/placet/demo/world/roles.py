"""Roles that the companies made for themselves, beside those that every company is born with.

Rules select people by a role's key. The permissions are the words of ``companies.permissions``.
"""

from placet.demo.world.companies import MERIDIAN, PARK
from placet.demo.world.shapes import Role

_SEES = ("price.view", "budget.view")

ROLES = (
    Role(MERIDIAN, "biomedical_engineering", "Biomedical engineering", _SEES),
    Role(MERIDIAN, "finance", "Finance", _SEES),
    Role(MERIDIAN, "pharmacist", "Pharmacist", _SEES),
    Role(MERIDIAN, "it_standards", "IT standards", _SEES),
    Role(MERIDIAN, "hygiene_board", "Hygiene board", _SEES),
    # A grandmother orders for herself as an adult, and is nobody's parent here.
    Role(PARK, "grandparent", "Grandparent", ("order.submit", *_SEES)),
)

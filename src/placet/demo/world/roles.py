"""Roles that the companies made for themselves. Rules select people by them.

Built-in roles (``buyer``, ``approver``, ``company_admin``, ``auditor``) come with each company. The
permissions are the words of the product; a role without any is only there for rules to name.
"""

from placet.demo.world.companies import MERIDIAN, NORDEN, PARK
from placet.demo.world.shapes import Role

BUILT_IN = ("buyer", "approver", "company_admin", "auditor")

ROLES = (
    Role(MERIDIAN, "biomedical-engineering", "Biomedical engineering"),
    Role(MERIDIAN, "finance", "Finance"),
    Role(MERIDIAN, "pharmacist", "Pharmacist"),
    Role(MERIDIAN, "it-standards", "IT standards"),
    Role(MERIDIAN, "hygiene-board", "Hygiene board"),
    Role(PARK, "parent", "Parent"),
    Role(PARK, "child", "Child"),
    Role(NORDEN, "order-desk", "Order desk"),
    Role(NORDEN, "store-manager", "Store manager"),
    Role(NORDEN, "owner", "Owner"),
    Role(NORDEN, "sales", "Sales"),
)

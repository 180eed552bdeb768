"""The use cases of companies: one file for each kind of thing that changes."""

from placet.companies.actions.add_member import add_member
from placet.companies.actions.addresses import add_address, add_cost_center
from placet.companies.actions.api_keys import (
    create_api_key,
    create_personal_key,
    revoke_api_key,
    rotate_api_key,
)
from placet.companies.actions.change_company import change_company
from placet.companies.actions.change_own_settings import change_own_settings
from placet.companies.actions.change_store import change_store
from placet.companies.actions.create_company import create_company
from placet.companies.actions.places import (
    change_address,
    close_address,
    close_cost_center,
    share_address,
)
from placet.companies.actions.reference_fields import (
    add_reference_field,
    change_reference_field,
    close_reference_field,
)
from placet.companies.actions.roles import clone_role, create_role
from placet.companies.actions.suspend_company import resume_company, suspend_company
from placet.companies.actions.units import add_unit, change_unit
from placet.companies.numbers import next_number
from placet.companies.organisation.absences import (
    delegate_to,
    end_absence,
    end_delegation,
    set_absence,
)
from placet.companies.organisation.heads import name_head
from placet.companies.organisation.memberships import deactivate_member
from placet.companies.organisation.role_grants import grant_role, revoke_role

__all__ = [
    "add_address",
    "add_cost_center",
    "add_member",
    "add_reference_field",
    "add_unit",
    "change_address",
    "change_company",
    "change_own_settings",
    "change_reference_field",
    "change_store",
    "change_unit",
    "clone_role",
    "close_address",
    "close_cost_center",
    "close_reference_field",
    "create_api_key",
    "create_company",
    "create_personal_key",
    "create_role",
    "deactivate_member",
    "delegate_to",
    "end_absence",
    "end_delegation",
    "grant_role",
    "name_head",
    "next_number",
    "resume_company",
    "revoke_api_key",
    "revoke_role",
    "rotate_api_key",
    "set_absence",
    "share_address",
    "suspend_company",
]

"""Who people are and what they may do. The merchant is the one company of kind ``merchant``."""

from placet.companies.models.desk import ColumnMap, CustomerRep, SavedView, Store
from placet.companies.models.doors import ApiKey, CompanyApplication, NumberSequence
from placet.companies.models.people import Company, Member, Unit, User, UserAccounts
from placet.companies.models.places import Address, AddressGrant, CostCenter, ReferenceField
from placet.companies.models.rights import Absence, Delegation, Limit, Role, RoleGrant

__all__ = [
    "Absence",
    "Address",
    "AddressGrant",
    "ApiKey",
    "ColumnMap",
    "Company",
    "CompanyApplication",
    "CostCenter",
    "CustomerRep",
    "Delegation",
    "Limit",
    "Member",
    "NumberSequence",
    "ReferenceField",
    "Role",
    "RoleGrant",
    "SavedView",
    "Store",
    "Unit",
    "User",
    "UserAccounts",
]

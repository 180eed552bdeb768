"""All requisitions together: the 24 that are open, and those that have ended."""

from placet.demo.world.requisitions import departments, ended, intensive_care, other_companies
from placet.demo.world.requisitions.shapes import Requisition

OPEN: tuple[Requisition, ...] = (
    *intensive_care.REQUISITIONS,
    *departments.REQUISITIONS,
    *other_companies.REQUISITIONS,
)
ENDED: tuple[Requisition, ...] = ended.REQUISITIONS
REQUISITIONS: tuple[Requisition, ...] = (*OPEN, *ENDED)

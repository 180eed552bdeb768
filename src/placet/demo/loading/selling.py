"""Tax classes before the products; assortments, part numbers and promotions after them."""

from __future__ import annotations

from datetime import timedelta

from placet.catalog.actions import (
    AssortmentValues,
    Audience,
    PromotionValues,
    create_assortment,
    create_promotion,
    create_tax_class,
)
from placet.catalog.actions.part_numbers import set_part_number
from placet.catalog.keeping import Naming
from placet.demo.loading.registry import Registry
from placet.demo.world import selling
from placet.demo.world.companies import HARBOUR, KOWALSKI, MERIDIAN, NORDEN
from placet.demo.world.part_numbers import PART_NUMBERS

# Who keeps the numbers of a company.
KEEPERS = {MERIDIAN: "ines", HARBOUR: "ana", KOWALSKI: "marta"}


def load_tax_classes(registry: Registry) -> None:
    """The kinds of goods that are taxed alike."""
    actor, now = registry.system(NORDEN), registry.setup
    for tax_class in selling.TAX_CLASSES:
        create_tax_class(
            tax_class.key, name=tax_class.name, rates=tax_class.rates, actor=actor, now=now
        )


def load_selling(registry: Registry) -> None:
    """What is held back from whom, and what companies call the products."""
    _load_assortments(registry)
    for entry in PART_NUMBERS:
        set_part_number(
            registry.products[entry.sku],
            number=entry.number,
            actor=registry.actor(KEEPERS[entry.company]),
            now=registry.setup,
        )


def load_promotions(registry: Registry) -> None:
    """They begin now, after everything else has happened: what was bought before had none."""
    for promotion in selling.PROMOTIONS:
        last_day = promotion.last_day
        values = PromotionValues(
            name=promotion.name,
            kind=promotion.kind,
            currency="EUR",
            company=registry.companies[promotion.company] if promotion.company else None,
            from_goods_minor=promotion.from_goods_minor,
            from_quantity=promotion.from_quantity,
            amount_minor=promotion.amount_minor,
            basis_points=promotion.basis_points,
            valid_from=registry.day(0),
            valid_until=None if last_day is None else registry.today + timedelta(days=last_day),
            naming=Naming(categories=promotion.categories),
        )
        create_promotion(
            promotion.key, values=values, actor=registry.system(NORDEN), now=registry.now
        )


def _load_assortments(registry: Registry) -> None:
    for assortment in selling.ASSORTMENTS:
        is_merchant = assortment.by == NORDEN
        audience = Audience(
            unit=registry.units[assortment.unit] if assortment.unit else None,
            member=registry.members[assortment.member] if assortment.member else None,
        )
        create_assortment(
            registry.companies[assortment.company],
            values=AssortmentValues(
                assortment.name, assortment.effect, Naming(assortment.categories), audience
            ),
            actor=registry.system(NORDEN) if is_merchant else registry.actor(assortment.by),
            now=registry.setup,
        )

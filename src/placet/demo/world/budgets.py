"""Budgets, with the figures that they show when the world is complete."""

from placet.demo.world.companies import KOWALSKI, MERIDIAN, PARK
from placet.demo.world.shapes import Budget

BUDGETS = (
    # 25,000 - 18,400 - 2,100 leaves 4,500; the golden cart of 3,240 then leaves 1,260.
    Budget("icu-consumables", MERIDIAN, "ICU consumables {quarter}", "cost_center", "4410",
           "rashid", "this_quarter", "approve", 25_000_00, 18_400_00, 2_100_00),
    # The two syringe pumps, 4,180, take it 180 over.
    Budget("icu-equipment", MERIDIAN, "ICU equipment {year}", "cost_center", "4411",
           "rashid", "this_year", "approve", 48_000_00, 44_000_00, 4_180_00),
    Budget("icu-maintenance", MERIDIAN, "ICU maintenance {year}", "cost_center", "4412",
           "rashid", "this_year", "warn", 12_000_00, 9_390_00, 400_00),
    # 94 % used.
    Budget("surgery-consumables", MERIDIAN, "Surgery consumables {quarter}", "cost_center", "4420",
           "elif", "this_quarter", "approve", 60_000_00, 56_400_00, 1_361_80),
    Budget("surgical-instruments", MERIDIAN, "Surgical instruments {year}", "cost_center", "4421",
           "elif", "this_year", "approve", 80_000_00, 41_250_00),
    Budget("radiology-consumables", MERIDIAN, "Radiology {quarter}", "cost_center", "4430",
           "amelie", "this_quarter", "approve", 45_000_00, 24_300_00, 7_915_00),
    Budget("laboratory-reagents", MERIDIAN, "Laboratory reagents {quarter}", "cost_center", "4440",
           "daniel", "this_quarter", "approve", 52_000_00, 30_120_00, 4_012_36),
    Budget("laboratory-equipment", MERIDIAN, "Laboratory equipment {year}", "cost_center", "4441",
           "daniel", "this_year", "block", 35_000_00, 33_600_00),
    Budget("pharmacy-stock", MERIDIAN, "Pharmacy stock", "cost_center", "4450",
           "ingrid", "this_month", "approve", 18_000_00, 9_940_00, 1_649_70, True, "left"),
    # Its last day is tomorrow.
    Budget("vaccination", MERIDIAN, "Vaccination campaign", "cost_center", "4451",
           "ingrid", "ends_tomorrow", "approve", 14_000_00, 12_460_00, 571_00),
    Budget("infection-control", MERIDIAN, "Infection control", "cost_center", "4460",
           "lucia", "this_quarter", "approve", 8_000_00, 5_882_00, 238_00, True),
    Budget("staff-areas", MERIDIAN, "Staff areas {quarter}", "cost_center", "4470",
           "birgit", "this_quarter", "approve", 6_000_00, 5_000_00, 148_20),
    Budget("point-of-care", MERIDIAN, "Point of care {quarter}", "cost_center", "4480",
           "daniel", "this_quarter", "approve", 9_000_00, 5_130_00, 552_00),
    Budget("building", MERIDIAN, "Building maintenance", "cost_center", "4520",
           "viktor", "this_month", "warn", 12_000_00, 7_815_00, 0, True, "all"),
    # Overdrawn.
    Budget("catering", MERIDIAN, "Catering {quarter}", "cost_center", "4530",
           "hana", "this_quarter", "warn", 9_000_00, 9_312_40),
    Budget("finance-unit", MERIDIAN, "Finance {year}", "unit", "finance",
           "greta", "this_year", "approve", 26_000_00, 15_480_00, 5_816_85),
    Budget("computers", MERIDIAN, "Computers {year}", "category", "it/computers",
           "omar", "this_year", "approve", 120_000_00, 88_900_00, 3_447_00),
    Budget("trainee", MERIDIAN, "Trainee Yuki {quarter}", "member", "yuki",
           "daniel", "this_quarter", "block", 1_500_00, 620_00, 105_80),
    Budget("kowalski-month", KOWALSKI, "Magazyn", "cost_center", "kowalski-4410",
           "jan", "this_month", "warn", 9_000_00, 5_260_00, 1_118_40, True),
    # Pocket money: what is not spent stays.
    Budget("mina-pocket", PARK, "Mina's pocket money", "member", "mina",
           "grace-at-home", "this_month", "approve", 50_00, 34_60, 0, True, "left"),
    Budget("leo-pocket", PARK, "Leo's pocket money", "member", "leo",
           "david", "this_month", "approve", 25_00, 8_20, 12_00, True, "left"),
)  # fmt: skip

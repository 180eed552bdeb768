"""Reagents by name, purity and pack; strong acids and poisons are restricted."""

from placet.demo.world.catalog.ranges.shapes import LYSA, PIECE, ranged
from placet.demo.world.catalog.shapes import Family

_SHELF = "laboratory/reagents"
_SALTS = (
    ("ammonium-chloride", "Ammonium chloride", "14.20"),
    ("ammonium-sulfate", "Ammonium sulfate", "13.80"),
    ("boric-acid", "Boric acid", "19.60"),
    ("calcium-chloride", "Calcium chloride dihydrate", "16.90"),
    ("citric-acid", "Citric acid monohydrate", "15.30"),
    ("copper-sulfate", "Copper(II) sulfate pentahydrate", "21.70"),
    ("edta", "EDTA disodium salt dihydrate", "28.40"),
    ("glucose", "D-Glucose", "12.60"),
    ("glycine", "Glycine", "24.10"),
    ("magnesium-chloride", "Magnesium chloride hexahydrate", "15.90"),
    ("magnesium-sulfate", "Magnesium sulfate heptahydrate", "13.20"),
    ("potassium-chloride", "Potassium chloride", "14.60"),
    ("potassium-phosphate", "Potassium dihydrogen phosphate", "18.80"),
    ("potassium-iodide", "Potassium iodide", "46.50"),
    ("sodium-acetate", "Sodium acetate trihydrate", "15.10"),
    ("sodium-bicarbonate", "Sodium hydrogen carbonate", "11.40"),
    ("sodium-carbonate", "Sodium carbonate", "12.30"),
    ("sodium-chloride", "Sodium chloride", "10.80"),
    ("sodium-citrate", "Trisodium citrate dihydrate", "17.60"),
    ("sodium-phosphate", "Disodium hydrogen phosphate", "17.20"),
    ("sodium-thiosulfate", "Sodium thiosulfate pentahydrate", "14.90"),
    ("sucrose", "Sucrose", "11.90"),
    ("tris", "Tris(hydroxymethyl)aminomethane", "33.70"),
    ("urea", "Urea", "13.70"),
    ("zinc-sulfate", "Zinc sulfate heptahydrate", "18.30"),
)
_LIQUIDS = (
    ("acetone", "Acetone", "17.40", False),
    ("acetonitrile", "Acetonitrile", "41.20", True),
    ("acetic-acid", "Acetic acid, glacial", "22.80", True),
    ("ammonia", "Ammonia solution 25 %", "18.10", True),
    ("dichloromethane", "Dichloromethane", "24.30", True),
    ("dmso", "Dimethyl sulfoxide", "48.60", False),
    ("ethyl-acetate", "Ethyl acetate", "21.50", False),
    ("formaldehyde", "Formaldehyde solution 37 %", "26.20", True),
    ("glycerol", "Glycerol 99.5 %", "23.90", False),
    ("heptane", "n-Heptane", "27.70", False),
    ("hydrochloric-acid", "Hydrochloric acid 37 %", "19.30", True),
    ("hydrogen-peroxide", "Hydrogen peroxide 30 %", "20.60", True),
    ("isopropanol", "2-Propanol", "16.80", False),
    ("methanol", "Methanol", "18.90", True),
    ("nitric-acid", "Nitric acid 65 %", "25.40", True),
    ("phosphoric-acid", "Phosphoric acid 85 %", "26.90", True),
    ("sulfuric-acid", "Sulfuric acid 96 %", "24.70", True),
    ("toluene", "Toluene", "19.80", True),
    ("xylene", "Xylene, mixture of isomers", "20.90", True),
)
_STAINS = (
    "Crystal violet", "Eosin Y", "Giemsa", "Haematoxylin", "Methylene blue", "Safranin O",
    "Sudan III", "Toluidine blue",
)  # fmt: skip


def _salt(place: int, key: str, name: str, price: str) -> Family:
    whole = int(price.replace(".", ""))
    return ranged(
        f"reagent-{key}", f"{name}, p.a.", _SHELF, LYSA, "p-flask", PIECE, 36000 + place * 3,
        f"100 g @ {price}",
        f"500 g @ {_amount(whole * 22 // 10)}",
        f"1 kg @ {_amount(whole * 37 // 10)}",
        differs="Pack", tags=("reagent",), lead_days=4,
    )  # fmt: skip


def _liquid(place: int, key: str, name: str, price: str, is_restricted: bool) -> Family:
    whole = int(price.replace(".", ""))
    return ranged(
        f"solvent-{key}", f"{name}, p.a.", _SHELF, LYSA, "p-flask", PIECE, 36100 + place * 2,
        f"1 l @ {price}",
        f"2.5 l @ {_amount(whole * 21 // 10)}",
        differs="Pack", tags=("hazardous", "reagent"), lead_days=5, restricted=is_restricted,
    )  # fmt: skip


def _amount(minor: int) -> str:
    """Rounded down to ten cents, as catalogs do."""
    return f"{minor // 100}.{minor % 100 // 10}0"


FAMILIES: tuple[Family, ...] = (
    *(_salt(place, *salt) for place, salt in enumerate(_SALTS)),
    *(_liquid(place, *liquid) for place, liquid in enumerate(_LIQUIDS)),
    ranged(
        "microscopy-stain", "Stain for microscopy", _SHELF, LYSA, "p-flask", PIECE, 36160,
        *(f"{stain} × {{}} ml: 100, 500 @ 19.40 +38.30" for stain in _STAINS),
        differs="Stain, Volume", tags=("reagent",), lead_days=4,
    ),
    ranged(
        "ph-buffer", "pH buffer solution, 500 ml", _SHELF, LYSA, "p-bottle", PIECE, 36180,
        "pH {}: 4.01, 7.00, 9.21, 10.01 @ 11.60 +0.00", differs="pH", tags=("reagent",),
    ),
)  # fmt: skip

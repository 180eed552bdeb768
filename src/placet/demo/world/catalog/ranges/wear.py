"""Shoes, trousers, shirts and gloves in every size that people have."""

from placet.demo.world.catalog.ranges.shapes import VERN, Pack, ranged

_PAIR = Pack("pair")
_PIECE = Pack("piece")
_FEET = "safety-wear/feet"
_CLOTHES = "safety-wear/clothing"
_SHOES = "35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47"
_WAISTS = "44, 46, 48, 50, 52, 54, 56, 58, 60"
_LETTERS = "XS, S, M, L, XL, XXL, 3XL"

FAMILIES = (
    ranged(
        "ward-clog", "Ward clog, washable, antistatic", _FEET, VERN, "p-shoe", _PAIR, 89000,
        f"white × {{}}: {_SHOES} @ 38.00 +0.00", f"navy × {{}}: {_SHOES} @ 38.00 +0.00",
        differs="Colour, Size",
    ),
    ranged(
        "safety-shoe-s3", "Safety shoe S3, composite cap", _FEET, VERN, "p-shoe", _PAIR, 89030,
        f"{{}}: {_SHOES} @ 74.00 +0.00", differs="Size",
    ),
    ranged(
        "work-trousers", "Work trousers with knee pockets", _CLOTHES, VERN, "p-vest", _PIECE, 89050,
        f"grey × {{}}: {_WAISTS} @ 42.00 +0.00", f"navy × {{}}: {_WAISTS} @ 42.00 +0.00",
        differs="Colour, Size",
    ),
    ranged(
        "work-shirt", "T-shirt, 60 °C washable", _CLOTHES, VERN, "p-vest", _PIECE, 89070,
        f"white × {{}}: {_LETTERS} @ 9.80 +0.00", f"grey × {{}}: {_LETTERS} @ 9.80 +0.00",
        f"navy × {{}}: {_LETTERS} @ 9.80 +0.00", differs="Colour, Size",
    ),
    ranged(
        "tunic", "Ward tunic, short sleeves", _CLOTHES, VERN, "p-vest", _PIECE, 89095,
        f"white × {{}}: {_LETTERS} @ 22.50 +0.00", f"petrol × {{}}: {_LETTERS} @ 22.50 +0.00",
        differs="Colour, Size",
    ),
    ranged(
        "softshell", "Softshell jacket, wind-proof", _CLOTHES, VERN, "p-vest", _PIECE, 89112,
        f"black × {{}}: {_LETTERS} @ 58.00 +0.00", differs="Colour, Size",
    ),
    ranged(
        "cut-glove", "Cut protection glove", "safety-wear/hands", VERN, "p-glove", _PAIR, 89122,
        "level B × {}: 6, 7, 8, 9, 10, 11 @ 7.40 +0.00",
        "level D × {}: 6, 7, 8, 9, 10, 11 @ 12.60 +0.00",
        "level F × {}: 6, 7, 8, 9, 10, 11 @ 19.80 +0.00", differs="Protection, Size",
    ),
    ranged(
        "chemical-glove", "Chemical protection glove, nitrile, 33 cm", "safety-wear/hands", VERN,
        "p-glove", Pack("pack", 12), 89145, "{}: 7, 8, 9, 10, 11 @ 26.00 +0.00", differs="Size",
    ),
)  # fmt: skip

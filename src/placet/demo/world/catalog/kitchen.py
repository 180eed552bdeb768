"""Kitchen and staff areas: drinks, snacks, crockery, small appliances."""

from placet.demo.world.catalog.shapes import Category, Family, tiers, variants

CATEGORIES = (
    Category("kitchen", "Kitchen and staff areas"),
    Category("kitchen/drinks", "Drinks"),
    Category("kitchen/food", "Food and snacks"),
    Category("kitchen/crockery", "Crockery and disposables"),
    Category("kitchen/appliances", "Appliances"),
)

FAMILIES = (
    Family(
        "coffee", "Coffee beans, 1 kg", "kitchen/drinks",
        "Morgen", "Morgen Roasters", "p-cup", "bag", 1,
        variants(
            ("NS-90010", "medium roast", 15_90, 260), ("NS-90011", "dark roast", 15_90, 210),
            ("NS-90012", "decaffeinated", 17_80, 75),
        ),
        tiers=tiers((12, 500),), tax_basis_points=700,
    ),
    Family(
        "tea", "Tea bags", "kitchen/drinks",
        "Morgen", "Morgen Roasters", "p-cup", "box", 100,
        variants(
            ("NS-90021", "black", 6_90, 150), ("NS-90022", "green", 7_40, 120),
            ("NS-90023", "peppermint", 6_90, 170), ("NS-90024", "rooibos", 7_40, 64),
        ),
        tax_basis_points=700,
    ),
    Family(
        "water", "Mineral water, 0.5 l", "kitchen/drinks",
        "Kilde", "Kilde Beverages", "p-bottle", "pack", 18,
        variants(("NS-90031", "still", 8_40, 300), ("NS-90032", "sparkling", 8_40, 280)),
        minimum=2,
    ),
    Family(
        "milk", "Long-life milk, 1 l", "kitchen/drinks",
        "Kilde", "Kilde Beverages", "p-cup", "case", 12,
        variants(("NS-90041", "1.5 %", 13_80, 110), ("NS-90042", "oat", 22_80, 84)),
        tax_basis_points=700,
    ),
    Family(
        "juice", "Apple juice, 0.2 l", "kitchen/drinks",
        "Kilde", "Kilde Beverages", "p-bottle", "case", 24,
        variants(("NS-90051", "", 14_40, 72),),
    ),
    Family(
        "sugar", "Sugar sticks", "kitchen/food",
        "Morgen", "Morgen Roasters", "p-cup", "box", 500,
        variants(("NS-90110", "", 9_20, 90),), tax_basis_points=700,
    ),
    Family(
        "biscuits", "Butter biscuits, single packs", "kitchen/food",
        "Morgen", "Morgen Roasters", "p-cup", "case", 150,
        variants(("NS-90121", "", 24_60, 58),), tax_basis_points=700,
    ),
    Family(
        "muesli-bar", "Muesli bar", "kitchen/food",
        "Morgen", "Morgen Roasters", "p-cup", "box", 24,
        variants(
            ("NS-90131", "nut", 12_00, 120), ("NS-90132", "berry", 12_00, 130),
            ("NS-90133", "cocoa", 12_00, 96),
        ),
        tags=("children",), tax_basis_points=700,
    ),
    Family(
        "fruit-puree", "Fruit puree pouch, 100 g", "kitchen/food",
        "Kilde", "Kilde Beverages", "p-cup", "box", 20,
        variants(("NS-90141", "apple", 16_80, 70), ("NS-90142", "pear", 16_80, 52)),
        tags=("children",), tax_basis_points=700,
    ),
    Family(
        "soup", "Vegetable soup, instant", "kitchen/food",
        "Morgen", "Morgen Roasters", "p-cup", "case", 40,
        variants(("NS-90151", "", 31_20, 33),), tax_basis_points=700,
    ),
    Family(
        "paper-cup", "Paper cup", "kitchen/crockery",
        "Hvit", "Hvit Paper", "p-cup", "case", 1000,
        variants(("NS-90210", "0.2 l", 48_00, 66), ("NS-90211", "0.3 l", 59_00, 58)),
    ),
    Family(
        "medicine-cup", "Medicine cup, 30 ml", "kitchen/crockery",
        "Skov", "Skov Hygiene", "p-cup", "bag", 90,
        variants(("NS-90221", "clear", 1_60, 900), ("NS-90222", "blue", 1_60, 480)),
        minimum=10, step=10,
    ),
    Family(
        "mug", "Porcelain mug", "kitchen/crockery",
        "Bord", "Bord Tableware", "p-cup", "pack", 6,
        variants(("NS-90231", "white", 19_80, 60), ("NS-90232", "blue rim", 23_40, 34)),
    ),
    Family(
        "plate", "Porcelain plate, 24 cm", "kitchen/crockery",
        "Bord", "Bord Tableware", "p-cup", "pack", 6,
        variants(("NS-90241", "white", 27_60, 48),),
    ),
    Family(
        "cutlery", "Cutlery set, stainless", "kitchen/crockery",
        "Bord", "Bord Tableware", "p-cup", "set", 24,
        variants(("NS-90251", "", 36_00, 26),),
    ),
    Family(
        "napkin", "Napkins, 33 × 33 cm", "kitchen/crockery",
        "Hvit", "Hvit Paper", "p-roll", "case", 2400,
        variants(("NS-90261", "white", 33_60, 72),),
    ),
    Family(
        "kettle", "Electric kettle, 1.7 l", "kitchen/appliances",
        "Varm", "Varm Appliances", "p-kettle", "piece", 1,
        variants(("NS-90310", "steel", 39_00, 30), ("NS-90311", "white", 29_00, 24)),
    ),
    Family(
        "coffee-machine", "Coffee machine", "kitchen/appliances",
        "Varm", "Varm Appliances", "p-kettle", "piece", 1,
        variants(("NS-90321", "filter", 79_00, 12), ("NS-90322", "bean to cup", 689_00, 4)),
        lead_days=5,
    ),
    Family(
        "microwave", "Microwave oven, 23 l", "kitchen/appliances",
        "Varm", "Varm Appliances", "p-kettle", "piece", 1,
        variants(("NS-90331", "", 119_00, 9),),
    ),
    Family(
        "fridge", "Table-top refrigerator, 90 l", "kitchen/appliances",
        "Varm", "Varm Appliances", "p-kettle", "piece", 1,
        variants(("NS-90341", "staff room", 229_00, 5), ("NS-90342", "lockable", 289_00, 3)),
        lead_days=6,
    ),
)  # fmt: skip

"""Every human of the demo world, once. What they may do stands in ``members``."""

from placet.demo.world.shapes import User

_AT_MERIDIAN = (
    ("lena", "Lena Vogt"),
    ("rashid", "Rashid Haddad"),
    ("ines", "Ines Carvalho"),
    ("pavel", "Pavel Dvořák"),
    ("sofia", "Sofia Marín"),
    ("mei", "Mei Sato"),
    ("helena", "Helena Kraus"),
    ("anika", "Anika Rao"),
    ("jonas", "Jonas Brandt"),
    ("piotr-n", "Piotr Nowak"),
    ("nils", "Nils Falk"),
    ("marco", "Marco Bianchi"),
    ("kim", "Kim Osei"),
    ("greta", "Greta Holm"),
    ("ivo", "Ivo Marek"),
    ("piotr-w", "Piotr Wolny"),
    ("birgit", "Birgit Sommer"),
    ("tove", "Tove Lind"),
    ("elif", "Elif Arslan"),
    ("henrik", "Henrik Bauer"),
    ("noor", "Noor Aziz"),
    ("daniel", "Daniel Okafor"),
    ("clara", "Clara Weiss"),
    ("yuki", "Yuki Tanaka"),
    ("amelie", "Amelie Roth"),
    ("emil", "Emil Zieliński"),
    ("ingrid", "Ingrid Solberg"),
    ("felix", "Felix Neumann"),
    ("lucia", "Lucia Ferrari"),
    ("viktor", "Viktor Petrov"),
    ("hana", "Hana Svoboda"),
    ("omar", "Omar Nasser"),
    ("julia", "Julia Lange"),
    ("yusuf", "Yusuf Demir"),
    ("margit", "Margit Vollmer"),
    ("stefan", "Stefan Krüger"),
    ("bram", "Bram de Vries"),
    ("grace", "Grace Park"),
)
_IN_POLISH = ("piotr-n", "emil")

_ADDRESSES = {
    "pavel": "pavel.dvorak",
    "sofia": "sofia.marin",
    "emil": "emil.zielinski",
    "stefan": "stefan.krueger",
    "bram": "bram.devries",
}


def _at_meridian(key: str, name: str) -> User:
    local = _ADDRESSES.get(key) or name.lower().replace(" ", ".")
    language = "pl" if key in _IN_POLISH else "en"
    return User(key, name, f"{local}@meridian.example", language)


USERS = (
    *(_at_meridian(key, name) for key, name in _AT_MERIDIAN),
    User("marta", "Marta Kowalska", "marta.kowalska@kowalski.example", "pl"),
    User("jan", "Jan Kowalski", "jan.kowalski@kowalski.example", "pl"),
    User("zofia", "Zofia Lis", "zofia.lis@kowalski.example", "pl"),
    User("kacper", "Kacper Wrona", "kacper.wrona@kowalski.example", "pl"),
    User("ana", "Ana Ruiz", "ana.ruiz@harbourdental.example"),
    User("owen", "Owen Reid", "owen.reid@harbourdental.example"),
    User("liam", "Liam Byrne", "liam.byrne@harbourdental.example"),
    User("niamh", "Niamh Doyle", "niamh.doyle@harbourdental.example"),
    User("david", "David Park", "david@park.example"),
    User("soonja", "Soon-ja Park", "soonja@park.example"),
    User("mina", "Mina Park", "mina@park.example"),
    User("leo", "Leo Park", "leo@park.example"),
    User("hanna", "Hanna Berg", "hanna@berg.example"),
    User("tomas", "Tomas Lindgren", "tomas.lindgren@norden.example"),
    User("signe", "Signe Dahl", "signe.dahl@norden.example"),
    User("erik", "Erik Norden", "erik.norden@norden.example"),
    User("maja", "Maja Holmberg", "maja.holmberg@norden.example"),
)

# The page "Try as": user, company and the word that the bar shows.
TRY_AS = (
    ("lena", "meridian", "buyer"),
    ("rashid", "meridian", "approver"),
    ("ines", "meridian", "company admin"),
    ("tomas", "norden", "merchant"),
)
